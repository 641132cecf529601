import { expect, test } from "vitest";
import { readChunked } from "./aws-chunked.ts";
import { S3Error } from "./s3-error.ts";
import { ChunkSigner, type Claim, isSignedWith, readClaim, sha256 } from "./signature.ts";

// The examples of Amazon's own documentation of the signature.
const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const NOW = new Date("2013-05-24T00:00:10Z");
const PRESIGNED =
  "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256" +
  "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z" +
  "&X-Amz-Expires=86400&X-Amz-SignedHeaders=host" +
  "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";

function presigned(address: string) {
  return { method: "GET", url: new URL(address), headers: new Headers({ host: "examplebucket.s3.amazonaws.com" }) };
}

test("a presigned address is good for what it was made for, and for as long", () => {
  const request = presigned(PRESIGNED);
  const claim = readClaim(request, NOW);
  if (claim === null) throw new Error("not signed");
  expect(claim).toMatchObject({ accessKeyId: "AKIAIOSFODNN7EXAMPLE", payloadHash: "UNSIGNED-PAYLOAD" });
  expect(isSignedWith(SECRET, request, claim)).toBe(true);
  expect(isSignedWith("another", request, claim)).toBe(false);
  const changes = [
    ["test.txt", "best.txt"],
    ["Expires=86400", "Expires=86401"],
    ["us-east-1", "us-east-2"],
  ] as const;
  for (const [from, to] of changes) {
    const other = presigned(PRESIGNED.replace(from, to));
    const claimed = readClaim(other, NOW);
    expect(claimed !== null && isSignedWith(SECRET, other, claimed)).toBe(false);
  }
  expect(() => readClaim(request, new Date("2013-05-25T00:00:11Z"))).toThrow("expired");
  expect(() => readClaim(presigned(PRESIGNED.replace("86400", "9999999")), NOW)).toThrow(S3Error);
});

test("a request with a signed header is good, and with another header is not", () => {
  const request = (range: string) => ({
    method: "GET",
    url: new URL("https://examplebucket.s3.amazonaws.com/test.txt"),
    headers: new Headers({
      Host: "examplebucket.s3.amazonaws.com",
      Range: range,
      "x-amz-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "x-amz-date": "20130524T000000Z",
      Authorization:
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request," +
        "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date," +
        "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
    }),
  });
  const check = (range: string) => {
    const claim = readClaim(request(range), NOW);
    return claim !== null && isSignedWith(SECRET, request(range), claim);
  };
  expect(check("bytes=0-9")).toBe(true);
  expect(check("bytes=0-8")).toBe(false);
  expect(readClaim({ ...request(""), headers: new Headers() }, NOW)).toBeNull();
});

const SEED: Claim = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  sessionToken: "",
  signature: "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
  signedHeaders: ["host"],
  timestamp: "20130524T000000Z",
  scope: "20130524/us-east-1/s3/aws4_request",
  payloadHash: "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
};
const CHUNKS = [
  ["a".repeat(65_536), "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648"],
  ["a".repeat(1_024), "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497"],
  ["", "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"],
] as const;

function encoded(chunks: readonly (readonly [string, string])[]): string {
  return chunks.map(([text, by]) => `${text.length.toString(16)};chunk-signature=${by}\r\n${text}\r\n`).join("");
}

async function read(
  text: string,
  signer: ChunkSigner | null,
  step = 1_000,
): Promise<{ text: string; trailers: object }> {
  async function* pieces() {
    for (let at = 0; at < text.length; at += step) yield Buffer.from(text.slice(at, at + step));
  }
  const { body, trailers } = readChunked(pieces(), signer);
  const read: Uint8Array[] = [];
  for await (const piece of body) read.push(piece);
  return { text: Buffer.concat(read).toString(), trailers: Object.fromEntries(trailers) };
}

test("each chunk of a signed stream is checked, in its place", async () => {
  const good = await read(encoded(CHUNKS), new ChunkSigner(SECRET, SEED));
  expect(good.text).toBe("a".repeat(66_560));
  const [first, second, last] = CHUNKS;
  for (const wrong of [
    [second, first, last],
    [first, last],
    [first, ["b".repeat(1_024), second[1]] as const, last],
  ]) {
    await expect(read(encoded(wrong), new ChunkSigner(SECRET, SEED))).rejects.toThrow("not signed as it should");
  }
});

test("unsigned chunks come with trailers, in whatever pieces they arrive", async () => {
  const text = "5\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32: DUoRhQ==\r\n\r\n";
  for (const step of [1, 3, 7, 1_000]) {
    expect(await read(text, null, step)).toEqual({
      text: "hello world",
      trailers: { "x-amz-checksum-crc32": "DUoRhQ==" },
    });
  }
  expect(sha256("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

test.each(["", "zz\r\n", "5\r\nhel", "5\r\nhelloXX0\r\n\r\n", "5\r\nhello\r\n", `${"1".repeat(2_000)}`])(
  "a body in broken chunks is incomplete (%#)",
  async (text) => {
    await expect(read(text, null)).rejects.toMatchObject({ code: "IncompleteBody" });
  },
);
