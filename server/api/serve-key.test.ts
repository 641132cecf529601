import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeContentKey } from "../content-keys/make-content-key.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { parseEnv } from "../env.ts";
import { FileLinks } from "../files/file-links.ts";
import type { Me } from "./rows.ts";
import { serveKey } from "./serve-key.ts";
import { addApplication, addTask, addUser, SECRET_KEY } from "./test-rows.ts";

const HOUR_MS = 3_600_000;

let database: TestDatabase;
let viewer: Me;
let stranger: Me;
let nowMs = Date.now();
const links = new FileLinks(SECRET_KEY, () => nowMs);
const key = makeContentKey(SECRET_KEY);
const other = makeContentKey(SECRET_KEY);

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  viewer = await addUser(db, "viewer");
  stranger = await addUser(db, "admin", await addApplication(db));
  await addTask(db, {}, [{ state: "succeeded", outputs: [["stream.m3u8"], ["other.m3u8"]] }]);
  const outputs = await db.output.findMany({ orderBy: { number: "asc" } });
  const stored = [key, other].map((one, index) => ({ ...one.stored, outputId: outputs[index]?.id ?? "" }));
  await db.contentKey.createMany({ data: stored });
});
afterAll(() => database.drop());

function get(me: Me | null, token?: string, id = key.stored.id): Promise<Response> {
  const query = token === undefined ? "" : `?token=${token}`;
  const { db, url } = database;
  const services = { db, links, env: parseEnv({ SECRET_KEY, DATABASE_URL: url }) };
  const request = new Request(`http://localhost/api/keys/${id}${query}`);
  return serveKey(request, { services, log: pino({ level: "silent" }) }, me, id);
}

async function refusalOf(answer: Promise<Response>): Promise<{ status: number; body: string }> {
  const response = await answer;
  expect(response.headers.get("cache-control")).toBe("no-store");
  return { status: response.status, body: await response.text() };
}

test("a viewer of the application gets the 16 bytes, for this once", async () => {
  const response = await get(viewer);
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "cache-control": "no-store",
    "content-type": "application/octet-stream",
    "content-length": "16",
    "x-content-type-options": "nosniff",
  });
  expect(Buffer.from(await response.arrayBuffer()).equals(key.bytes)).toBe(true);
});

test("a token lets everybody in, to its own key and for an hour or two", async () => {
  nowMs = 10.5 * HOUR_MS;
  const token = links.keyToken(key.stored.id);
  for (const me of [null, viewer, stranger]) {
    const response = await get(me, token);
    expect(Buffer.from(await response.arrayBuffer()).equals(key.bytes)).toBe(true);
  }
  const expired = { status: 403, body: '{"code":"LINK_EXPIRED"}' };
  expect(await refusalOf(get(null, token, other.stored.id))).toEqual(expired);
  nowMs = 11.5 * HOUR_MS;
  expect((await get(null, token)).status).toBe(200);
  nowMs = 12 * HOUR_MS;
  expect(await refusalOf(get(null, token))).toEqual(expired);
});

test.each([
  ["made up", () => "made.up"],
  ["signed with another key", () => new FileLinks(`${SECRET_KEY}!`).keyToken(key.stored.id)],
  ["a folder's", () => links.url("a1/tasks/t/r/1/stream.m3u8").split("/")[2] ?? ""],
  ["a playback link's", () => links.playbackUrl("a1/tasks/t/r/1/stream.m3u8", key.stored.id).split("/")[2] ?? ""],
  ["a task's", () => links.taskZipUrl(key.stored.id).split("/")[2] ?? ""],
])("a token that is %s opens nothing", async (_name, token) => {
  expect(await refusalOf(get(null, token()))).toEqual({ status: 403, body: '{"code":"LINK_EXPIRED"}' });
  expect((await get(viewer, token())).status).toBe(200);
});

test("nobody gets nothing, whether the key exists or not", async () => {
  const refusal = { status: 401, body: '{"code":"UNAUTHORIZED"}' };
  expect(await refusalOf(get(null))).toEqual(refusal);
  expect(await refusalOf(get(null, undefined, "0000000000000000"))).toEqual(refusal);
});

test("a key of another application answers exactly as one that does not exist", async () => {
  const refusal = { status: 404, body: '{"code":"KEY_NOT_FOUND"}' };
  expect(await refusalOf(get(stranger))).toEqual(refusal);
  expect(await refusalOf(get(stranger, undefined, "0000000000000000"))).toEqual(refusal);
  expect(await refusalOf(get(viewer, links.keyToken("0000000000000000"), "0000000000000000"))).toEqual(refusal);
});

test("a key that was sealed under another SECRET_KEY is an error of ours, and no key", async () => {
  const foreign = makeContentKey(`${SECRET_KEY}!`);
  const { outputId } = await database.db.contentKey.findUniqueOrThrow({ where: { id: other.stored.id } });
  await database.db.contentKey.update({ where: { outputId }, data: foreign.stored });
  const refusal = await refusalOf(get(viewer, undefined, foreign.stored.id));
  expect(refusal).toEqual({ status: 500, body: '{"code":"INTERNAL"}' });
});
