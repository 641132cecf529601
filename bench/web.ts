/** The web server as users run it, on the database of a measure. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { buildConsole, installedProgram } from "../bin/setup/build.ts";
import { freePort } from "../bin/setup/settings.ts";
import { type BenchSystem, until } from "./system.ts";

const READY_MS = 60_000;

export interface BenchWeb {
  port: number;
  key: { id: string; secret: string };
  stop: () => Promise<void>;
}

export async function startWeb({ env }: BenchSystem): Promise<BenchWeb> {
  await buildConsole();
  const port = await freePort();
  const key = { id: "AKIDbench", secret: "bench-bench-bench-bench" };
  const web = spawn(process.execPath, [installedProgram("next"), "start", "-H", "127.0.0.1", "-p", String(port)], {
    env: {
      ...env,
      PORT: String(port),
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      API_SECRET_ID: key.id,
      API_SECRET_KEY: key.secret,
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const exited = once(web, "exit");
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/api/health`).then(
      () => true,
      () => false,
    );
  await until(answers, READY_MS, 100);
  return {
    port,
    key,
    stop: async () => {
      web.kill("SIGTERM");
      await exited;
    },
  };
}
