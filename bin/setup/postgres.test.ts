import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type LocalPostgres, preparePostgres } from "./postgres.ts";

let folder: string;
let dataDir: string;
const servers: ChildProcess[] = [];
beforeEach(async () => {
  // Private to whoever runs this: as root, the database's user may not even enter it.
  folder = await mkdtemp(join(tmpdir(), "reelflow-postgres-"));
  dataDir = join(folder, "data");
  await mkdir(dataDir, { mode: 0o711 });
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => end(server, "SIGINT")));
  await rm(folder, { recursive: true });
});

async function start(postgres: LocalPostgres): Promise<ChildProcess> {
  await postgres.clearTraces();
  const { command, args, ...options } = postgres.launch;
  const server = spawn(command, args, { ...options, stdio: "ignore" });
  servers.push(server);
  await postgres.ready(new AbortController().signal);
  return server;
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill(signal);
  await once(server, "exit");
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>({ text: sql })).rows;
  } finally {
    await client.end();
  }
}

test("a fresh folder becomes a database of ours behind a password, and keeps what is stored over a restart", async () => {
  const first = await preparePostgres(dataDir);
  const server = await start(first);
  await ask(first.url, "create table kept as select 'über' as word");
  await expect(ask(first.url.replace(/:[^:@]+@/, ":wrong@"), "select 1")).rejects.toThrow(/password/);
  await end(server, "SIGINT");

  const second = await preparePostgres(dataDir);
  await start(second);
  expect(await ask(second.url, "select upper(word) as word from kept")).toEqual([{ word: "ÜBER" }]);
  expect((await stat(join(dataDir, "postgres.password"))).mode & 0o777).toBe(0o600);
  expect((await readdir(dataDir)).sort()).toEqual(["postgres", "postgres.password"]);
});

test("a server that outlived its supervisor is stopped and started anew", async () => {
  const first = await preparePostgres(dataDir);
  const orphan = await start(first);
  const second = await preparePostgres(dataDir);
  await start(second);
  expect(orphan.exitCode).toBe(0);
  expect(await ask(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("the pid file of a power cut does not keep the server from starting, whoever has that number now", async () => {
  const first = await preparePostgres(dataDir);
  await end(await start(first), "SIGINT");
  await writeFile(join(dataDir, "postgres", "postmaster.pid"), `${process.pid}\n${join(dataDir, "postgres")}\n`);
  await chmod(join(dataDir, "postgres", "postmaster.pid"), 0o644);
  await start(await preparePostgres(dataDir));
});

test("an initialisation that was interrupted is done again from the start", async () => {
  await mkdir(join(dataDir, "postgres.new"));
  await writeFile(join(dataDir, "postgres.new", "half"), "");
  await start(await preparePostgres(dataDir));
});

test("a database of another PostgreSQL release is refused, and left as it is", async () => {
  await mkdir(join(dataDir, "postgres"));
  await writeFile(join(dataDir, "postgres", "PG_VERSION"), "17\n");
  await expect(preparePostgres(dataDir)).rejects.toThrow(/made by PostgreSQL 17/);
});
