import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdir, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { GUARD_PATH, PROCESS_LIMITS } from "./guard.ts";
import { isRunning, makeClip, makeTestFolder, type TestFolder } from "./test-clips.ts";

const execute = promisify(execFile);
let folder: TestFolder;
let clip: string;
/** A PATH that holds what the guard needs except setpriv, as on macOS. */
let pathWithoutSetpriv: string;

beforeAll(async () => {
  folder = await makeTestFolder();
  clip = await makeClip(join(folder.path, "clip"), { seconds: 30, size: "64x64" });
  pathWithoutSetpriv = join(folder.path, "bin");
  await mkdir(pathWithoutSetpriv);
  for (const program of ["sh", "nice", "sleep", "ffmpeg"]) {
    const { stdout } = await execute("sh", ["-c", `command -v ${program}`]);
    await symlink(stdout.trim(), join(pathWithoutSetpriv, program));
  }
});
afterAll(() => folder.remove());

/** A process that starts a guarded ffmpeg, prints its pid and waits: what a worker is to ffmpeg. */
function startParent(path: string): { parent: ChildProcess; ffmpegPid: Promise<number> } {
  const script = `
    const { spawn } = require("node:child_process");
    const [guard, clip, out, memory, seconds] = process.argv.slice(1);
    const guarded = ["--guard", "ffmpeg", String(process.pid), memory, seconds, "1000000"];
    const child = spawn(guard, [...guarded, "-nostdin", "-v", "error", "-re", "-i", clip, "-y", out], { stdio: "ignore" });
    console.log(child.pid);
  `;
  const limits = [String(PROCESS_LIMITS.memoryBytes / 1024), String(PROCESS_LIMITS.processorSeconds)];
  const out = join(folder.path, `out-${Math.random()}.mp4`);
  const parent = spawn(process.execPath, ["-e", script, GUARD_PATH, clip, out, ...limits], {
    env: { ...process.env, PATH: path },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ffmpegPid = new Promise<number>((resolve) => parent.stdout?.once("data", (text) => resolve(Number(text))));
  return { parent, ffmpegPid };
}

async function commandOf(pid: number): Promise<string> {
  const { stdout } = await execute("ps", ["-o", "comm=", "-p", String(pid)]);
  return stdout.trim();
}

test.each([
  ["with setpriv", () => process.env.PATH ?? ""],
  ["without setpriv", () => `${pathWithoutSetpriv}:${dirname(process.execPath)}`],
])("%s, ffmpeg is gone two seconds after its parent was killed", async (_, path) => {
  const { parent, ffmpegPid } = startParent(path());
  const pid = await ffmpegPid;
  await vi.waitFor(async () => expect(await commandOf(pid)).toBe("ffmpeg"), { timeout: 10_000, interval: 20 });
  parent.kill("SIGKILL");
  await vi.waitFor(async () => expect(await isRunning(pid)).toBe(false), { timeout: 2_000, interval: 50 });
});

test("a guard whose parent is gone already starts nothing", async () => {
  // Process 1 is never the parent of a command we start.
  const orphaned = execute(GUARD_PATH, ["--guard", "ffmpeg", "1", "8000000", "10", "1000", "-version"]);
  await expect(orphaned).rejects.toMatchObject({ code: 143, stdout: "" });
});

test("nothing but ffmpeg and ffprobe is started", async () => {
  const other = execute(GUARD_PATH, ["--guard", "sh", String(process.pid), "8000000", "10", "1000", "-c", "echo here"]);
  await expect(other).rejects.toMatchObject({ code: 126, stdout: "" });
});
