import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { connect } from "../db/client.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import type { LiveMessage } from "../domain/live.ts";
import { LiveFeed, notifyLive, type Reconnected } from "./live.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const opened: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

function openFeed(): LiveFeed {
  const feed = new LiveFeed(database.url);
  opened.push(feed);
  return feed;
}

/** Reads a subscription in the background, and tells when the channel is heard. */
function follow(feed: LiveFeed, applicationId: number) {
  const abort = new AbortController();
  const heard: (LiveMessage | Reconnected)[] = [];
  const ended = (async () => {
    for await (const message of feed.subscribe(applicationId, abort.signal)) heard.push(message);
  })();
  return {
    heard,
    ended,
    abort: () => abort.abort(),
    connected: () => expect.poll(() => heard).toContainEqual({ type: "reconnected" }),
  };
}

const listeners = async (): Promise<number> => {
  const [row] = await database.db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_stat_activity
    WHERE application_name = 'reelflow-listen' AND datname = current_database()`;
  return row?.count ?? 0;
};

test("each subscriber hears its application only, in order, over one connection", async () => {
  const feed = openFeed();
  const mine = follow(feed, 1);
  const mineToo = follow(feed, 1);
  const other = follow(feed, 2);
  await mine.connected();
  await notifyLive(
    database.db,
    { applicationId: 1, type: "media", mediaId: "1" },
    { applicationId: 2, type: "media", mediaId: "2" },
  );
  await notifyLive(database.db, { applicationId: 1, type: "upload", uploadId: "3" });
  const told = [
    { type: "reconnected" },
    { applicationId: 1, type: "media", mediaId: "1" },
    { applicationId: 1, type: "upload", uploadId: "3" },
  ];
  await expect.poll(() => mine.heard).toEqual(told);
  expect(mineToo.heard).toEqual(told);
  expect(other.heard).toEqual([{ type: "reconnected" }, { applicationId: 2, type: "media", mediaId: "2" }]);
  expect(await listeners()).toBe(1);
});

test("nothing is told before its transaction commits, and nothing at all when it does not", async () => {
  const one = follow(openFeed(), 1);
  await one.connected();
  await expect(
    database.db.$transaction(async (tx) => {
      await notifyLive(tx, { applicationId: 1, type: "media", mediaId: "never" });
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  await notifyLive(database.db, { applicationId: 1, type: "media", mediaId: "then" });
  await expect.poll(() => one.heard.slice(1)).toEqual([{ applicationId: 1, type: "media", mediaId: "then" }]);
});

test("a subscription ends when its signal aborts, and when the feed closes", async () => {
  const feed = openFeed();
  const one = follow(feed, 1);
  const two = follow(feed, 1);
  await one.connected();
  one.abort();
  await one.ended;
  await feed.close();
  await two.ended;
  await expect.poll(listeners).toBe(0);
  await follow(feed, 1).ended;
});

test("a feed closed while it is still connecting, or while it cannot, ends its subscriptions", async () => {
  const connecting = openFeed();
  const one = follow(connecting, 1);
  await connecting.close();
  await one.ended;
  const errors: unknown[] = [];
  const refused = new LiveFeed("postgresql://nobody:nothing@127.0.0.1:1/none", (error) => errors.push(error));
  const two = follow(refused, 1);
  await expect.poll(() => errors.length).toBeGreaterThan(1);
  await refused.close();
  await two.ended;
  expect(two.heard).toEqual([]);
});

test("a dropped connection is made again, as soon as the server lets it, and subscribers are told to read anew", async () => {
  const { db, url } = database;
  const one = follow(openFeed(), 1);
  await one.connected();
  const elsewhere = new URL(url);
  const name = elsewhere.pathname.slice(1);
  elsewhere.pathname = "/postgres";
  const server = connect(elsewhere.href);
  opened.push({ close: () => server.$disconnect() });
  await server.$executeRawUnsafe(`ALTER DATABASE "${name}" WITH ALLOW_CONNECTIONS false`);
  await db.$queryRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'reelflow-listen' AND datname = current_database()`;
  await expect.poll(listeners).toBe(0);
  await notifyLive(db, { applicationId: 1, type: "media", mediaId: "missed" });
  await server.$executeRawUnsafe(`ALTER DATABASE "${name}" WITH ALLOW_CONNECTIONS true`);
  await expect.poll(() => one.heard).toEqual([{ type: "reconnected" }, { type: "reconnected" }]);
  await notifyLive(db, { applicationId: 1, type: "media", mediaId: "heard" });
  await expect.poll(() => one.heard.at(-1)).toEqual({ applicationId: 1, type: "media", mediaId: "heard" });
});

test("a subscriber that does not read is told to read anew instead of being sent everything", async () => {
  const feed = openFeed();
  const probe = follow(feed, 1);
  await probe.connected();
  const slow = feed.subscribe(1, new AbortController().signal)[Symbol.asyncIterator]();
  const flood = Array.from(
    { length: 1005 },
    (_, index): LiveMessage => ({ applicationId: 1, type: "media", mediaId: `${index}` }),
  );
  await notifyLive(database.db, ...flood);
  await expect.poll(() => probe.heard).toHaveLength(1 + flood.length);
  expect((await slow.next()).value).toEqual({ type: "reconnected" });
  expect((await slow.next()).value).toEqual(flood[1001]);
});

test("progress of very many subtasks is told in several messages that PostgreSQL accepts", async () => {
  const one = follow(openFeed(), 1);
  await one.connected();
  const subtasks = Array.from({ length: 950 }, (_, index) => ({
    id: `subtask-${index}`.padEnd(16, "x"),
    percent: 99.9,
  }));
  await notifyLive(database.db, {
    applicationId: 1,
    type: "progress",
    taskId: "t",
    runId: "r",
    subtasks,
    speed: null,
    remainingSeconds: null,
  });
  await expect
    .poll(() => one.heard.flatMap((message) => (message.type === "progress" ? message.subtasks : [])))
    .toEqual(subtasks);
});
