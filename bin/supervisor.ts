/**
 * Reelflow on one machine: the database, unless DATABASE_URL names one, a worker and the web server, under one process
 * that starts them again when they die and stops them in order. And a worker alone, on further machines.
 */
import { setTimeout as delay } from "node:timers/promises";
import { styleText } from "node:util";
import { z } from "zod";
import type { Env } from "#server/env.ts";
import { buildConsole, generateClient, installedProgram } from "./setup/build.ts";
import { run } from "./setup/command.ts";
import { lockDataDir } from "./setup/data-lock.ts";
import { requireFfmpeg } from "./setup/ffmpeg.ts";
import { ensureFonts } from "./setup/fonts.ts";
import { preparePostgres } from "./setup/postgres.ts";
import { Refusal } from "./setup/refusal.ts";
import { makeDataDir, readSettings, requirePort, secretKey, sharedSecretKey } from "./setup/settings.ts";
import { secondsSince } from "./setup/step.mjs";
import type { ServiceSpec } from "./supervise/service.ts";
import { type Supervision, supervise } from "./supervise/supervise.ts";

export type Mode = "production" | "development";

const WEB_READY_MS = 120_000;
/** What a supervisor that was killed outright left running has this long to give back the port. */
const FORMER_STOP_MS = 15_000;

export async function runReelflow(mode: Mode): Promise<void> {
  await supervise(async (supervision) => {
    const startedAt = Date.now();
    const { env: given, embedsDatabase } = readSettings(process.env);
    await makeDataDir(given.DATA_DIR);
    const lock = await lockDataDir(given.DATA_DIR, given.PUBLIC_URL);
    supervision.atTheEnd(lock.release);
    await requirePort(given.HOST, given.PORT, lock.takenOver ? FORMER_STOP_MS : 0);
    await requireFfmpeg();
    await ensureFonts();
    const env = { ...given, SECRET_KEY: await secretKey(process.env.SECRET_KEY, given.DATA_DIR) };
    if (embedsDatabase) env.DATABASE_URL = await startDatabase(env.DATA_DIR, supervision);
    await generateClient();
    const variables = serviceVariables(env, mode);
    // Before the build, which takes longest: a database that cannot be used is told at once.
    const setupLink = await prepareDatabase(variables, embedsDatabase);
    if (mode === "production") await buildConsole();
    supervision.signal.throwIfAborted();
    const worker = supervision.start(workerSpec(variables, mode));
    const web = supervision.start(webSpec(env, variables, mode));
    const failed = Promise.race([worker.failed, web.failed]);
    await orFailed(untilAnswering(healthUrl(env), supervision.signal), failed);
    worker.markReady();
    web.markReady();
    announce(env, setupLink, secondsSince(startedAt));
  });
}

/** A worker alone shares the database and the store with the machine that runs the rest. */
export async function runWorkerAlone(): Promise<void> {
  await supervise(async (supervision) => {
    const { env: given, embedsDatabase } = readSettings(process.env);
    if (embedsDatabase) {
      throw new Refusal(
        "DATABASE_URL: a worker alone needs the database of the machine that runs `npm start`:\n\n  DATABASE_URL=postgresql://user:password@host/database STORAGE_URL=file:///mnt/shared/store SECRET_KEY=… npm run worker",
      );
    }
    await makeDataDir(given.DATA_DIR);
    const env = { ...given, SECRET_KEY: await sharedSecretKey(process.env.SECRET_KEY, given.DATA_DIR) };
    await requireFfmpeg();
    await ensureFonts();
    await generateClient();
    supervision.start(workerSpec(serviceVariables(env, "production"), "production")).markReady();
  });
}

async function startDatabase(dataDir: string, { signal, start }: Supervision): Promise<string> {
  const postgres = await preparePostgres(dataDir);
  const service = start({
    name: "database",
    launch: postgres.launch,
    prepare: postgres.clearTraces,
    // "Fast" shutdown: ends sessions and closes cleanly.
    stopSignal: "SIGINT",
    stopMs: 20_000,
    firstStarts: 3,
  });
  await orFailed(postgres.ready(signal), service.failed);
  service.markReady();
  return postgres.url;
}

function workerSpec(env: NodeJS.ProcessEnv, mode: Mode): ServiceSpec {
  const watch = mode === "development" ? ["--watch", "--watch-preserve-output"] : [];
  return {
    name: "worker",
    launch: { command: process.execPath, args: [...watch, "worker/main.ts"], env },
    stopSignal: "SIGTERM",
    stopMs: 10_000,
    firstStarts: 3,
  };
}

function webSpec({ HOST, PORT }: Env, env: NodeJS.ProcessEnv, mode: Mode): ServiceSpec {
  const command = mode === "development" ? "dev" : "start";
  return {
    name: "web",
    launch: {
      command: process.execPath,
      args: [installedProgram("next"), command, "-H", HOST, "-p", String(PORT)],
      env,
    },
    stopSignal: "SIGTERM",
    stopMs: 5_000,
    firstStarts: 3,
  };
}

function serviceVariables(env: Env, mode: Mode): NodeJS.ProcessEnv {
  // What was read further than to a text or number, like a list, stands in our own environment as it was given.
  const settings = Object.entries(env).flatMap(([name, value]) =>
    value === undefined || typeof value === "object" ? [] : [[name, String(value)]],
  );
  return { ...process.env, ...Object.fromEntries(settings), NODE_ENV: mode, NEXT_TELEMETRY_DISABLED: "1" };
}

const prepared = z.object({ applied: z.array(z.string()), setupLink: z.string().nullable() });

/** Migrates; answers where the first administrator is to be made, when there is none. */
async function prepareDatabase(env: NodeJS.ProcessEnv, embedsDatabase: boolean): Promise<string | null> {
  const { code, stdout, output } = await run(process.execPath, ["bin/setup/prepare-database.ts"], { env });
  if (code !== 0) {
    const subject = embedsDatabase ? "The database" : "DATABASE_URL: the database";
    throw new Refusal(`${subject} could not be used:\n${output.trim()}`);
  }
  const { applied, setupLink } = prepared.parse(JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
  for (const name of applied) console.log(`  ✓ Migrated: ${name}`);
  return setupLink;
}

/** The address of the web server seen from this machine, whatever browsers call it. */
function healthUrl({ HOST, PORT }: Env): string {
  const reachable: Record<string, string> = { "0.0.0.0": "127.0.0.1", "::": "::1" };
  const host = reachable[HOST] ?? HOST;
  return `http://${host.includes(":") ? `[${host}]` : host}:${PORT}/api/health`;
}

async function untilAnswering(url: string, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + WEB_READY_MS;
  for (;;) {
    signal.throwIfAborted();
    const patience = AbortSignal.any([signal, AbortSignal.timeout(10_000)]);
    const response = await fetch(url, { signal: patience }).catch(() => null);
    if (response?.ok === true) return;
    if (Date.now() > deadline) {
      const answer = response === null ? "no connection" : `${response.status} ${await response.text()}`;
      throw new Error(`${url} does not answer that all is well: ${answer}`);
    }
    await delay(100, undefined, { signal });
  }
}

async function orFailed(work: Promise<void>, failed: Promise<Error>): Promise<void> {
  const failure = await Promise.race([work, failed]);
  if (failure instanceof Error) throw failure;
}

function withoutPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.password = "";
  url.search = "";
  return url.href;
}

function announce(env: Env, setupLink: string | null, took: string): void {
  const lines = [
    "",
    styleText(["green", "bold"], `  Reelflow is ready (${took}).`),
    "",
    `    Console   ${env.PUBLIC_URL}`,
    ...(setupLink === null
      ? []
      : [`    Set up    ${setupLink}`, "              makes the first administrator; works once"]),
    `    Data      ${env.DATA_DIR}`,
    `    Database  ${withoutPassword(env.DATABASE_URL)}`,
    "    Stop      Ctrl-C",
    "",
  ];
  console.log(lines.join("\n"));
}
