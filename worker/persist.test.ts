import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "#server/db/client.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/test-database.ts";
import { persist } from "./persist.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("a write that the database refuses again and again is a bug, and is thrown", async () => {
  const { db } = database;
  let tries = 0;
  const write = () => {
    tries += 1;
    return db.$queryRaw`SELECT * FROM "NoSuchTable"`;
  };
  await expect(persist(db, write)).rejects.toThrow("NoSuchTable");
  expect(tries).toBe(3);
});

test("while the database is away a write is tried until it succeeds", async () => {
  // Nobody listens on port 1.
  const away = connect("postgresql://postgres:none@127.0.0.1:1/none");
  let tries = 0;
  const written = await persist(away, async () => {
    tries += 1;
    if (tries < 6) await away.$queryRaw`SELECT 1`;
    return "written";
  });
  expect([written, tries]).toEqual(["written", 6]);
  await away.$disconnect();
});

test("whoever is in a hurry gives up with the error it met", async () => {
  const away = connect("postgresql://postgres:none@127.0.0.1:1/none");
  const hurry = AbortSignal.timeout(300);
  await expect(persist(away, () => away.$queryRaw`SELECT 1`, { signal: hurry })).rejects.toThrow("Can't reach");
  await away.$disconnect();
});
