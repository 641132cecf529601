import { appendFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Leash, startLeash } from "./leash.ts";
import { pauseMs, runService, type Service, type ServiceSpec } from "./service.ts";

let leash: Leash;
let lines: string[];
let folder: string;
const services: Service[] = [];
beforeEach(async () => {
  leash = startLeash();
  lines = [];
  folder = await mkdtemp(join(tmpdir(), "reelflow-service-"));
});
afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.stop()));
  leash.end();
  await rm(folder, { recursive: true });
});

function run(script: string, spec: Partial<ServiceSpec> = {}): Service {
  const service = runService(
    {
      name: "it",
      launch: { command: process.execPath, args: ["-e", script], env: process.env },
      stopSignal: "SIGTERM",
      stopMs: 5_000,
      firstStarts: 3,
      ...spec,
    },
    { leash, write: (name, line) => lines.push(`${name}: ${line}`) },
  );
  services.push(service);
  return service;
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}

const STAY = "console.log('pid ' + process.pid); setInterval(() => {}, 1000);";
const pidsIn = (): number[] => lines.flatMap((line) => /^it: pid (\d+)$/.exec(line)?.[1] ?? []).map(Number);

describe("a service", () => {
  test("that is killed is started again", async () => {
    const service = run(STAY);
    service.markReady();
    await vi.waitFor(() => expect(pidsIn()).toHaveLength(1), 10_000);
    process.kill(pidsIn()[0] ?? 0, "SIGKILL");
    await vi.waitFor(() => expect(pidsIn()).toHaveLength(2), 10_000);
    expect(lines).toContain("it: ended with code 137, starting again in 0.5 s");
  });

  test("that never comes up is given up after some starts", async () => {
    const service = run("process.exit(3)", { firstStarts: 2 });
    expect((await service.failed).message).toBe(
      "it could not be started: it ended 2 times, last with code 3. Its own words stand above.",
    );
  });

  test("whose program is not there fails at once", async () => {
    const service = run("", { launch: { command: join(folder, "nothing"), args: [] } });
    expect((await service.failed).message).toMatch(/ENOENT/);
  });

  test("that was ready is tried again also when the system could not start it", async () => {
    const program = join(folder, "program");
    const makeProgram = () => writeFile(program, `#!/bin/sh\necho pid $$\nexec sleep 600\n`, { mode: 0o755 });
    await makeProgram();
    const service = run("", { launch: { command: program, args: [] } });
    service.markReady();
    await vi.waitFor(() => expect(pidsIn()).toHaveLength(1), 10_000);
    await rm(program);
    process.kill(pidsIn()[0] ?? 0, "SIGKILL");
    await vi.waitFor(
      () => expect(lines.join("\n")).toMatch(/ended before it began \(.*ENOENT\), starting again/),
      10_000,
    );
    await makeProgram();
    await vi.waitFor(() => expect(pidsIn()).toHaveLength(2), 10_000);
  });

  test("is prepared before each start", async () => {
    const prepare = async () => appendFileSync(join(folder, "prepared"), "x");
    const service = run("process.exit(1)", { firstStarts: 2, prepare });
    await service.failed;
    expect(await readFile(join(folder, "prepared"), "utf8")).toBe("xx");
  });

  test("stops by its own signal, in its own time, and is not started again", async () => {
    const service = run(`process.on("SIGTERM", () => { console.log("bye"); process.exit(0); }); ${STAY}`);
    await vi.waitFor(() => expect(pidsIn()).toHaveLength(1), 10_000);
    await service.stop();
    expect(pidsIn()).toHaveLength(1);
    expect(isAlive(pidsIn()[0] ?? 0)).toBe(false);
    await vi.waitFor(() => expect(lines).toContain("it: bye"));
  });

  test("that does not stop is killed, with what it started itself", async () => {
    const child = `require("node:child_process").spawn("sleep", ["600"], { stdio: "ignore" }).pid`;
    const service = run(`process.on("SIGTERM", () => {}); console.log("pid " + ${child}); ${STAY}`, { stopMs: 100 });
    await vi.waitFor(() => expect(pidsIn()).toHaveLength(2), 10_000);
    await service.stop();
    await vi.waitFor(() => expect(pidsIn().filter(isAlive)).toEqual([]), 5_000);
  });
});

test("the pauses grow and stay below half a minute", () => {
  expect([1, 2, 3, 4, 5, 6, 7, 50].map(pauseMs)).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});
