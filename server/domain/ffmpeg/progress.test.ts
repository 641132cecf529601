import { expect, test } from "vitest";
import { percentOf, progressParser, remainingSecondsOf } from "./progress.ts";

const REPORT = "frame=25\nfps=50.0\nout_time_us=1000000\nout_time=00:00:01.000000\nspeed=2.0x\nprogress=continue\n";

test("a report counts once it is complete, however the pipe cuts it", () => {
  const parse = progressParser();
  const pieces = [REPORT.slice(0, 30), REPORT.slice(30, 31), REPORT.slice(31)];
  expect(pieces.map((piece) => parse(piece).length)).toEqual([0, 0, 1]);
  expect(progressParser()(REPORT)).toEqual([{ outSeconds: 1, framesPerSecond: 50, speed: 2, done: false }]);
});

test("what ffmpeg does not know yet is null, and time is never negative", () => {
  const [report] = progressParser()("out_time_us=-9223372036854775807\nfps=0.00\nspeed=N/A\nprogress=continue\n");
  expect(report).toEqual({ outSeconds: 0, framesPerSecond: 0, speed: null, done: false });
});

test("percent and time left follow from our own expected duration", () => {
  const report = { outSeconds: 2, framesPerSecond: 50, speed: 0.5, done: false };
  expect(percentOf(report, 8)).toBe(25);
  expect(percentOf(report, 1)).toBe(100);
  expect(percentOf(report, 0)).toBe(0);
  expect(percentOf({ ...report, done: true }, 0)).toBe(100);
  expect(remainingSecondsOf(report, 8)).toBe(12);
  expect(remainingSecondsOf({ ...report, speed: null }, 8)).toBeNull();
  // Two microseconds out of a second of waiting.
  expect(remainingSecondsOf({ ...report, outSeconds: 0.000002, speed: 0.000002 }, 8)).toBeNull();
});
