/** A PostgreSQL for as long as a test or a measurement needs one: the product's own, under the hand of this process. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { startLeash } from "../supervise/leash.ts";
import { preparePostgres } from "./postgres.ts";

export interface PostgresServer {
  /** Of a database that is there and empty. */
  url: string;
  /** Connection string without a database name at its end: `postgresql://…:port/`. */
  serverUrl: string;
  start: () => Promise<void>;
  stop: () => Promise<void>;
}

/** `settings` go over the product's, by PostgreSQL's names. The server is stopped; what it keeps lies in `folder`. */
export async function makePostgresServer(
  folder: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<PostgresServer> {
  const postgres = await preparePostgres(folder, settings);
  let stop = async (): Promise<void> => undefined;
  return {
    url: postgres.url,
    serverUrl: postgres.url.slice(0, postgres.url.lastIndexOf("/") + 1),
    start: async () => {
      const { command, args, ...options } = postgres.launch;
      const server = spawn(command, args, { ...options, detached: true, stdio: ["ignore", "ignore", "inherit"] });
      stop = stopper(server);
      const ended = new AbortController();
      server.once("exit", (code) => ended.abort(new Error(`PostgreSQL ended with code ${code}.`)));
      await postgres.ready(ended.signal);
    },
    stop: () => stop(),
  };
}

/** Also for a test run that is killed outright: its server goes with it. */
function stopper(server: ChildProcess): () => Promise<void> {
  const leash = startLeash();
  if (server.pid !== undefined) leash.hold(server.pid, "SIGINT");
  const exited = once(server, "exit");
  return async () => {
    server.kill("SIGINT");
    await exited;
    leash.end();
  };
}
