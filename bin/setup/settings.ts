/** The settings of one machine: the environment checked, the data folder made, the secrets that were not given generated. */
import { randomBytes, randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { access, link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Env, parseEnv } from "#server/env.ts";
import { Refusal } from "./refusal.ts";

export interface Settings {
  /** Everything but what is made later: DATABASE_URL is empty until the embedded database runs. */
  env: Env;
  embedsDatabase: boolean;
}

const NOT_YET = { DATABASE_URL: "postgresql://not.yet", SECRET_KEY: "not yet".repeat(5) };

/** Checks all settings before anything is started, made or read. */
export function readSettings(variables: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  try {
    const env = parseEnv({ ...NOT_YET, ...given });
    if (given.PUBLIC_URL === undefined && ["0.0.0.0", "::"].includes(env.HOST))
      env.PUBLIC_URL = addressInNetwork(env.PORT);
    return { env, embedsDatabase: given.DATABASE_URL === undefined };
  } catch (error) {
    throw new Refusal(`${error instanceof Error ? error.message : error}\nThe README lists every setting.`);
  }
}

/** "Every address of this machine" is none that a browser could open: the first that others can reach stands for it. */
function addressInNetwork(port: number): string {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const reachable = all.find(({ family, internal }) => family === "IPv4" && !internal);
  return `http://${reachable?.address ?? "127.0.0.1"}:${port}`;
}

/** DATA_DIR, open to be walked through by the database's user and to be listed by nobody else. */
export async function makeDataDir(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o711 });
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Refusal(
      `DATA_DIR: ${path} cannot be made or written (${error instanceof Error ? error.message : error}).\nGive this user the right to, or name another folder: DATA_DIR=/some/folder npm start`,
    );
  }
}

/** A secret of this machine, generated the first time. The file appears whole: an interrupted start leaves no half of it. */
export async function keptSecret(path: string): Promise<string> {
  const known = await readIfThere(path);
  if (known !== null) return known.trim();
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, randomBytes(32).toString("base64url"), { mode: 0o600, flush: true });
  try {
    // Unlike a rename, a link never replaces a secret that somebody else made in between.
    await link(draft, path);
  } catch (error) {
    if (!isErrorCode(error, "EEXIST")) throw error;
  } finally {
    await rm(draft);
  }
  return (await readFile(path, "utf8")).trim();
}

/** SECRET_KEY as given, or this machine's own. */
export async function secretKey(given: string | undefined, dataDir: string): Promise<string> {
  return given || keptSecret(join(dataDir, "secret.key"));
}

/**
 * The same for a worker alone, which makes none: with another SECRET_KEY than the web server's it would seal the keys of
 * encrypted outputs for nobody.
 */
export async function sharedSecretKey(given: string | undefined, dataDir: string): Promise<string> {
  const known = given || (await readIfThere(join(dataDir, "secret.key")))?.trim();
  if (known) return known;
  throw new Refusal(
    "SECRET_KEY: a worker alone needs that of the machine that runs `npm start`. There, unless it was given, it is in the file secret.key of DATA_DIR.",
  );
}

/** Throws in words unless HOST:PORT can be listened on. Waits `patienceMs` for one that is about to be given back. */
export async function requirePort(host: string, port: number, patienceMs = 0): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const failure = await listenFailure(host, port);
    if (failure === null) return;
    if (failure === "EADDRINUSE" && Date.now() < deadline) {
      await delay(200);
      continue;
    }
    throw new Refusal(portRefusal(host, port, failure));
  }
}

function portRefusal(host: string, port: number, failure: string): string {
  switch (failure) {
    case "EADDRINUSE":
      return `PORT: ${port} on ${host} is taken by another program. Stop it, or choose another port: PORT=${port + 1} npm start`;
    case "EACCES":
      return `PORT: this user may not listen on ${port}; ports from 1024 up are open to everybody: PORT=8080 npm start`;
    default:
      return `HOST: ${host} is no address of this machine (${failure}). Use 127.0.0.1 for this machine only, 0.0.0.0 for its network.`;
  }
}

async function listenFailure(host: string, port: number): Promise<string | null> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(null)));
  });
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", resolve);
  });
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === "string") throw new Error("The system gave no port.");
  return address.port;
}

export async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (isErrorCode(error, "ENOENT")) return null;
    throw error;
  }
}

export function isErrorCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
