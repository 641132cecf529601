import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/test-database.ts";
import { updateEndpoint } from "#server/events/endpoints.ts";
import { sweepDeliveries } from "#server/events/sweep-deliveries.ts";
import { addDelivery, addEndpoint, letPass, SECRETS } from "#server/events/test-endpoints.ts";
import { answerStatus, hang, TestReceiver } from "#server/events/test-receiver.ts";
import { parseAllowList } from "#server/outbound/allow-list.ts";
import { deliver } from "./deliver.ts";

let database: TestDatabase;
let receiver: TestReceiver;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  receiver = await TestReceiver.start();
});
afterEach(() => receiver.close());

function allowing(text: string) {
  const parsed = parseAllowList(text);
  if (!parsed.ok) throw new Error(parsed.failure);
  return parsed.value;
}

function deliverTo(
  endpointId: string,
  allowed = "127.0.0.0/8",
  stopping = new AbortController().signal,
): Promise<void> {
  return deliver({ db: database.db, sending: { secrets: SECRETS, allow: allowing(allowed) }, stopping }, endpointId);
}

function readDelivery(id: string) {
  return database.db.delivery.findUniqueOrThrow({
    where: { id },
    include: { attempts: { orderBy: { number: "asc" } }, endpoint: true },
  });
}

async function nextJobAt(endpointId: string): Promise<Date[]> {
  const jobs = await database.db.$queryRaw<{ run_at: Date }[]>`
    SELECT run_at FROM graphile_worker.jobs WHERE key = ${`deliver ${endpointId} later`}`;
  return jobs.map(({ run_at }) => run_at);
}

test("a notification arrives as JSON without nulls, signed both ways, and its receiver's library accepts it", async () => {
  const { db } = database;
  const { id, secret } = await addEndpoint(db, { url: receiver.url, signKey: "SignKeyEXAMPLE01" });
  const payload = { TaskId: "t", Output: null, Children: [{ Status: "SUCCESS", Output: null }], Name: "视频" };
  const deliveryId = await addDelivery(db, { endpointId: id, payload });
  await deliverTo(id);
  const [received] = receiver.received;
  const body = JSON.parse(received?.body ?? "");
  const T = expect.any(Number);
  const Sign = expect.stringMatching(/^[0-9a-f]{32}$/);
  expect(body).toEqual({
    ...{ EventType: "ProcedureStateChanged", Sign, T },
    ProcedureStateChangeEvent: { TaskId: "t", Children: [{ Status: "SUCCESS" }], Name: "视频" },
  });
  expect(body.T - Date.now() / 1000).toBeGreaterThan(590);
  expect(received?.headers).toMatchObject({ "content-type": "application/json", "webhook-id": deliveryId });
  const headers = Object.fromEntries(
    Object.entries(received?.headers ?? {}).map(([name, value]) => [name, String(value)]),
  );
  expect(new Webhook(secret).verify(received?.body ?? "", headers)).toEqual(body);

  const delivery = await readDelivery(deliveryId);
  expect(delivery).toMatchObject({ state: "delivered", attemptCount: 1, errorCode: null });
  expect(delivery.attempts).toMatchObject([{ number: 1, status: 200, answer: "thanks", errorCode: null }]);
  expect(delivery.endpoint).toMatchObject({ failureCount: 0, lastDeliveredAt: expect.any(Date) });
  // What is kept of the request says nothing of the secrets.
  expect(JSON.stringify(delivery.attempts)).not.toContain(secret.slice(6));
  await deliverTo(id);
  expect(receiver.received).toHaveLength(1);
});

test("while two secrets are valid a receiver may know either", async () => {
  const { db } = database;
  const { id, secret } = await addEndpoint(db, { url: receiver.url });
  const newer = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
  await db.endpoint.update({
    where: { id },
    data: {
      ...{ secret: SECRETS.seal(id, "secret", newer), previousSecret: SECRETS.seal(id, "secret", secret) },
      previousSecretUntil: new Date(Date.now() + 60_000),
    },
  });
  await addDelivery(db, { endpointId: id });
  await deliverTo(id);
  await db.endpoint.update({ where: { id }, data: { previousSecretUntil: new Date(0) } });
  await addDelivery(db, { endpointId: id });
  await deliverTo(id);
  const [both, one] = receiver.received;
  const verify = (by: string, received = both) =>
    new Webhook(by).verify(received?.body ?? "", {
      "webhook-id": String(received?.headers["webhook-id"]),
      "webhook-timestamp": String(received?.headers["webhook-timestamp"]),
      "webhook-signature": String(received?.headers["webhook-signature"]),
    });
  expect(verify(secret)).toEqual(verify(newer));
  expect(verify(newer, one)).toEqual({ EventType: "ProcedureStateChanged", ProcedureStateChangeEvent: {} });
  expect(() => verify(secret, one)).toThrow("No matching signature");
});

test.each([
  ["500", answerStatus(500), { status: 500, errorCode: "status" }],
  ["404", answerStatus(404), { status: 404, errorCode: "status" }],
  ["301", answerStatus(301, { location: "http://127.0.0.1:1/" }), { status: 301, errorCode: "redirect" }],
  [
    "headers without end",
    (response: Parameters<TestReceiver["answer"]>[0]) => {
      response.socket?.write("HTTP/1.1 200 OK\r\n");
      for (let line = 0; line < 2_000; line++) response.socket?.write(`x-${line}: ${"y".repeat(100)}\r\n`);
    },
    { status: null, errorCode: "badAnswer" },
  ],
  [
    "no HTTP",
    (response: Parameters<TestReceiver["answer"]>[0]) => void response.socket?.write("220 mail ready\r\n"),
    { status: null, errorCode: "badAnswer" },
  ],
  [
    "a connection that breaks",
    (response: Parameters<TestReceiver["answer"]>[0]) => void response.socket?.destroy(),
    { status: null, errorCode: "connection" },
  ],
])("an answer of %s is a failure, and is tried again after a second", async (_, answer, attempt) => {
  const { db } = database;
  receiver.answer = answer;
  const { id } = await addEndpoint(db, { url: receiver.url });
  const deliveryId = await addDelivery(db, { endpointId: id });
  await deliverTo(id);
  expect(receiver.received).toHaveLength(1);
  const failed = await readDelivery(deliveryId);
  expect(failed).toMatchObject({ state: "waiting", attemptCount: 1, errorCode: attempt.errorCode });
  expect(failed.attempts).toMatchObject([attempt]);
  expect(failed.endpoint).toMatchObject({ failureCount: 1, lastErrorCode: attempt.errorCode, enabled: true });
  // The next try has its job, at its time.
  expect(await nextJobAt(id)).toEqual([failed.nextAt]);

  receiver.answer = answerStatus(204);
  await deliverTo(id);
  expect(receiver.received).toHaveLength(1);
  await letPass(db, 2);
  await deliverTo(id);
  expect(await readDelivery(deliveryId)).toMatchObject({ state: "delivered", attemptCount: 2, errorCode: null });
  // The same message, told by its id.
  expect(receiver.received.map(({ headers }) => headers["webhook-id"])).toEqual([deliveryId, deliveryId]);
});

test("nobody at home, and an address that is not allowed, are failures like others; nothing is sent to the latter", async () => {
  const { db } = database;
  const gone = await addEndpoint(db, { url: "http://127.0.0.1:1024/" });
  const inside = await addEndpoint(db, { url: receiver.url });
  const [one, two] = [await addDelivery(db, { endpointId: gone.id }), await addDelivery(db, { endpointId: inside.id })];
  await deliverTo(gone.id);
  await deliverTo(inside.id, "10.0.0.0/8");
  expect(await readDelivery(one)).toMatchObject({ state: "waiting", errorCode: "connection" });
  expect(await readDelivery(two)).toMatchObject({ state: "waiting", errorCode: "addressRefused" });
  expect(receiver.received).toEqual([]);
});

test("a body that is huge or never ends is cut off, and what the status said stays true", async () => {
  const { db } = database;
  const { id } = await addEndpoint(db, { url: receiver.url });
  const deliveryId = await addDelivery(db, { endpointId: id });
  receiver.answer = (response) => {
    response.writeHead(200);
    const more = () => {
      while (response.write("x".repeat(10_000)));
      response.once("drain", more);
    };
    more();
  };
  await deliverTo(id);
  const { state, attempts } = await readDelivery(deliveryId);
  expect(state).toBe("delivered");
  expect(attempts[0]?.answer).toBe("x".repeat(2_048));
});

test("410 switches the endpoint off; what waits stays, and goes out when somebody switches it on again", async () => {
  const { db } = database;
  const { id } = await addEndpoint(db, { url: receiver.url });
  const first = await addDelivery(db, { endpointId: id, orderKey: "same" });
  const second = await addDelivery(db, { endpointId: id, orderKey: "same" });
  receiver.answer = answerStatus(410);
  await deliverTo(id);
  expect(await readDelivery(first)).toMatchObject({ state: "failed", errorCode: "gone", endpoint: { enabled: false } });
  expect(await readDelivery(second)).toMatchObject({ state: "waiting", attemptCount: 0 });
  expect(receiver.received).toHaveLength(1);

  receiver.answer = answerStatus(200);
  const input = { name: "again", url: receiver.url, kinds: [], enabled: true };
  await updateEndpoint({ db, secrets: SECRETS, allow: allowing("127.0.0.1") }, 1, id, input);
  await deliverTo(id);
  expect(await readDelivery(second)).toMatchObject({ state: "delivered" });
});

test("429 and its retry-after keep the whole endpoint quiet for so long", async () => {
  const { db } = database;
  const { id } = await addEndpoint(db, { url: receiver.url });
  const first = await addDelivery(db, { endpointId: id });
  receiver.answer = answerStatus(429, { "retry-after": "120" });
  await deliverTo(id);
  await addDelivery(db, { endpointId: id });
  receiver.answer = answerStatus(200);
  await letPass(db, 100);
  await deliverTo(id);
  expect(receiver.received).toHaveLength(1);
  const [nextAt] = await nextJobAt(id);
  expect((nextAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(15_000);
  await letPass(db, 21);
  await deliverTo(id);
  expect(receiver.received).toHaveLength(3);
  expect(await readDelivery(first)).toMatchObject({ state: "delivered" });
});

test("of one task the next waits until the one before has arrived or is given up; other tasks do not", async () => {
  const { db } = database;
  const { id } = await addEndpoint(db, { url: receiver.url });
  const add = (n: number, orderKey: string) => addDelivery(db, { endpointId: id, orderKey, payload: { n } });
  await add(1, "a");
  await add(2, "a");
  await add(3, "b");
  await add(4, "a");
  const told = () => receiver.told().map(({ ProcedureStateChangeEvent }) => ProcedureStateChangeEvent);
  receiver.answer = (response, { body }) => response.writeHead(body.includes('"n":1}') ? 500 : 200).end();
  await deliverTo(id);
  expect(told()).toEqual([{ n: 1 }, { n: 3 }]);
  receiver.answer = answerStatus(200);
  await letPass(db, 2);
  await deliverTo(id);
  expect(told().slice(2)).toEqual([{ n: 1 }, { n: 2 }, { n: 4 }]);
});

test("a notification that is not made yet holds up what its task tells next", async () => {
  const { db } = database;
  const { id } = await addEndpoint(db, { url: receiver.url });
  await addDelivery(db, { endpointId: id, orderKey: "a", unmade: true });
  await addDelivery(db, { endpointId: id, orderKey: "a" });
  await addDelivery(db, { endpointId: id, orderKey: "b", payload: { n: "b" } });
  await deliverTo(id);
  expect(receiver.told()).toMatchObject([{ ProcedureStateChangeEvent: { n: "b" } }]);
  expect(await nextJobAt(id)).toEqual([]);
});

test("after the last attempt a delivery is given up, and the next of its task goes out", async () => {
  const { db } = database;
  const { id } = await addEndpoint(db, { url: receiver.url });
  const last = await addDelivery(db, { endpointId: id, orderKey: "a" });
  const next = await addDelivery(db, { endpointId: id, orderKey: "a" });
  await db.delivery.update({ where: { id: last }, data: { attemptCount: 13 } });
  let answers = 0;
  receiver.answer = (response) => response.writeHead(answers++ === 0 ? 503 : 200).end();
  await deliverTo(id);
  expect(await readDelivery(last)).toMatchObject({ state: "failed", errorCode: "status", attemptCount: 14 });
  expect(await readDelivery(next)).toMatchObject({ state: "delivered" });
});

test("an endpoint that failed often gets one try at a time, in longer and longer pauses; back again it gets everything", async () => {
  const { db } = database;
  const { id } = await addEndpoint(db, { url: receiver.url });
  await db.endpoint.update({ where: { id }, data: { failureCount: 8 } });
  const ids = await Promise.all(Array.from({ length: 20 }, () => addDelivery(db, { endpointId: id })));
  receiver.answer = answerStatus(502);
  await deliverTo(id);
  expect(receiver.received).toHaveLength(1);
  await letPass(db, 20);
  await deliverTo(id);
  expect(receiver.received).toHaveLength(1);
  await letPass(db, 20);
  receiver.answer = answerStatus(200);
  await deliverTo(id);
  const states = await db.delivery.groupBy({ by: ["state"], where: { id: { in: ids } }, _count: true });
  expect(states).toEqual([{ state: "delivered", _count: 20 }]);
  expect(await db.endpoint.findUniqueOrThrow({ where: { id } })).toMatchObject({ failureCount: 0, pausedUntil: null });
});

test("what waited too long is given up, at a silent endpoint after three days, in the pull queue after four", async () => {
  const { db } = database;
  const { id } = await addEndpoint(db, { enabled: false });
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
  const add = async (endpointId: string | null, days: number) => {
    const deliveryId = await addDelivery(db, { endpointId });
    await db.delivery.update({ where: { id: deliveryId }, data: { dueSince: daysAgo(days) } });
    return deliveryId;
  };
  const [old, young] = [await add(id, 3.1), await add(id, 2.9)];
  const [oldPull, youngPull] = [await add(null, 4.1), await add(null, 3.9)];
  expect(await sweepDeliveries(db)).toBe(2);
  const states = await Promise.all(
    [old, young, oldPull, youngPull].map(async (one) => (await readDelivery(one)).state),
  );
  expect(states).toEqual(["failed", "waiting", "failed", "waiting"]);
  expect(await readDelivery(old)).toMatchObject({ errorCode: "expired" });
});

test("a receiver that hangs is given up after five seconds, and keeps nothing else of its own waiting", async () => {
  const { db } = database;
  const { id } = await addEndpoint(db, { url: receiver.url });
  const stuck = await addDelivery(db, { endpointId: id, payload: { n: "stuck" } });
  await addDelivery(db, { endpointId: id, payload: { n: "free" } });
  receiver.answer = (response, received) => {
    if (received.body.includes("stuck")) hang(response, received);
    else response.end();
  };
  const delivering = deliverTo(id);
  await expect.poll(() => receiver.told().length).toBe(2);
  const free = () => db.delivery.count({ where: { endpointId: id, state: "delivered" } });
  await expect.poll(free, { timeout: 3_000 }).toBe(1);
  await delivering;
  const { attempts, errorCode } = await readDelivery(stuck);
  expect(errorCode).toBe("timeout");
  expect(attempts[0]?.durationMs).toBeGreaterThan(4_500);
  expect(attempts[0]?.durationMs).toBeLessThan(7_000);
}, 15_000);

test("asked to stop, a worker sees what it sends through and leaves the rest, with a job for it", async () => {
  const { db } = database;
  const { id } = await addEndpoint(db, { url: receiver.url });
  const ids = await Promise.all(Array.from({ length: 10 }, () => addDelivery(db, { endpointId: id })));
  const stopping = new AbortController();
  receiver.answer = (response) => {
    stopping.abort();
    response.end();
  };
  await deliverTo(id, "127.0.0.0/8", stopping.signal);
  const delivered = await db.delivery.count({ where: { id: { in: ids }, state: "delivered" } });
  expect(delivered).toBe(receiver.received.length);
  expect(delivered).toBeLessThan(10);
  expect(await nextJobAt(id)).toHaveLength(1);
});
