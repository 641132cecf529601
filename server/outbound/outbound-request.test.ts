import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { afterEach, expect, test, vi } from "vitest";
import { ALLOW_NOTHING, parseAllowList } from "./allow-list.ts";
import type { Resolve } from "./check-url.ts";
import { followOutbound } from "./follow-outbound.ts";
import { type OutboundOptions, outboundRequest, readOutbound } from "./outbound-request.ts";

const running: Server[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const server of running.splice(0)) server.close();
});

async function listen<S extends Server>(server: S): Promise<number> {
  running.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

function serve(listener: RequestListener): Promise<number> {
  return listen(createServer(listener));
}

function allowing(text: string) {
  const parsed = parseAllowList(text);
  if (!parsed.ok) throw new Error(parsed.failure);
  return parsed.value;
}

const LOOPBACK = allowing("127.0.0.0/8");
const options = (given: Partial<OutboundOptions> = {}): OutboundOptions => {
  return { allow: LOOPBACK, bytesMax: 1_000, ...given };
};
/** A name service that gives these answers, one after the other. */
function answering(...answers: string[][]): Resolve & { asked: string[] } {
  const asked: string[] = [];
  const resolve = async (hostName: string) => {
    asked.push(hostName);
    const addresses = answers[Math.min(asked.length, answers.length) - 1] ?? [];
    return addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  };
  return Object.assign(resolve, { asked });
}

async function textOf(address: string, given: OutboundOptions): Promise<string> {
  const answered = await outboundRequest(address, given);
  if (!answered.ok) return answered.failure.code;
  const body = await readOutbound(answered.value.body);
  return body.ok ? body.value.toString() : body.failure.code;
}

test("an answer comes with status, headers and body, and the request as it was meant", async () => {
  const port = await serve((request, response) => {
    request.on("data", (chunk) => response.write(chunk));
    request.on("end", () => response.end(` ${request.method} ${request.url} ${request.headers["x-mine"]}`));
    response.writeHead(418, { "X-Kind": "teapot" });
  });
  const answered = await outboundRequest(
    `http://127.0.0.1:${port}/a?b=1#c`,
    options({ method: "POST", body: "hello", headers: { "x-mine": "1" } }),
  );
  if (!answered.ok) throw new Error(answered.failure.detail);
  expect(answered.value).toMatchObject({ status: 418, headers: { "x-kind": "teapot" } });
  expect((await readOutbound(answered.value.body)).ok && "read").toBe("read");
  expect(await textOf(`http://127.0.0.1:${port}/a?b=1#c`, options())).toBe(" GET /a?b=1 undefined");
});

test("a private address is refused before anything is sent", async () => {
  const asked = vi.fn();
  const port = await serve((_, response) => {
    asked();
    response.end();
  });
  for (const host of [
    "127.0.0.1",
    "localhost",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]",
  ]) {
    expect(await textOf(`http://${host}:${port}/`, options({ allow: ALLOW_NOTHING }))).toBe("OUTBOUND_REFUSED");
  }
  expect(asked).not.toHaveBeenCalled();
});

test.each([
  ["ftp://8.8.8.8/", "protocol"],
  ["file:///etc/passwd", "protocol"],
  ["http://me:secret@8.8.8.8/", "credentials"],
  ["http://8.8.8.8:25/", "port"],
  ["http://2130706433/", "spelling"],
  ["http://0x7f.1/", "spelling"],
  ["http://0177.0.0.1/", "spelling"],
  ["http://127.1/", "spelling"],
  ["http://１２７.0.0.1/", "spelling"],
  ["http://[fe80::1%25eth0]/", "syntax"],
  ["not an address", "syntax"],
  [`http://8.8.8.8/${"x".repeat(5_000)}`, "length"],
])("%s is no address to fetch from", async (address, detail) => {
  // Even where the address itself would be allowed.
  const answered = await outboundRequest(address, options());
  expect(answered).toEqual({ ok: false, failure: { code: "OUTBOUND_URL_INVALID", detail } });
});

test("a name is reached at the address that was checked, whatever the name service says next", async () => {
  const port = await serve((request, response) => response.end(request.headers.host));
  const resolve = answering(["127.0.0.1"], ["10.0.0.1"]);
  expect(await textOf(`http://pinned.example:${port}/`, options({ resolve }))).toBe(`pinned.example:${port}`);
  expect(resolve.asked).toEqual(["pinned.example"]);
});

test("a name that resolves to something private is refused, also when it only may", async () => {
  const port = await serve((_, response) => response.end("secret"));
  const ask = (resolve: Resolve) =>
    textOf(`http://two-faced.example:${port}/`, options({ allow: ALLOW_NOTHING, resolve }));
  expect(await ask(answering(["127.0.0.1"]))).toBe("OUTBOUND_REFUSED");
  expect(await ask(answering(["8.8.8.8", "127.0.0.1"]))).toBe("OUTBOUND_REFUSED");
  expect(await ask(answering(["8.8.8.8", "::1"]))).toBe("OUTBOUND_REFUSED");
  expect(await ask(answering(["::ffff:127.0.0.1"]))).toBe("OUTBOUND_REFUSED");
  expect(await ask(answering([]))).toBe("OUTBOUND_UNREACHABLE");
});

test("a name on the list is reached wherever it is, and no other name", async () => {
  const port = await serve((_, response) => response.end("inside"));
  const ask = (host: string) =>
    textOf(`http://${host}:${port}/`, options({ allow: allowing("nas.lan"), resolve: answering(["127.0.0.1"]) }));
  expect(await ask("nas.lan")).toBe("inside");
  expect(await ask("NAS.lan.")).toBe("inside");
  expect(await ask("other.lan")).toBe("OUTBOUND_REFUSED");
});

test("TLS is asked for by name, although the connection goes to the pinned address", async () => {
  const names: string[] = [];
  const server = createTlsServer({
    SNICallback: (name, callback) => {
      names.push(name);
      callback(new Error("No certificate here."));
    },
  });
  server.on("tlsClientError", () => undefined);
  const port = await listen(server);
  const resolve = answering(["127.0.0.1"]);
  expect(await textOf(`https://pinned.example:${port}/`, options({ resolve }))).toBe("OUTBOUND_UNREACHABLE");
  expect(names).toEqual(["pinned.example"]);
});

test("proxies of the environment are not used", async () => {
  const port = await serve((_, response) => response.end("direct"));
  for (const name of ["http_proxy", "HTTP_PROXY", "https_proxy"]) vi.stubEnv(name, "http://127.0.0.1:1");
  vi.stubEnv("NODE_USE_ENV_PROXY", "1");
  expect(await textOf(`http://127.0.0.1:${port}/`, options())).toBe("direct");
});

test("a redirect is an answer; whoever follows it has each step checked", async () => {
  const inside = await serve((_, response) => response.end("secret"));
  let target = `http://localhost:${inside}/`;
  const port = await serve((request, response) => {
    if (request.url === "/there") return response.end("there");
    return response.writeHead(302, { location: request.url === "/loop" ? "/loop" : target }).end();
  });
  const start = `http://127.0.0.1:${port}/`;
  const asked = await outboundRequest(start, options());
  expect(asked).toMatchObject({ ok: true, value: { status: 302 } });
  if (asked.ok) asked.value.body.destroy();

  const allow = allowing("127.0.0.1");
  const follow = (address: string) => followOutbound(address, options({ allow, resolve: answering(["10.0.0.1"]) }));
  expect(await follow(start)).toMatchObject({ ok: false, failure: { code: "OUTBOUND_REFUSED" } });
  target = "file:///etc/passwd";
  expect(await follow(start)).toMatchObject({ ok: false, failure: { code: "OUTBOUND_URL_INVALID" } });
  expect(await follow(`${start}loop`)).toMatchObject({ ok: false, failure: { code: "OUTBOUND_REDIRECTED" } });
  target = "/there";
  const there = await follow(start);
  expect(there).toMatchObject({ ok: true, value: { status: 200, url: `${start}there` } });
  if (there.ok) expect(await readOutbound(there.value.body)).toEqual({ ok: true, value: Buffer.from("there") });
});

test("an answer that is too large, too slow or broken off says so", async () => {
  const port = await serve((request, response) => {
    if (request.url === "/large") return response.end("x".repeat(1_001));
    if (request.url === "/headers") return response.writeHead(200, { "x-long": "x".repeat(20_000) }).end();
    if (request.url === "/silent") return response;
    response.writeHead(200, { "content-length": "10" });
    response.write("12345");
    if (request.url === "/broken") setImmediate(() => response.destroy());
    return response;
  });
  const ask = (path: string, timeouts = {}) => textOf(`http://127.0.0.1:${port}${path}`, options({ timeouts }));
  expect(await ask("/large")).toBe("OUTBOUND_TOO_LARGE");
  expect(await ask("/headers")).toBe("OUTBOUND_UNREACHABLE");
  expect(await ask("/broken")).toBe("OUTBOUND_UNREACHABLE");
  expect(await ask("/silent", { headersMs: 200 })).toBe("OUTBOUND_TIMEOUT");
  expect(await ask("/stalls", { idleMs: 200 })).toBe("OUTBOUND_TIMEOUT");
  expect(await ask("/stalls", { totalMs: 200 })).toBe("OUTBOUND_TIMEOUT");
});

test("a port where nobody listens, and a name service that hangs, say so", async () => {
  const gone = createTcpServer();
  const port = await listen(gone);
  gone.close();
  await once(gone, "close");
  expect(await textOf(`http://127.0.0.1:${port}/`, options())).toBe("OUTBOUND_UNREACHABLE");
  const resolve: Resolve = () => new Promise(() => undefined);
  expect(await textOf("http://slow.example/", options({ resolve, timeouts: { totalMs: 100 } }))).toBe(
    "OUTBOUND_TIMEOUT",
  );
});

test("the caller's signal ends it, while waiting as well as while reading", async () => {
  const port = await serve((request, response) => {
    if (request.url === "/body") response.write("some");
  });
  const waiting = new AbortController();
  const asked = outboundRequest(`http://127.0.0.1:${port}/`, options({ signal: waiting.signal }));
  waiting.abort(new Error("enough"));
  await expect(asked).rejects.toThrow("enough");
  const reading = new AbortController();
  const answered = await outboundRequest(`http://127.0.0.1:${port}/body`, options({ signal: reading.signal }));
  if (!answered.ok) throw new Error(answered.failure.code);
  const read = readOutbound(answered.value.body);
  reading.abort(new Error("enough"));
  await expect(read).rejects.toThrow("enough");
});
