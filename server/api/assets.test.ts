import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ASSET_BYTES_MAX } from "#domain/asset.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { serveAssets } from "./assets.ts";
import { createCaller } from "./router.ts";
import type { Me } from "./rows.ts";
import { addApplication, addUser } from "./test-rows.ts";
import { testServices } from "./test-services.ts";

let database: TestDatabase;
let folder: string;
let operator: Me;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), "reelflow-assets-"));
  operator = await addUser(database.db, "operator");
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const SAME_ORIGIN = { origin: "http://localhost", host: "localhost" };

function post(
  kind: string,
  body: string | Uint8Array<ArrayBuffer>,
  me: Me | null = operator,
  headers: object = SAME_ORIGIN,
) {
  const request = new Request(`http://localhost/api/assets?kind=${kind}&name=${encodeURIComponent("../my logo.png")}`, {
    method: "POST",
    headers: { ...headers },
    body,
  });
  return serveAssets(request, testServices(database, folder), me);
}

async function picture(): Promise<Uint8Array<ArrayBuffer>> {
  const create = { width: 40, height: 20, channels: 4 as const, background: "#ff000080" };
  return new Uint8Array(await sharp({ create }).webp().toBuffer());
}

test("a picture is stored as PNG, and its row is found by its application alone", async () => {
  const answer = await post("image", await picture());
  expect(answer.status).toBe(201);
  const row = await answer.json();
  const info = { kind: "image", format: "png", widthPx: 40, heightPx: 20, durationSeconds: 0 };
  expect(row).toMatchObject({ name: "my logo.png", info });
  const services = testServices(database, folder);
  await expect(createCaller({ ...services, me: operator }).assets.get({ id: row.id })).resolves.toEqual(row);
  const stranger = await addUser(database.db, "admin", await addApplication(database.db));
  const asStranger = createCaller({ ...services, me: stranger });
  await expect(asStranger.assets.get({ id: row.id })).rejects.toThrow("ASSET_NOT_FOUND");
});

test("subtitles are told by what they are, also from a Windows editor", async () => {
  const srt = "1\n00:00:01,000 --> 00:00:02,000\n안녕\n";
  const utf16 = new Uint8Array(Buffer.from(`\ufeff${srt}`, "utf16le"));
  for (const body of [srt, utf16]) {
    expect(await (await post("subtitles", body)).json()).toMatchObject({ info: { kind: "subtitles", format: "srt" } });
  }
});

test.each([
  ["no file at all", "image", "", "EMPTY_FILE"],
  ["text that poses as a picture", "image", "#EXTM3U\nfile:///etc/passwd", "NOT_MEDIA"],
  [
    "a drawing that may refer to other files",
    "image",
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    "NOT_MEDIA",
  ],
  ["a picture that poses as subtitles", "subtitles", "\u0089PNG", "NOT_MEDIA"],
  ["an unknown kind", "font", "x", "INVALID_PARAMETER"],
  ["more than allowed", "subtitles", "x".repeat(ASSET_BYTES_MAX + 1), "MEDIA_TOO_LARGE"],
])("refuses %s", async (_name, kind, body, code) => {
  expect(await (await post(kind, body)).json()).toMatchObject({ code });
});

test("viewers, strangers and other sites store nothing", async () => {
  const body = await picture();
  expect((await post("image", body, null)).status).toBe(401);
  expect((await post("image", body, await addUser(database.db, "viewer"))).status).toBe(403);
  expect((await post("image", body, operator, { origin: "http://evil.example", host: "localhost" })).status).toBe(403);
});
