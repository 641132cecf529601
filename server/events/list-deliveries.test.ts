import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { type DeliveryFilter, listDeliveries } from "./list-deliveries.ts";
import { countResend, resendMatching, resendOne } from "./resend.ts";
import { addDelivery, addEndpoint } from "./test-endpoints.ts";

let database: TestDatabase;
let one: string;
let two: string;
const ids: string[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  one = (await addEndpoint(db)).id;
  two = (await addEndpoint(db)).id;
  const kinds = ["task.changed", "media.deleted", "pull.completed"] as const;
  const states = ["waiting", "delivered", "failed"] as const;
  const receivers = [one, two, null];
  for (let n = 0; n < 54; n++) {
    const id = await addDelivery(db, { endpointId: receivers[n % 3] ?? null, kind: kinds[Math.floor(n / 3) % 3] });
    const createdAt = new Date(Date.UTC(2026, 0, 1, 0, n));
    await db.delivery.update({
      where: { id },
      data: { state: states[Math.floor(n / 9) % 3], createdAt, taskId: n < 27 ? "early" : "late" },
    });
    ids.push(id);
  }
  await addDelivery(db, {
    endpointId: null,
    applicationId: (await db.application.create({ data: { name: "Other" } })).id,
  });
});
afterAll(() => database.drop());

async function listAll(filter: DeliveryFilter, limit = 7): Promise<string[]> {
  const found: string[] = [];
  let after = null;
  for (;;) {
    const page = await listDeliveries(database.db, 1, filter, { after, limit });
    found.push(...page.rows.map(({ id }) => id));
    after = page.rows.at(-1) ?? null;
    if (!page.hasMore) return found;
  }
}

const newestFirst = (wanted: (n: number) => boolean) => ids.filter((_, n) => wanted(n)).reverse();

test("page after page, everything is listed once, newest first, and of one application only", async () => {
  expect(await listAll({})).toEqual(newestFirst(() => true));
  const { total } = await listDeliveries(database.db, 1, {}, { after: null, limit: 7 });
  expect(total).toEqual({ count: 54, capped: false });
});

test("each filter narrows by itself and with others", async () => {
  expect(await listAll({ receiver: one })).toEqual(newestFirst((n) => n % 3 === 0));
  expect(await listAll({ receiver: "pull" })).toEqual(newestFirst((n) => n % 3 === 2));
  expect(await listAll({ kinds: ["media.deleted"] })).toEqual(newestFirst((n) => Math.floor(n / 3) % 3 === 1));
  expect(await listAll({ states: ["failed"] })).toEqual(newestFirst((n) => Math.floor(n / 9) % 3 === 2));
  expect(await listAll({ taskId: "early" })).toEqual(newestFirst((n) => n < 27));
  const createdAfter = new Date(Date.UTC(2026, 0, 1, 0, 20));
  const createdBefore = new Date(Date.UTC(2026, 0, 1, 0, 30));
  expect(await listAll({ createdAfter, createdBefore })).toEqual(newestFirst((n) => n >= 20 && n < 30));
  expect(
    await listAll({ taskId: "late", states: ["waiting", "failed"], kinds: ["pull.completed"], receiver: two }),
  ).toEqual(newestFirst((n) => n >= 27 && Math.floor(n / 9) % 3 !== 1 && Math.floor(n / 3) % 3 === 2 && n % 3 === 1));
  expect(await listAll({ kinds: ["compose.completed"] })).toEqual([]);
});

test("a resend says how many before, sends exactly those, and leaves deleted endpoints and other applications alone", async () => {
  const { db } = database;
  const filter = { states: ["failed", "delivered"] as const, taskId: "early" };
  expect(await countResend(db, 1, filter)).toBe(18);
  await db.endpoint.update({ where: { id: two }, data: { deletedAt: new Date() } });
  expect(await countResend(db, 1, filter)).toBe(12);
  expect(await countResend(db, 2, {})).toBeLessThanOrEqual(1);
  expect(await resendMatching(db, 1, filter)).toBe(12);
  const again = await db.delivery.findMany({ where: { id: { in: ids.slice(9, 27) } }, orderBy: { id: "asc" } });
  const sent = again.filter(({ endpointId }) => endpointId !== two);
  expect(sent.map(({ state }) => state)).toEqual(Array(12).fill("waiting"));
  expect(sent.every(({ nextAt, attemptCount }) => nextAt !== null && attemptCount === 0)).toBe(true);
  expect(again.filter(({ endpointId }) => endpointId === two).map(({ state }) => state)).not.toContain("waiting");
  const jobs = await db.$queryRaw`SELECT key FROM graphile_worker.jobs WHERE task_identifier = 'deliver'`;
  expect(jobs).toEqual([{ key: `deliver ${one}` }]);
  expect(await resendOne(db, 2, ids[0] ?? "")).toMatchObject({ failure: { code: "DELIVERY_NOT_FOUND" } });
  expect(await resendOne(db, 1, "nonsense")).toMatchObject({ failure: { code: "DELIVERY_NOT_FOUND" } });
});
