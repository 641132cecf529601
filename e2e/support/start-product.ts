/**
 * Starts the product the way its users do (`npm start`'s script, an empty data folder, a free port), waits until it says
 * it is ready, and stops it with the signal Ctrl-C sends.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { freePort } from "../../bin/setup/settings.ts";
import { API_KEY } from "./api.ts";
import { runFolder } from "./clips.ts";

const READY_MS = 300_000;
const STOP_MS = 30_000;

export default async function startProduct(): Promise<() => Promise<void>> {
  const folder = runFolder();
  const port = await freePort();
  const product = spawn(process.execPath, ["bin/start.mjs"], {
    env: {
      ...process.env,
      PORT: String(port),
      HOST: "127.0.0.1",
      DATA_DIR: join(folder, "data"),
      NODE_ENV: "production",
      API_SECRET_ID: API_KEY.secretId,
      API_SECRET_KEY: API_KEY.secretKey,
      // Receivers and sources of the specs are on this machine.
      OUTBOUND_ALLOW: "127.0.0.0/8",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(product, "exit");
  const setupLink = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("The product did not become ready in time.")), READY_MS);
    const lines: string[] = [];
    createInterface({ input: product.stdout }).on("line", (line) => {
      lines.push(line);
      const link = /https?:\/\/\S+\/setup\?token=\S+/.exec(line);
      if (link === null) return;
      clearTimeout(timer);
      resolve(link[0]);
    });
    exited.then(() => reject(new Error(`The product stopped before it was ready:\n${lines.join("\n")}`)), reject);
  });
  process.env.E2E_BASE_URL = `http://127.0.0.1:${port}`;
  process.env.E2E_SETUP_LINK = setupLink;

  return async () => {
    product.kill("SIGINT");
    const timer = setTimeout(() => product.kill("SIGKILL"), STOP_MS);
    await exited;
    clearTimeout(timer);
    await rm(folder, { recursive: true, force: true });
  };
}
