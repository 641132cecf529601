import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Command, Plan } from "#domain/plan.ts";
import { ok } from "#domain/result.ts";
import { warmUp } from "./ffmpeg.ts";
import { type PlanProgress, runPlan, weightOf } from "./run-plan.ts";
import { makeClip, makeTestFolder, realTimeCommand, type TestFolder } from "./test-clips.ts";

const never = new AbortController().signal;
let folder: TestFolder;
let clip: string;

beforeAll(async () => {
  folder = await makeTestFolder();
  clip = await makeClip(join(folder.path, "clip"), { seconds: 2, size: "64x64" });
  await warmUp();
});
afterAll(() => folder.remove());

const plan = (...commands: Command[]): Plan => ({ commands, files: [], outputs: [], setsCover: false });
const silent = { signal: never, onProgress: () => undefined, onLog: () => undefined };

test("percent runs through all commands and never falls; the time left counts those to come", async () => {
  const reports: PlanProgress[] = [];
  const commands = ["a.mp4", "b.mp4"].map((name) => realTimeCommand(clip, join(folder.path, name), 2));
  const onProgress = (progress: PlanProgress) => reports.push(progress);
  expect(await runPlan(plan(...commands), folder.path, { ...silent, onProgress })).toEqual(ok(undefined));
  const percents = reports.map(({ percent }) => percent);
  expect(percents).toEqual(percents.toSorted((a, b) => a - b));
  expect(percents).toContain(50);
  expect(percents.at(-1)).toBe(100);
  const half = reports.find(({ percent }) => percent === 50);
  // The first is done; the second lasts two seconds at about the speed of the first.
  expect(half?.remainingSeconds).toBeGreaterThan(1);
  expect(reports.at(-1)?.remainingSeconds).toBe(0);
});

test("a command that only copies counts for little of the whole", () => {
  const encoding = { ...realTimeCommand("in", "out", 2), expectedSeconds: 20 };
  expect(weightOf(plan(encoding, { ...encoding, effort: 0.05 }))).toBe(21);
});

test("a command that fails ends the plan: no later command runs, no file is written", async () => {
  const broken = realTimeCommand(join(folder.path, "missing"), join(folder.path, "c.mp4"), 2);
  const never = realTimeCommand(clip, join(folder.path, "d.mp4"), 2);
  const withFile = { ...plan(broken, never), files: [{ name: "cues.vtt", text: "WEBVTT" }] };
  expect(await runPlan(withFile, folder.path, silent)).toMatchObject({
    ok: false,
    failure: { code: "ENCODER_FAILED" },
  });
  await expect(readFile(join(folder.path, "d.mp4"))).rejects.toThrow("ENOENT");
  await expect(readFile(join(folder.path, "cues.vtt"))).rejects.toThrow("ENOENT");
});

test("a command that may fail ends nothing", async () => {
  const broken = { ...realTimeCommand(join(folder.path, "missing"), join(folder.path, "e.mp4"), 2), mayFail: true };
  const withFile = { ...plan(broken), files: [{ name: "report.json", text: "{}" }] };
  expect(await runPlan(withFile, folder.path, silent)).toEqual(ok(undefined));
  expect(await readFile(join(folder.path, "report.json"), "utf8")).toBe("{}");
});

test("cues that a command wrote are cut to the stretch", async () => {
  const words = join(folder.path, "words.srt");
  const path = join(folder.path, "words.vtt");
  await writeFile(words, "1\n00:00:01,000 --> 00:00:03,000\nHello\n");
  const extract: Command = {
    inputs: [{ path: words, options: ["-format_whitelist", "srt", "-f", "srt"] }],
    globals: [],
    outputs: [{ path, options: ["-f", "webvtt"] }],
    expectedSeconds: 0,
    cues: [{ path, startSeconds: 2, durationSeconds: 5 }],
  };
  expect(await runPlan(plan(extract), folder.path, silent)).toMatchObject({ ok: true });
  expect(await readFile(path, "utf8")).toBe("WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nHello\n");
});

test("files of a plan are written as they are", async () => {
  await runPlan({ ...plan(), files: [{ name: "cues.vtt", text: "WEBVTT\n\n名" }] }, folder.path, silent);
  expect(await readFile(join(folder.path, "cues.vtt"), "utf8")).toBe("WEBVTT\n\n名");
});
