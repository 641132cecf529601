import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { LiveFeed } from "./live.ts";
import { confirmEvents, pullEvents, readPullQueue } from "./pull-events.ts";
import { renderNotification } from "./render-notification.ts";
import { resendOne } from "./resend.ts";
import { addDelivery, letPass, testRendering } from "./test-endpoints.ts";

let database: TestDatabase;
let live: LiveFeed;
beforeEach(async () => {
  database = await createTestDatabase();
  live = new LiveFeed(database.url);
});
afterEach(async () => {
  await live.close();
  await database.drop();
});

const NOBODY_LEFT = new AbortController().signal;
const pull = (applicationId = 1, signal = NOBODY_LEFT) => pullEvents({ db: database.db, live, signal }, applicationId);
const look = (applicationId = 1) =>
  pullEvents({ db: database.db, live, signal: NOBODY_LEFT, waitMs: 0 }, applicationId);
const add = (n: number, more: Partial<Parameters<typeof addDelivery>[1]> = {}) =>
  addDelivery(database.db, { endpointId: null, payload: { n }, ...more });
const numbersOf = (events: Awaited<ReturnType<typeof pull>>) =>
  events.map(({ content }) => JSON.parse(content).ProcedureStateChangeEvent.n);
const INVALID = expect.objectContaining({ code: "EVENT_HANDLE_INVALID" });

/** A puller waits for word of something new. */
async function untilHeard(): Promise<void> {
  const listening = () => database.db.$queryRaw<unknown[]>`
    SELECT 1 FROM pg_stat_activity
    WHERE application_name = 'reelflow-listen' AND datname = current_database() AND query LIKE 'LISTEN%' AND state = 'idle'`;
  await expect.poll(listening).toHaveLength(1);
}

test("sixteen at a time, oldest first, and each to one puller only", async () => {
  for (let n = 1; n <= 40; n++) await add(n);
  expect(numbersOf(await pull())).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
  const [one, two] = await Promise.all([pull(), pull()]);
  expect([...numbersOf(one), ...numbersOf(two)].sort((a, b) => a - b)).toEqual(
    Array.from({ length: 24 }, (_, index) => index + 17),
  );
  expect(await readPullQueue(database.db, 1)).toMatchObject({ count: 40, oldestAt: expect.any(Date) });
});

test("many pullers at once get every event exactly once", async () => {
  await Promise.all(Array.from({ length: 60 }, (_, n) => add(n)));
  const pulled = await Promise.all(Array.from({ length: 8 }, () => look()));
  const rest = await look();
  const all = [...pulled, rest].flatMap(numbersOf);
  expect(new Set(all).size).toBe(all.length);
  expect(all).toHaveLength(60);
});

test("what is confirmed in time is done; what is not comes again after half a minute, under another handle", async () => {
  const { db } = database;
  for (const n of [1, 2]) await add(n);
  const [one, two] = await pull();
  expect(await confirmEvents(db, 1, [one?.handle ?? ""])).toEqual({ ok: true, value: undefined });
  await letPass(db, 29);
  expect(await look()).toEqual([]);
  await letPass(db, 2);
  const again = await pull();
  expect(numbersOf(again)).toEqual([2]);
  expect(again[0]?.handle).not.toBe(two?.handle);
  // The old handle is late, the new one is good.
  expect(await confirmEvents(db, 1, [two?.handle ?? ""])).toEqual({ ok: false, failure: INVALID });
  expect(await confirmEvents(db, 1, [again[0]?.handle ?? ""])).toMatchObject({ ok: true });
  expect(await readPullQueue(db, 1)).toMatchObject({ count: 0, oldestAt: null });
});

test("a late handle is refused also while nobody else has pulled the event", async () => {
  const { db } = database;
  await add(1);
  const [event] = await pull();
  await letPass(db, 31);
  expect(await confirmEvents(db, 1, [event?.handle ?? ""])).toEqual({ ok: false, failure: INVALID });
  expect(numbersOf(await pull())).toEqual([1]);
});

test("one wrong handle confirms nothing, repeating is fine, and another application's handle is unknown", async () => {
  const { db } = database;
  for (const n of [1, 2]) await add(n);
  const handles = (await pull()).map(({ handle }) => handle);
  for (const wrong of ["", "nonsense", `${handles[0]}x`, handles[0]?.split(".")[0] ?? ""]) {
    expect(await confirmEvents(db, 1, [...handles, wrong])).toEqual({ ok: false, failure: INVALID });
  }
  expect(await confirmEvents(db, 2, handles)).toEqual({ ok: false, failure: INVALID });
  expect(await readPullQueue(db, 1)).toMatchObject({ count: 2 });
  expect(await confirmEvents(db, 1, [...handles, ...handles])).toMatchObject({ ok: true });
  expect(await confirmEvents(db, 1, handles)).toMatchObject({ ok: true });
  expect(await look(2)).toEqual([]);
});

test("a puller that waits gets what comes, as soon as it is put together", async () => {
  const { db } = database;
  const id = await add(7, { kind: "endpoint.tested", unmade: true });
  const asked = pull();
  await untilHeard();
  const { eventId } = await db.delivery.findUniqueOrThrow({ where: { id } });
  const cameAt = performance.now();
  await renderNotification(testRendering(db), eventId);
  expect((await asked).map(({ content }) => JSON.parse(content).EventType)).toEqual(["EndpointTest"]);
  expect(performance.now() - cameAt).toBeLessThan(2_000);
});

test("a puller that waits in vain asks the database hardly anything, and is answered after five seconds", async () => {
  const { db } = database;
  const count = async () => {
    const [row] = await db.$queryRaw<{ calls: number }[]>`
      SELECT xact_commit::int AS calls FROM pg_stat_database WHERE datname = current_database()`;
    return row?.calls ?? 0;
  };
  const startedAt = performance.now();
  const asked = pull();
  const busy = await Promise.race([asked, pause(1_000, "waits", { ref: false })]);
  expect(busy).toBe("waits");
  await db.$executeRaw`SELECT pg_stat_force_next_flush()`;
  const before = await count();
  expect(await asked).toEqual([]);
  expect(performance.now() - startedAt).toBeGreaterThan(4_900);
  await db.$executeRaw`SELECT pg_stat_force_next_flush()`;
  expect((await count()) - before).toBeLessThan(25);
}, 15_000);

test("a puller whose caller has gone takes nothing with it", async () => {
  const gone = new AbortController();
  const asked = pull(1, gone.signal);
  await untilHeard();
  gone.abort();
  expect(await asked).toEqual([]);
  await add(1);
  expect(await pull(1, gone.signal)).toEqual([]);
  expect(numbersOf(await pull())).toEqual([1]);
});

test("of one task nothing is pulled before what came earlier and is not put together yet", async () => {
  await add(1, { orderKey: "a", unmade: true });
  await add(2, { orderKey: "a" });
  await add(3, { orderKey: "b" });
  expect(numbersOf(await pull())).toEqual([3]);
});

test("an event that was confirmed can be put into the queue again", async () => {
  const { db } = database;
  const id = await add(1);
  const [event] = await pull();
  await confirmEvents(db, 1, [event?.handle ?? ""]);
  expect(await resendOne(db, 2, id)).toMatchObject({ ok: false });
  expect(await resendOne(db, 1, id)).toMatchObject({ ok: true });
  expect(numbersOf(await pull())).toEqual([1]);
});
