/** A private instance for measuring: a real PostgreSQL with its usual durability, one real worker process, one store. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { connect, type Db } from "#server/db/client.ts";
import { migrate } from "#server/db/migrate.ts";
import { makePostgresServer } from "../bin/setup/postgres-server.ts";

export interface BenchSystem {
  db: Db;
  /** What its processes are started with. */
  env: NodeJS.ProcessEnv;
  folder: string;
  storeDir: string;
  worker: ChildProcess;
  stop: () => Promise<void>;
}

export const SECRET_KEY = "bench-bench-bench-bench-bench-bench";
const HEARTBEAT_WAIT_MS = 30_000;

export async function startSystem(): Promise<BenchSystem> {
  const folder = await mkdtemp(join(tmpdir(), "reelflow-bench-"));
  const server = await makePostgresServer(folder);
  await server.start();
  const databaseUrl = server.url;
  await migrate(databaseUrl);
  const storeDir = join(folder, "store");
  await mkdir(storeDir, { recursive: true });

  const env = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    DATA_DIR: folder,
    STORAGE_URL: pathToFileURL(storeDir).href,
    SECRET_KEY,
    // The receivers of events are on this machine.
    OUTBOUND_ALLOW: "127.0.0.0/8",
    LOG_LEVEL: "error",
  };
  const worker = spawn(process.execPath, ["worker/main.ts"], { env, stdio: ["ignore", "ignore", "inherit"] });
  const exited = once(worker, "exit");
  const db = connect(databaseUrl);
  await until(async () => (await db.worker.count()) > 0, HEARTBEAT_WAIT_MS);

  return {
    db,
    env,
    folder,
    storeDir,
    worker,
    stop: async () => {
      worker.kill("SIGTERM");
      await exited;
      await db.$disconnect();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Waits for something another process brings about. Looking costs: what is being measured is looked at seldom. */
export async function until(isTrue: () => Promise<boolean>, limitMs: number, everyMs = 10): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error("What was waited for did not happen in time.");
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
