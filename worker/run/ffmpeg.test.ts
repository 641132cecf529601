import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { argvOf } from "#domain/ffmpeg/argv.ts";
import type { Progress } from "#domain/ffmpeg/progress.ts";
import type { Command } from "#domain/plan.ts";
import { ok } from "#domain/result.ts";
import { COMMAND_LIMITS, runCommand, warmUp } from "./ffmpeg.ts";
import { isRunning, makeClip, makeTestFolder, makeWith, realTimeCommand, type TestFolder } from "./test-clips.ts";

const execute = promisify(execFile);
const never = new AbortController().signal;
let folder: TestFolder;
let clip: string;
let longClip: string;

beforeAll(async () => {
  folder = await makeTestFolder();
  clip = await makeClip(join(folder.path, "clip"));
  longClip = await makeClip(join(folder.path, "long"), { seconds: 30, size: "64x64" });
  await warmUp();
});
afterAll(() => folder.remove());

let outputs = 0;
const newOutput = () => join(folder.path, `out-${++outputs}.mp4`);

function encode(output = newOutput(), options: string[] = []): Command {
  return {
    inputs: [{ path: clip, options: [] }],
    globals: [],
    outputs: [{ path: output, options: ["-c:v", "libx264", "-preset", "ultrafast", ...options] }],
    expectedSeconds: 2,
  };
}

/** The processes whose arguments name that path, oldest first. */
async function processesNaming(path: string): Promise<{ pid: number; argv: string[] }[]> {
  const { stdout } = await execute("pgrep", ["-f", path]).catch(() => ({ stdout: "" }));
  const pids = stdout.trim().split("\n").filter(Boolean).map(Number);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const text = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
      return { pid, argv: text.split("\0").slice(0, -1) };
    }),
  );
  return found.filter(({ argv }) => argv.length > 0);
}

/** The one ffmpeg that writes `output`, once the guard has become it. */
function ffmpegWriting(output: string): Promise<{ pid: number; argv: string[] }> {
  return vi.waitFor(
    async () => {
      const [found, ...others] = await processesNaming(output);
      if (found?.argv[0] !== "ffmpeg") throw new Error("Not started yet.");
      expect(others).toEqual([]);
      return found;
    },
    { timeout: 10_000, interval: 20 },
  );
}

test("ffmpeg receives exactly argvOf(command), also texts that hold spaces, and several inputs and outputs", async () => {
  const stop = new AbortController();
  const [first, second] = [newOutput(), newOutput()];
  const command: Command = {
    inputs: [
      { path: longClip, options: ["-re"] },
      { path: clip, options: ["-ss", "1"] },
    ],
    globals: ["-filter_complex", "[0:v] scale=32:32, split [a][b]"],
    outputs: [
      { path: first, options: ["-map", "[a]", "-metadata", "title=one space", "-f", "mp4"] },
      { path: second, options: ["-map", "[b]", "-map", "1:a", "-metadata", "title=a b c"] },
    ],
    expectedSeconds: 30,
  };
  const running = runCommand(command, { signal: stop.signal });
  const { argv } = await ffmpegWriting(second);
  stop.abort(new Error("seen enough"));
  await expect(running).rejects.toThrow("seen enough");
  expect(argv).toEqual(["ffmpeg", ...argvOf(command)]);
});

test("a command that succeeds has reported growing seconds and a last report that says done", async () => {
  const reports: Progress[] = [];
  const result = await runCommand(encode(), { signal: never, onProgress: (progress) => reports.push(progress) });
  expect(result).toEqual(ok(undefined));
  expect(reports.at(-1)).toMatchObject({ done: true });
  expect(reports.at(-1)?.outSeconds).toBeCloseTo(2, 0);
});

test("a failure tells ffmpeg's last words, and not where things lie on this machine", async () => {
  const lines: string[] = [];
  const options = { signal: never, onLog: (line: string) => lines.push(line) };
  const result = await runCommand(encode(newOutput(), ["-vf", "crop=9999:9999"]), options);
  expect(result).toMatchObject({ ok: false, failure: { code: "ENCODER_FAILED" } });
  if (result.ok) return;
  expect(result.failure.detail).toContain("Invalid too big or non positive size");
  expect(lines.join("\n")).toBe(result.failure.detail);

  const gone: Command = { ...encode(), inputs: [{ path: join(folder.path, "gone"), options: [] }] };
  expect(await runCommand(gone, { signal: never })).toEqual({
    ok: false,
    failure: { code: "ENCODER_FAILED", detail: "gone: No such file or directory" },
  });
});

test("an aborted ffmpeg is gone within two seconds, even one that does not listen", async () => {
  for (const deaf of [false, true]) {
    const stop = new AbortController();
    const command = realTimeCommand(longClip, newOutput(), 30);
    const running = runCommand(command, { signal: stop.signal });
    const { pid } = await ffmpegWriting(command.outputs[0]?.path ?? "");
    // A stopped process receives SIGTERM only when it is continued.
    if (deaf) process.kill(pid, "SIGSTOP");
    const abortedAt = performance.now();
    stop.abort(new Error("cancelled"));
    await expect(running).rejects.toThrow("cancelled");
    expect(performance.now() - abortedAt).toBeLessThan(2_000);
    expect(await isRunning(pid)).toBe(false);
  }
});

test("a signal that is aborted already starts nothing, and one aborted at once leaves nothing running", async () => {
  const output = newOutput();
  await expect(runCommand(encode(output), { signal: AbortSignal.abort(new Error("early")) })).rejects.toThrow("early");

  const stop = new AbortController();
  const running = runCommand(realTimeCommand(longClip, output, 30), { signal: stop.signal });
  stop.abort(new Error("at once"));
  await expect(running).rejects.toThrow("at once");
  expect(await processesNaming(output)).toEqual([]);
});

test("work beyond its wall time, processor time, memory or file size ends with ENCODER_LIMIT", async () => {
  const limited = { ok: false, failure: { code: "ENCODER_LIMIT" } };
  const slow = realTimeCommand(longClip, newOutput(), 30);
  const big = encode(newOutput(), ["-vf", "scale=3840:2160", "-qp", "0"]);
  const endless = { ...encode(newOutput(), ["-vf", "loop=-1:50:0,scale=1920:1080"]) };
  const results = await Promise.all([
    runCommand(slow, { signal: never, limits: { ...COMMAND_LIMITS, wallSeconds: 1 } }),
    runCommand(endless, { signal: never, limits: { ...COMMAND_LIMITS, processorSeconds: 1 } }),
    runCommand(big, { signal: never, limits: { ...COMMAND_LIMITS, memoryBytes: 500 * 1024 ** 2 } }),
    runCommand(big, { signal: never, limits: { ...COMMAND_LIMITS, fileBytes: 100 * 1024 } }),
  ]);
  expect(results).toMatchObject([limited, limited, limited, limited]);
});

test("an ffmpeg that says nothing and writes nothing has stalled", async () => {
  const command = realTimeCommand(longClip, newOutput(), 30);
  const running = runCommand(command, { signal: never, limits: { ...COMMAND_LIMITS, silenceSeconds: 2 } });
  const { pid } = await ffmpegWriting(command.outputs[0]?.path ?? "");
  process.kill(pid, "SIGSTOP");
  expect(await running).toMatchObject({ ok: false, failure: { code: "ENCODER_STALLED" } });
  expect(await isRunning(pid)).toBe(false);
});

test("a playlist that took the place of a checked source makes ffmpeg open nothing else", async () => {
  const secret = join(folder.path, "secret.ts");
  await makeWith(["-i", clip, "-f", "mpegts", "-c", "copy"], secret);
  const playlist = join(folder.path, "playlist");
  await execute("sh", [
    "-c",
    `printf '#EXTM3U\\n#EXT-X-TARGETDURATION:2\\n#EXTINF:2,\\n${secret}\\n#EXT-X-ENDLIST\\n' > ${playlist}`,
  ]);
  const command: Command = { ...encode(), inputs: [{ path: playlist, options: [] }] };
  const result = await runCommand(command, { signal: never });
  expect(result).toMatchObject({ ok: false, failure: { code: "ENCODER_FAILED" } });
  if (!result.ok) expect(result.failure.detail).toContain("not on whitelist");
});
