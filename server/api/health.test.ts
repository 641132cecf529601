import { createServer, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "../db/client.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { answerHealth } from "./health.ts";
import { createCaller } from "./router.ts";
import { addUser } from "./test-rows.ts";
import { testServices } from "./test-services.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function health(db = database.db) {
  const response = await answerHealth(db);
  return { status: response.status, body: await response.json() };
}

test("healthy is: a database, and a worker that beat within the last ten seconds", async () => {
  const { db } = database;
  expect(await health()).toEqual({ status: 503, body: { status: "failing", database: "ok", workers: 0 } });
  const worker = { host: "h", processId: 1, concurrency: 2, ffmpegVersion: "8.0.1" };
  const old = new Date(Date.now() - 11_000);
  await db.worker.create({ data: { ...worker, id: "dead", heartbeatAt: old, startedAt: old } });
  await db.worker.create({ data: { ...worker, id: "stopped", stoppedAt: new Date(), startedAt: old } });
  expect(await health()).toMatchObject({ status: 503 });
  await db.worker.create({ data: { ...worker, id: "live" } });
  expect(await health()).toEqual({ status: 200, body: { status: "ok", database: "ok", workers: 1 } });

  const me = await addUser(db, "viewer");
  const { workers } = await createCaller({ ...testServices(database, "/nowhere"), me }).system.status();
  expect(workers).toMatchObject([
    { id: "live", alive: true, ffmpegVersion: "8.0.1" },
    { id: "dead", alive: false },
    { id: "stopped", alive: false },
  ]);
});

test("a database that refuses, and one that never answers, are both told within seconds", async () => {
  const sockets: Socket[] = [];
  const mute = createServer((socket) => void sockets.push(socket));
  await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
  const address = mute.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  for (const place of [`127.0.0.1:1`, `127.0.0.1:${port}`]) {
    const away = connect(`postgresql://postgres:x@${place}/none`);
    expect(await health(away)).toEqual({ status: 503, body: { status: "failing", database: "failing", workers: 0 } });
    // Only then does the connection give up.
    for (const socket of sockets) socket.destroy();
    await away.$disconnect();
  }
  mute.close();
});
