import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, test, vi } from "vitest";

const SUPERVISOR = `
  import { startLeash } from ${JSON.stringify(new URL("leash.ts", import.meta.url).href)};
  import { runService } from ${JSON.stringify(new URL("service.ts", import.meta.url).href)};
  const launch = { command: process.execPath, args: ["-e", "console.log(process.pid); setInterval(() => {}, 1000)"] };
  const spec = { name: "it", launch, stopSignal: "SIGTERM", stopMs: 1000, firstStarts: 1 };
  runService(spec, { leash: startLeash(), write: (name, line) => console.log(line) });
`;

test("what a supervisor started ends with it, even when it is killed outright", async () => {
  const supervisor = spawn(process.execPath, ["--input-type=module", "-e", SUPERVISOR], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface({ input: supervisor.stdout }), "line");
  const service = Number(line);
  expect(process.kill(service, 0)).toBe(true);
  supervisor.kill("SIGKILL");
  await vi.waitFor(() => expect(() => process.kill(service, 0)).toThrow(/ESRCH/), 10_000);
});
