import { afterAll, beforeAll, expect, test } from "vitest";
import { createApplication } from "../applications/create-application.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { changeKey, deleteKey } from "./change-key.ts";
import { createKey, rotateKey } from "./create-key.ts";
import type { KeyPair } from "./key-pair.ts";
import { KeyRing } from "./key-ring.ts";
import { listKeys } from "./list-keys.ts";

const SECRET_KEY = "a secret key of the installation, long enough";

let database: TestDatabase;
let second: number;
let nowMs = 0;
let ring: KeyRing;
beforeAll(async () => {
  database = await createTestDatabase();
  const created = await createApplication(database.db, { applicationId: 1 }, { name: "Second", description: "" });
  if (!created.ok) throw new Error(created.failure.code);
  second = created.value.id;
  const fails = (error: unknown) => {
    throw error;
  };
  ring = new KeyRing(database.db, SECRET_KEY, fails, () => nowMs);
});
afterAll(() => database.drop());

function keeper(applicationId = 1) {
  return { applicationId, secretKey: SECRET_KEY, createdById: "somebody" };
}

async function made(applicationId = 1, name = "backend"): Promise<KeyPair> {
  const created = await createKey(database.db, keeper(), { name, applicationId });
  if (!created.ok) throw new Error(created.failure.code);
  return created.value;
}

test("a key opens with its secret, which is stored sealed and listed nowhere", async () => {
  const { db } = database;
  const { id, secret } = await made(second);
  expect(id).toMatch(/^AKID[A-Za-z0-9]{32}$/);
  expect(secret).toMatch(/^[A-Za-z0-9]{32}$/);
  expect(await ring.find(id)).toEqual({ id, applicationId: second, secret });
  const row = await db.apiKey.findUniqueOrThrow({ where: { id } });
  expect(Buffer.from(row.secretCipher).includes(secret)).toBe(false);
  expect(JSON.stringify(await listKeys(db, 1))).not.toContain(secret);
});

test("rotating makes a second valid key, once", async () => {
  const { db } = database;
  const old = await made();
  const rotated = await rotateKey(db, keeper(), old.id);
  if (!rotated.ok) throw new Error(rotated.failure.code);
  const { id } = rotated.value;
  expect(await ring.find(old.id)).not.toBeNull();
  expect(await ring.find(id)).not.toBeNull();
  expect(await rotateKey(db, keeper(), old.id)).toMatchObject({ failure: { code: "API_KEY_REPLACED", detail: id } });
  const keys = new Map((await listKeys(db, 1)).map((key) => [key.id, key]));
  expect(keys.get(old.id)).toMatchObject({ replacedById: id, replacesId: null });
  expect(keys.get(id)).toMatchObject({ replacedById: null, replacesId: old.id, name: "backend" });
  await deleteKey(db, 1, old.id);
  expect((await listKeys(db, 1)).find((key) => key.id === id)).toMatchObject({ replacesId: null });
});

test("a disabled key is believed for a second and no longer; enabled, it works again", async () => {
  const { db } = database;
  const { id } = await made();
  expect(await ring.find(id)).not.toBeNull();
  expect(await changeKey(db, 1, id, { enabled: false })).toMatchObject({ ok: true });
  nowMs += 999;
  expect(await ring.find(id)).not.toBeNull();
  nowMs += 1;
  expect(await ring.find(id)).toBeNull();
  await changeKey(db, 1, id, { enabled: true });
  expect(await ring.find(id)).not.toBeNull();
});

test("its use is written at most once a minute", async () => {
  const { db } = database;
  const { id } = await made();
  const lastUsedMs = async () => (await db.apiKey.findUniqueOrThrow({ where: { id } })).lastUsedAt?.getTime();
  nowMs = 1_000_000;
  ring.used(id);
  await expect.poll(lastUsedMs).toBe(1_000_000);
  nowMs = 1_059_999;
  ring.used(id);
  nowMs = 1_060_000;
  ring.used(id);
  await expect.poll(lastUsedMs).toBe(1_060_000);
});

test("only the first application looks after the keys of others", async () => {
  const { db } = database;
  const [first, other] = [await made(1, "first"), await made(second, "other")];
  expect((await listKeys(db, second)).every((key) => key.application.id === second)).toBe(true);
  expect((await listKeys(db, 1)).map((key) => key.id)).toEqual(expect.arrayContaining([first.id, other.id]));
  const notFound = { failure: { code: "KEY_NOT_FOUND" } };
  expect(await rotateKey(db, keeper(second), first.id)).toMatchObject(notFound);
  expect(await changeKey(db, second, first.id, { enabled: false })).toMatchObject(notFound);
  expect(await deleteKey(db, second, first.id)).toMatchObject(notFound);
  const elsewhere = await createKey(db, keeper(second), { name: "elsewhere", applicationId: 1 });
  expect(elsewhere).toMatchObject({ failure: { code: "INVALID_PARAMETER" } });
  expect(await ring.find(first.id)).not.toBeNull();
});
