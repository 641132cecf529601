import { expect, test } from "vitest";
import { AN_AUDIO, aContext, onlyCommandOf, planOf } from "../test-plans.ts";

const COPY = ["-c", "copy", "-copyinkf", "-f", "framecrc"];
const TIMES = ["-enc_time_base", "-1", "-f", "framecrc"];

test("every stream is read and decoded, in one pass that damage does not end", () => {
  expect(planOf("health-check", {}, aContext())).toEqual({
    ok: true,
    value: {
      commands: [
        {
          inputs: [
            {
              path: "/run/source",
              options: [
                ...["-err_detect:v", "crccheck+bitstream+buffer+explode", "-err_detect:a", "crccheck+explode"],
                "-noautorotate",
              ],
            },
          ],
          globals: ["-max_error_rate", "1"],
          outputs: [
            { path: "/run/scratch/packets-0.txt", options: ["-map", "0:0", ...COPY] },
            {
              path: "/run/scratch/frames-0.txt",
              options: ["-map", "0:0", "-c:v", "wrapped_avframe", "-fps_mode", "passthrough", ...TIMES],
            },
            { path: "/run/scratch/packets-1.txt", options: ["-map", "0:1", ...COPY] },
            { path: "/run/scratch/frames-1.txt", options: ["-map", "0:1", "-c:a", "pcm_s16le", ...TIMES] },
          ],
          expectedSeconds: 25,
          mayFail: true,
        },
      ],
      files: [],
      outputs: [],
      continues: true,
      setsCover: false,
    },
  });
});

test("sound is checked without a picture, and a still image has no course of time to check", () => {
  const { outputs } = onlyCommandOf(planOf("health-check", {}, aContext({ video: null, audio: [AN_AUDIO] })));
  expect(outputs.map(({ path }) => path)).toEqual(["/run/scratch/packets-1.txt", "/run/scratch/frames-1.txt"]);
  expect(planOf("health-check", {}, aContext({ durationSeconds: 0 }))).toMatchObject({
    failure: { code: "NO_DURATION" },
  });
});

test("of a stretch reads from the key frame before it, and decodes no more than it", () => {
  const offsets = { startOffsetSeconds: 20, endOffsetSeconds: 23 };
  const input = ["-err_detect:v", "crccheck+bitstream+buffer+explode", "-err_detect:a", "crccheck+explode"];
  const indexed = onlyCommandOf(planOf("health-check", offsets, aContext()));
  expect(indexed).toEqual({
    ...onlyCommandOf(planOf("health-check", {}, aContext())),
    inputs: [{ path: "/run/source", options: ["-ss", "20", "-t", "3", ...input, "-noautorotate"] }],
    expectedSeconds: 3,
  });
  const stream = onlyCommandOf(planOf("health-check", offsets, aContext({ formatName: "mpegts" })));
  expect(stream.inputs[0]?.options.slice(0, 4)).toEqual(["-ss", "5", "-t", "18"]);
  expect(stream.outputs.map(({ options }) => options)).toEqual([
    ["-map", "0:0", ...COPY],
    [
      ...["-map", "0:0", "-filter:v", "trim=start=15"],
      ...["-c:v", "wrapped_avframe", "-fps_mode", "passthrough", ...TIMES],
    ],
    ["-map", "0:1", ...COPY],
    ["-map", "0:1", "-filter:a", "atrim=start=15", "-c:a", "pcm_s16le", ...TIMES],
  ]);
  expect(planOf("health-check", { startOffsetSeconds: 30 }, aContext())).toMatchObject({
    failure: { code: "INVALID_TIME_OFFSET" },
  });
});
