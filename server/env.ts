/** The environment, parsed once. Every setting is here and in the README's table, nowhere else. */
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { z } from "zod";
import { parseAllowList } from "./outbound/allow-list.ts";

const port = z.coerce.number().int().min(1).max(65_535);

/** `file://folder` would name a machine. */
function namesFolder(url: string): boolean {
  try {
    return fileURLToPath(url) !== "";
  } catch {
    return false;
  }
}

const settings = z.object({
  PORT: port.default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  /** Everything we keep on this machine: the embedded database, uploads in progress, scratch, and by default the store. */
  DATA_DIR: z
    .string()
    .min(1)
    .default("./data")
    .transform((path) => resolve(path)),
  /** Set by the supervisor when it runs the embedded PostgreSQL. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** `file:///folder`; the default is DATA_DIR/store. */
  STORAGE_URL: z
    .url({ protocol: /^file$/ })
    .refine(namesFolder, "Three slashes and the whole path, as in file:///srv/reelflow.")
    .optional(),
  /** Runs this worker carries out at a time. */
  WORKER_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .default(Math.max(1, Math.min(4, availableParallelism()))),
  /** Address under which browsers reach the console; by default http://HOST:PORT. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Signs sessions and file links and encrypts API secrets. The supervisor makes one under DATA_DIR when unset. */
  SECRET_KEY: z.string().min(32),
  ADMIN_EMAIL: z.email().optional(),
  ADMIN_PASSWORD: z.string().min(8).max(128).optional(),
  API_SECRET_ID: z.string().min(8).max(128).optional(),
  API_SECRET_KEY: z.string().min(16).max(128).optional(),
  /** Hosts, addresses and CIDR ranges that pulls and callbacks may reach although they are not public. */
  OUTBOUND_ALLOW: z
    .string()
    .default("")
    .transform((text, context) => {
      const parsed = parseAllowList(text);
      if (parsed.ok) return parsed.value;
      context.addIssue(`Neither a host name nor an address nor a CIDR range: ${parsed.failure}`);
      return z.NEVER;
    }),
  /** Of one file that is pulled from an address. */
  PULL_BYTES_MAX: z.coerce
    .number()
    .int()
    .min(1)
    .max(1024 ** 4)
    .default(50_000_000_000),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
});

export const SETTING_NAMES: readonly string[] = settings.keyof().options;

const schema = settings
  .refine((env) => (env.ADMIN_EMAIL === undefined) === (env.ADMIN_PASSWORD === undefined), {
    path: ["ADMIN_PASSWORD"],
    message: "ADMIN_EMAIL and ADMIN_PASSWORD go together: set both or neither.",
  })
  .refine((env) => (env.API_SECRET_ID === undefined) === (env.API_SECRET_KEY === undefined), {
    path: ["API_SECRET_KEY"],
    message: "API_SECRET_ID and API_SECRET_KEY go together: set both or neither.",
  })
  .transform((env) => ({
    ...env,
    STORAGE_URL: env.STORAGE_URL ?? pathToFileURL(resolve(env.DATA_DIR, "store")).href,
    PUBLIC_URL: env.PUBLIC_URL ?? `http://${env.HOST.includes(":") ? `[${env.HOST}]` : env.HOST}:${env.PORT}`,
  }));

export type Env = z.output<typeof schema>;

/** Throws one error that names every wrong setting, without repeating the values of secrets. */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  // An empty variable means "not set": that is what `PORT= npm start` and most service managers mean by it.
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`Wrong settings:\n${lines.join("\n")}`);
}

let parsedOnce: Env | undefined;

export function env(): Env {
  parsedOnce ??= parseEnv(process.env);
  return parsedOnce;
}
