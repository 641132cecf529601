import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import superjson from "superjson";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { notifyLive } from "../events/live.ts";
import { createLogger } from "../log.ts";
import { createUser } from "../users/create-user.ts";
import { type Auth, createAuth } from "./auth.ts";
import { serveTrpc } from "./serve-trpc.ts";
import type { Services } from "./services.ts";
import { createSignIn } from "./sign-in.ts";
import { testServices } from "./test-services.ts";

const HOST = "192.168.1.5:3000";

let database: TestDatabase;
let folder: string;
let services: Services;
let auth: Auth;
let cookie: string;
const stopping = new AbortController();
beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), "reelflow-trpc-"));
  services = testServices(database, folder, { stopping: stopping.signal });
  auth = createAuth(database.db, services.env);
  const user = { email: "ada@example.com", password: "correct horse battery" };
  await createUser(database.db, { ...user, applicationId: 1, name: "Ada", role: "operator" });
  const signedIn = await createSignIn(
    auth,
    services.env,
  )(
    new Request(`http://${HOST}/api/auth/sign-in/email`, {
      method: "POST",
      headers: { host: HOST, origin: `http://${HOST}`, "content-type": "application/json" },
      body: JSON.stringify(user),
    }),
  );
  cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
});
afterAll(async () => {
  await services.live.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

async function send(path: string, init: RequestInit & { headers?: Record<string, string> } = {}): Promise<Response> {
  const request = new Request(`http://${HOST}/api/trpc/${path}`, {
    ...init,
    headers: { host: HOST, cookie, ...init.headers },
  });
  return serveTrpc(request, { services, auth, log: createLogger("test", "silent") });
}

function post(path: string, input: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return send(path, {
    method: "POST",
    headers: { origin: `http://${HOST}`, "content-type": "application/json", ...headers },
    body: JSON.stringify(superjson.serialize(input)),
  });
}

test("whoever has signed in is known, and dates arrive as dates", async () => {
  const me = await (await send("session.me")).json();
  expect(superjson.deserialize(me.result.data)).toMatchObject({ user: { name: "Ada", role: "operator" } });
  const nobody = await (await send("session.me", { headers: { cookie: "" } })).json();
  expect(superjson.deserialize(nobody.result.data)).toBeNull();
  const made = await post("media.makeSample", undefined);
  expect(made.status).toBe(200);
  const uploads = await (await send("uploads.list")).json();
  expect(superjson.deserialize(uploads.result.data)).toMatchObject([{ createdAt: expect.any(Date) }]);
});

test("a mutation comes from our own pages, as JSON, or not at all", async () => {
  const uploads = () => database.db.upload.count();
  const before = await uploads();
  const attempts: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { "content-type": "text/plain" },
    { "content-type": "application/x-www-form-urlencoded" },
  ];
  for (const headers of attempts) {
    expect([403, 415], JSON.stringify(headers)).toContain((await post("media.makeSample", undefined, headers)).status);
  }
  // A link or picture of another site makes the browser send GET.
  expect((await send("media.makeSample?input={}")).status).toBe(405);
  expect(await uploads()).toBe(before);
});

test("a wrong field is named by its path, with the key of a sentence and what the sentence speaks of", async () => {
  const input = { template: { kind: "sprite", params: { columns: 0, format: "bmp", surprise: 1 } }, name: "" };
  const response = await post("templates.create", input);
  expect(response.status).toBe(400);
  const error = superjson.deserialize((await response.json()).error);
  expect(error).toMatchObject({ data: { failure: { code: "INVALID_PARAMETER" } } });
  const choices = expect.stringContaining("jpg");
  expect(error).toMatchObject({
    data: {
      fields: [
        { path: "template.params.columns", message: "tooSmall", values: { minimum: 1 } },
        { path: "template.params.format", message: "notAChoice", values: { choices } },
        { path: "template.params.surprise", message: "unknownField", values: { field: "surprise" } },
        { path: "name", message: "tooShort", values: { minimum: 1 } },
      ],
    },
  });
});

test("a failure tells its code and detail; a bug tells nothing of itself", async () => {
  const refused = await send(`media.get?input=${encodeURIComponent(JSON.stringify({ json: { id: "none" } }))}`);
  expect(refused.status).toBe(404);
  expect(superjson.deserialize((await refused.json()).error)).toMatchObject({
    data: { failure: { code: "MEDIA_NOT_FOUND", detail: "none" }, fields: [] },
  });

  const broken = {
    ...services,
    db: new Proxy(services.db, {
      get: () => {
        throw new Error("password=hunter2");
      },
    }),
  };
  const request = new Request(`http://${HOST}/api/trpc/setup.status`);
  const response = await serveTrpc(request, { services: broken, auth, log: createLogger("test", "silent") });
  expect(response.status).toBe(500);
  const text = await response.text();
  expect(superjson.deserialize(JSON.parse(text).error)).toMatchObject({ data: { failure: { code: "INTERNAL" } } });
  expect(text).not.toContain("hunter2");
  expect(text).not.toContain("stack");
});

test("live messages of the own application come while they happen, and the stream ends when the server stops", async () => {
  const response = await send("live.changes", { headers: { accept: "text/event-stream" } });
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  const heard: string[] = [];
  const ended = (async () => {
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) heard.push(next.value);
  })();
  await expect.poll(() => heard.join("").match(/reconnected/g)).toHaveLength(2);
  await notifyLive(
    database.db,
    { applicationId: 2, type: "media", mediaId: "foreign" },
    { applicationId: 1, type: "media", mediaId: "own" },
  );
  await expect.poll(() => heard.join("")).toContain('"mediaId":"own"');
  expect(heard.join("")).not.toContain("foreign");
  stopping.abort();
  await ended;
});
