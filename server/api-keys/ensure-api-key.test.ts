import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { ensureApiKey } from "./ensure-api-key.ts";
import { decryptSecret, encryptSecret } from "./secret-cipher.ts";

const SECRET_KEY = "a secret key of the installation, long enough";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("a secret opens under its own key and id only, and never twice looks the same", () => {
  const stored = encryptSecret(SECRET_KEY, "AKID", "hush");
  expect(decryptSecret(SECRET_KEY, "AKID", stored)).toBe("hush");
  expect(decryptSecret(`${SECRET_KEY}!`, "AKID", stored)).toBeNull();
  expect(decryptSecret(SECRET_KEY, "OTHER", stored)).toBeNull();
  expect(decryptSecret(SECRET_KEY, "AKID", stored.subarray(0, 20))).toBeNull();
  expect(encryptSecret(SECRET_KEY, "AKID", "hush").equals(stored)).toBe(false);
});

test("the pair of the environment is a key from the start, and follows a changed secret", async () => {
  const { db } = database;
  await ensureApiKey(db, { SECRET_KEY });
  expect(await db.apiKey.count()).toBe(0);

  for (const secret of ["first secret of the key", "second secret of the key"]) {
    const env = { SECRET_KEY, API_SECRET_ID: "AKID-from-env", API_SECRET_KEY: secret };
    await ensureApiKey(db, env);
    const once = await db.apiKey.findUniqueOrThrow({ where: { id: "AKID-from-env" } });
    await ensureApiKey(db, env);
    const twice = await db.apiKey.findUniqueOrThrow({ where: { id: "AKID-from-env" } });
    expect(decryptSecret(SECRET_KEY, twice.id, twice.secretCipher)).toBe(secret);
    expect(Buffer.from(twice.secretCipher).equals(once.secretCipher)).toBe(true);
  }
});
