import { afterAll, beforeAll, expect, test } from "vitest";
import type { Tx } from "./client.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";
import { inTransaction } from "./transaction.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.db.worker.createMany({
    data: ["a", "b"].map((id) => ({ id, host: "h", processId: 0, concurrency: 1, ffmpegVersion: "8" })),
  });
});
afterAll(() => database.drop());

test("two transactions that lock each other out both happen in the end, each once", async () => {
  const { db } = database;
  let started = 0;
  const bothHoldOne = Promise.withResolvers<void>();
  const addIn = async (tx: Tx, first: string, second: string) => {
    await tx.worker.update({ where: { id: first }, data: { processId: { increment: 1 } } });
    if (++started === 2) bothHoldOne.resolve();
    await bothHoldOne.promise;
    await tx.$executeRaw`UPDATE "Worker" SET "processId" = "processId" + 1 WHERE "id" = ${second}`;
  };
  await Promise.all([inTransaction(db, (tx) => addIn(tx, "a", "b")), inTransaction(db, (tx) => addIn(tx, "b", "a"))]);
  expect(started).toBe(3);
  const rows = await db.worker.findMany({ orderBy: { id: "asc" } });
  expect(rows.map((row) => row.processId)).toEqual([2, 2]);
});

test("any other error is thrown at once, and nothing of the transaction stays", async () => {
  let tried = 0;
  const work = async (tx: Tx) => {
    tried += 1;
    await tx.worker.delete({ where: { id: "a" } });
    throw new Error("no");
  };
  await expect(inTransaction(database.db, work)).rejects.toThrow("no");
  expect(tried).toBe(1);
  expect(await database.db.worker.count()).toBe(2);
});
