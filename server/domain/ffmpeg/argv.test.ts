import Ffmpeg from "fluent-ffmpeg";
import { expect, test } from "vitest";
import type { Command } from "../plan.ts";
import { argvOf, fence, INPUT_FENCE } from "./argv.ts";
import { ffmpeg, lavfi, runCommand, scratchDir } from "./test-media.ts";

const command: Command = {
  inputs: [
    { path: "/in/a", options: ["-ss", "1"] },
    { path: "/in/b", options: [] },
  ],
  globals: ["-filter_complex", "[0:v][1:v]overlay[out]"],
  outputs: [
    { path: "/out/a.mp4", options: ["-map", "[out]", "-c:v", "libx264"] },
    { path: "/out/b.mp4", options: ["-map", "1:a"] },
  ],
  expectedSeconds: 2,
};

test("every input is fenced in, and the process's own options stand first", () => {
  expect(argvOf(command)).toEqual([
    ...["-hide_banner", "-nostdin", "-loglevel", "warning"],
    ...["-nostats", "-progress", "pipe:1", "-stats_period", "0.5"],
    ...[...INPUT_FENCE, "-ss", "1", "-i", "/in/a"],
    ...[...INPUT_FENCE, "-i", "/in/b"],
    "-y",
    ...["-filter_complex", "[0:v][1:v]overlay[out]"],
    ...["-map", "[out]", "-c:v", "libx264", "/out/a.mp4"],
    ...["-map", "1:a", "/out/b.mp4"],
  ]);
});

test("fluent-ffmpeg, driven with inputs and outputs, starts exactly these arguments", () => {
  const { inputs, globals, outputs } = fence(command);
  const fluent = Ffmpeg();
  for (const { path, options } of inputs) fluent.input(path).inputOptions(...options);
  for (const [index, { path, options }] of outputs.entries()) {
    fluent.output(path).outputOptions(...(index === 0 ? globals : []), ...options);
  }
  expect("_getArguments" in fluent && typeof fluent._getArguments === "function" && fluent._getArguments()).toEqual(
    argvOf(command),
  );
});

test("a playlist that poses as a movie is refused by ffmpeg itself", async () => {
  const dir = await scratchDir();
  const playlist = `${dir}/movie.m3u8`;
  await ffmpeg(...lavfi("testsrc2=s=64x64:d=0.2"), "-f", "hls", playlist);
  const run = runCommand({
    inputs: [{ path: playlist, options: [] }],
    globals: [],
    outputs: [{ path: `${dir}/out.mp4`, options: [] }],
    expectedSeconds: 0,
  });
  await expect(run).rejects.toThrow("[hls @");
});
