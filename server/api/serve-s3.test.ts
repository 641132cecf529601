import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { type AppliedUpload, applyUpload } from "../uploads/apply-upload.ts";
import { ObjectFiles } from "../uploads/object-files.ts";
import { UploadCredentials } from "../uploads/upload-credentials.ts";
import { serveS3 } from "./serve-s3.ts";
import { serveOverHttp, type TestHttp } from "./test-http.ts";

const MB = 1024 ** 2;

let database: TestDatabase;
let folder: string;
let web: TestHttp;
let objects: ObjectFiles;
let clock = () => new Date();
const credentials = new UploadCredentials("for tests only, and long enough for them");

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), "reelflow-s3-"));
  objects = new ObjectFiles({ DATA_DIR: folder });
  const log = pino({ level: "silent" });
  // What a restart makes anew is looked up with each request.
  web = await serveOverHttp((request) => serveS3(request, { db: database.db, objects, credentials, log }, clock()));
});
afterAll(async () => {
  await web.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

async function apply(given: { coverType?: string; now?: Date } = {}): Promise<AppliedUpload> {
  const { now, ...said } = given;
  const applied = await applyUpload(
    database.db,
    credentials,
    { applicationId: 1, origin: "server", mediaType: "mp4", ...said },
    now,
  );
  if (!applied.ok) throw new Error(applied.failure.code);
  return applied.value;
}

function clientOf({ grant }: AppliedUpload, given: { secretKey?: string; token?: string; id?: string } = {}): S3Client {
  return new S3Client({
    endpoint: `${web.url}/s3`,
    region: "us-east-1",
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: {
      accessKeyId: given.id ?? grant.secretId,
      secretAccessKey: given.secretKey ?? grant.secretKey,
      sessionToken: given.token ?? grant.token,
    },
  });
}

const keyOf = ({ bucket, mediaPath }: AppliedUpload) => ({ Bucket: bucket, Key: mediaPath });
const md5 = (bytes: Buffer) => createHash("md5").update(bytes).digest("hex");

async function stored({ uploadId }: AppliedUpload, name: "media" | "cover" = "media"): Promise<Buffer | null> {
  const found = await objects.find(uploadId, name);
  return found === null ? null : readFile(found.path);
}

async function namesIn({ uploadId }: AppliedUpload): Promise<string[]> {
  return readdir(join(folder, "objects", uploadId));
}

test("an object in one piece arrives as it was sent, with its MD5 as its ETag", async () => {
  const applied = await apply();
  const client = clientOf(applied);
  const bytes = randomBytes(3 * MB);
  const put = await client.send(new PutObjectCommand({ ...keyOf(applied), Body: bytes }));
  expect(put.ETag).toBe(`"${md5(bytes)}"`);
  expect(put.ChecksumCRC32).toBeDefined();
  expect(await stored(applied)).toEqual(bytes);
  const head = await client.send(new HeadObjectCommand(keyOf(applied)));
  expect(head).toMatchObject({ ContentLength: bytes.length, ETag: put.ETag });
  const again = randomBytes(10);
  await client.send(new PutObjectCommand({ ...keyOf(applied), Body: again }));
  expect(await stored(applied)).toEqual(again);
  expect(await namesIn(applied)).toHaveLength(1);
});

test.each(["CRC32", "CRC32C", "SHA1", "SHA256"] as const)(
  "a stream with its %s behind it arrives",
  async (ChecksumAlgorithm) => {
    const applied = await apply();
    const bytes = randomBytes(700_001);
    const Body = Readable.from([bytes.subarray(0, 10), bytes.subarray(10, 300_000), bytes.subarray(300_000)]);
    const command = new PutObjectCommand({ ...keyOf(applied), Body, ContentLength: bytes.length, ChecksumAlgorithm });
    await clientOf(applied).send(command);
    expect(await stored(applied)).toEqual(bytes);
  },
);

test("the SDK's own upload sends a large stream in parts, several at a time", async () => {
  const applied = await apply();
  const bytes = randomBytes(17 * MB + 3);
  const pieces = Array.from({ length: 18 }, (_, index) => bytes.subarray(index * MB, (index + 1) * MB));
  const upload = new Upload({
    client: clientOf(applied),
    params: { ...keyOf(applied), Body: Readable.from(pieces) },
    partSize: 5 * MB,
    queueSize: 3,
  });
  const done = await upload.done();
  const parts = [0, 5, 10, 15].map((start) => bytes.subarray(start * MB, Math.min((start + 5) * MB, bytes.length)));
  const digests = Buffer.concat(parts.map((part) => createHash("md5").update(part).digest()));
  expect(done.ETag).toBe(`"${md5(digests)}-4"`);
  expect(await stored(applied)).toEqual(bytes);
  expect(await namesIn(applied)).toHaveLength(1);
});

test("parts come in any order and more than once, are listed, and go on after a restart", async () => {
  const applied = await apply();
  const client = clientOf(applied);
  const key = keyOf(applied);
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(key));
  const send = async (PartNumber: number, text: string) => {
    const sent = await client.send(new UploadPartCommand({ ...key, UploadId, PartNumber, Body: Buffer.from(text) }));
    return { PartNumber, ETag: sent.ETag };
  };
  const third = await send(3, "third");
  await send(1, "wrong");
  const [first, second] = await Promise.all([send(1, "first "), send(2, "second ")]);
  objects = new ObjectFiles({ DATA_DIR: folder });
  const listed = await client.send(new ListPartsCommand({ ...key, UploadId }));
  expect(listed.Parts).toMatchObject([
    { PartNumber: 1, Size: 6, ETag: first.ETag },
    { PartNumber: 2, Size: 7 },
    { PartNumber: 3, Size: 5 },
  ]);
  expect(
    await client.send(new ListPartsCommand({ ...key, UploadId, MaxParts: 1, PartNumberMarker: "1" })),
  ).toMatchObject({
    IsTruncated: true,
    NextPartNumberMarker: "2",
    Parts: [{ PartNumber: 2 }],
  });
  const complete = (...Parts: { PartNumber: number; ETag: string | undefined }[]) =>
    client.send(new CompleteMultipartUploadCommand({ ...key, UploadId, MultipartUpload: { Parts } }));
  await expect(complete(second, first)).rejects.toMatchObject({ name: "InvalidPartOrder" });
  await expect(complete(first, { PartNumber: 2, ETag: third.ETag })).rejects.toMatchObject({ name: "InvalidPart" });
  const done = await complete(first, second, third);
  expect(await stored(applied)).toEqual(Buffer.from("first second third"));
  // The answer got lost, and the client asks again.
  expect(await complete(first, second, third)).toMatchObject({ ETag: done.ETag });
  await expect(send(4, "late")).rejects.toMatchObject({ name: "NoSuchUpload" });
});

test("an aborted multipart upload leaves nothing", async () => {
  const applied = await apply();
  const client = clientOf(applied);
  const key = keyOf(applied);
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(key));
  await client.send(new UploadPartCommand({ ...key, UploadId, PartNumber: 1, Body: Buffer.from("x") }));
  await client.send(new AbortMultipartUploadCommand({ ...key, UploadId }));
  expect(await namesIn(applied)).toEqual([]);
  await expect(client.send(new ListPartsCommand({ ...key, UploadId }))).rejects.toMatchObject({ name: "NoSuchUpload" });
});

test("the cover is an object of its own, and may not be large", async () => {
  const applied = await apply({ coverType: "png" });
  const client = clientOf(applied);
  const key = { Bucket: applied.bucket, Key: applied.coverPath ?? "" };
  await client.send(new PutObjectCommand({ ...key, Body: Buffer.from("picture") }));
  expect(await stored(applied, "cover")).toEqual(Buffer.from("picture"));
  expect(await stored(applied)).toBeNull();
  await expect(client.send(new PutObjectCommand({ ...key, Body: randomBytes(6 * MB) }))).rejects.toMatchObject({
    name: "EntityTooLarge",
  });
});

test("a credential opens its own objects, in its own words, and nothing else", async () => {
  const [mine, other] = [await apply(), await apply()];
  const put = (client: S3Client, key: { Bucket: string; Key: string }) =>
    client.send(new PutObjectCommand({ ...key, Body: Buffer.from("x") }));
  const key = keyOf(mine);
  await expect(put(clientOf(mine), keyOf(other))).rejects.toMatchObject({ name: "AccessDenied" });
  await expect(put(clientOf(mine), { ...key, Bucket: "vod-2" })).rejects.toMatchObject({ name: "AccessDenied" });
  await expect(put(clientOf(mine), { ...key, Key: `${mine.uploadId}/media.mov` })).rejects.toMatchObject({
    name: "AccessDenied",
  });
  await expect(put(clientOf(mine), { ...key, Key: `${mine.uploadId}/cover.png` })).rejects.toMatchObject({
    name: "AccessDenied",
  });
  await expect(put(clientOf(mine, { secretKey: "wrong" }), key)).rejects.toMatchObject({
    name: "SignatureDoesNotMatch",
  });
  await expect(put(clientOf(mine, { token: other.grant.token }), key)).rejects.toMatchObject({
    name: "InvalidAccessKeyId",
  });
  await expect(put(clientOf(mine, { id: other.grant.secretId }), key)).rejects.toMatchObject({
    name: "InvalidAccessKeyId",
  });
  // Nobody prolongs what was granted.
  const [, mac] = mine.grant.token.split(".");
  await expect(put(clientOf(mine, { token: `9999999999.${mac}` }), key)).rejects.toMatchObject({
    name: "InvalidAccessKeyId",
  });
  await expect(clientOf(mine).send(new GetObjectCommand(key))).rejects.toMatchObject({ name: "MethodNotAllowed" });
  await expect(clientOf(mine).send(new DeleteObjectCommand(key))).rejects.toMatchObject({ name: "MethodNotAllowed" });
  expect((await fetch(`${web.url}/s3/${key.Bucket}/${key.Key}`, { method: "PUT", body: "x" })).status).toBe(403);
  expect(await stored(mine)).toBeNull();
});

test("an expired credential, a committed upload and a wrong clock open nothing", async () => {
  const expired = await apply({ now: new Date(Date.now() - 25 * 3_600_000) });
  const send = (applied: AppliedUpload) =>
    clientOf(applied).send(new PutObjectCommand({ ...keyOf(applied), Body: Buffer.from("x") }));
  await expect(send(expired)).rejects.toMatchObject({ name: "ExpiredToken" });
  const committed = await apply();
  await database.db.upload.update({ where: { id: committed.uploadId }, data: { state: "checking" } });
  await expect(send(committed)).rejects.toMatchObject({ name: "AccessDenied" });
  const applied = await apply();
  clock = () => new Date(Date.now() + 16 * 60_000);
  try {
    await expect(send(applied)).rejects.toMatchObject({ name: "RequestTimeTooSkewed" });
  } finally {
    clock = () => new Date();
  }
  await send(applied);
});

test("what was changed on the way is not taken, and what was there before stays", async () => {
  const applied = await apply();
  const client = clientOf(applied);
  await client.send(new PutObjectCommand({ ...keyOf(applied), Body: Buffer.from("good") }));
  const wrong = [
    { ContentMD5: createHash("md5").update("other").digest("base64") },
    { ChecksumSHA256: createHash("sha256").update("other").digest("base64") },
  ];
  for (const checksum of wrong) {
    const command = new PutObjectCommand({ ...keyOf(applied), Body: Buffer.from("bad!"), ...checksum });
    await expect(client.send(command)).rejects.toMatchObject({ name: "BadDigest" });
  }
  const tampering = clientOf(applied);
  tampering.middlewareStack.add(
    (next) => (args) => {
      Object.assign(args.request as object, { body: Buffer.from("bad!") });
      return next(args);
    },
    { step: "finalizeRequest", priority: "low" },
  );
  const command = new PutObjectCommand({ ...keyOf(applied), Body: Buffer.from("sent") });
  await expect(tampering.send(command)).rejects.toThrow();
  expect(await stored(applied)).toEqual(Buffer.from("good"));
  expect(await namesIn(applied)).toHaveLength(1);
});

test("a plain PUT to the signed address needs no client at all, and goes to that object only", async () => {
  const applied = await apply();
  const address = (path: string) => `${web.url}/s3/${applied.bucket}/${path}?token=${applied.putTokens.media}`;
  const put = await fetch(address(applied.mediaPath), { method: "PUT", body: "by curl" });
  expect(put.status).toBe(200);
  expect(put.headers.get("etag")).toBe(`"${md5(Buffer.from("by curl"))}"`);
  expect(await stored(applied)).toEqual(Buffer.from("by curl"));
  for (const refused of [
    fetch(address(`${applied.uploadId}/cover.png`), { method: "PUT", body: "x" }),
    fetch(address((await apply()).mediaPath), { method: "PUT", body: "x" }),
    fetch(address(applied.mediaPath), { method: "DELETE" }),
  ]) {
    const answer = await refused;
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain("<Code>AccessDenied</Code>");
  }
});

test("pages of other origins may ask", async () => {
  const asked = await fetch(`${web.url}/s3/vod-1/x/media.mp4`, {
    method: "OPTIONS",
    headers: { Origin: "https://app.example", "Access-Control-Request-Headers": "authorization,x-amz-date" },
  });
  expect(asked.status).toBe(204);
  expect(asked.headers.get("access-control-allow-origin")).toBe("*");
  expect(asked.headers.get("access-control-allow-headers")).toBe("authorization,x-amz-date");
});
