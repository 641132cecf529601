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
