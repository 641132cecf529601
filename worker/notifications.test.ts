import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/test-database.ts";
import type { Env } from "#server/env.ts";
import { testEndpoint } from "#server/events/endpoints.ts";
import { addEndpoint } from "#server/events/test-endpoints.ts";
import { hang, TestReceiver } from "#server/events/test-receiver.ts";
import { makeTestFolder, type TestFolder } from "./run/test-clips.ts";
import { testEnv, WorkerProcess } from "./test-worker.ts";

let database: TestDatabase;
let folder: TestFolder;
let env: Env;
let workers: WorkerProcess[];
let receivers: TestReceiver[];

beforeEach(async () => {
  vi.stubEnv("OUTBOUND_ALLOW", "127.0.0.0/8");
  database = await createTestDatabase();
  folder = await makeTestFolder();
  env = testEnv(database.url, folder.path);
  workers = [];
  receivers = [];
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(workers.map((worker) => worker.kill("SIGKILL")));
  await Promise.all(receivers.map((receiver) => receiver.close()));
  await database.drop();
  await folder.remove();
});

function startWorker(): WorkerProcess {
  const worker = new WorkerProcess(env, process.env.PATH ?? "");
  workers.push(worker);
  return worker;
}

async function startReceiver(): Promise<TestReceiver> {
  const receiver = await TestReceiver.start();
  receivers.push(receiver);
  return receiver;
}

async function send(endpointId: string): Promise<string> {
  const sent = await testEndpoint(database.db, 1, endpointId);
  if (!sent.ok) throw new Error(sent.failure.code);
  return sent.value.deliveryId;
}

async function stateOf(id: string): Promise<string> {
  return (await database.db.delivery.findUniqueOrThrow({ where: { id } })).state;
}

test("a worker killed between the POST and its record: another sends again under the same id, and nothing is lost", async () => {
  const { db } = database;
  const receiver = await startReceiver();
  const { id } = await addEndpoint(db, { url: receiver.url });
  const first = startWorker();
  // The request is in, its answer never arrives.
  receiver.answer = (response) => {
    void first.kill("SIGKILL");
    receiver.answer = (later) => later.end();
    response.socket?.pause();
  };
  const deliveryId = await send(id);
  await first.exited;
  expect(receiver.received).toHaveLength(1);
  expect(await stateOf(deliveryId)).toBe("waiting");

  startWorker();
  await expect.poll(() => stateOf(deliveryId), { timeout: 40_000 }).toBe("delivered");
  expect(receiver.received.map(({ headers }) => headers["webhook-id"])).toEqual([deliveryId, deliveryId]);
  const later = await send(id);
  await expect.poll(() => stateOf(later), { timeout: 10_000 }).toBe("delivered");
  expect(receiver.received).toHaveLength(3);
}, 60_000);

test("receivers that hang delay nobody else, and a second try comes by itself", async () => {
  const { db } = database;
  const [slow, quick] = [await startReceiver(), await startReceiver()];
  slow.answer = hang;
  const hanging = await addEndpoint(db, { url: slow.url });
  const other = await addEndpoint(db, { url: quick.url });
  startWorker();
  const stuck = await send(hanging.id);
  await expect.poll(() => slow.received.length, { timeout: 20_000 }).toBe(1);
  const startedAt = performance.now();
  const sent = await send(other.id);
  await expect.poll(() => stateOf(sent), { timeout: 3_000, interval: 20 }).toBe("delivered");
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  slow.answer = (response) => response.end();
  await expect.poll(() => stateOf(stuck), { timeout: 15_000 }).toBe("delivered");
  expect(slow.received).toHaveLength(2);
}, 60_000);
