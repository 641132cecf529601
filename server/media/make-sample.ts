/** A small film to try things with, made by ffmpeg alone: four scenes that melt into each other, a melody, a clock. */
import { chain, filter, graph } from "#domain/ffmpeg/filter.ts";
import type { Command, CommandInput } from "#domain/plan.ts";

const RATE = 25;
const SCENE_SECONDS = 5.75;
const FADE_SECONDS = 1;
const SCENES = 4;
const SAMPLE_SECONDS = SCENES * SCENE_SECONDS - (SCENES - 1) * FADE_SECONDS;

/** Scenes are drawn small, which is quick, and enlarged, which their soft colours and coarse squares do not mind. */
const SPIRAL = filter("gradients", {
  ...{ size: "426x240", rate: RATE, duration: SCENE_SECONDS, speed: 0.05, seed: 1, type: "spiral", nb_colors: 4 },
  ...{ c0: "0x1b1464", c1: "0x6c5ce7", c2: "0x00cec9", c3: "0xfd79a8" },
  ...{ x0: 213, y0: 120, x1: 426, y1: 240 },
});
const FRACTAL = filter("mandelbrot", {
  ...{ size: "640x360", rate: RATE, maxiter: 300 },
  ...{ start_scale: 0.6, end_scale: 0.004, end_pts: SCENE_SECONDS * RATE },
});
const CELLS = filter("life", {
  ...{ size: "160x90", rate: RATE / 2, mold: 24, ratio: 0.18, random_seed: 7 },
  ...{ death_color: "0x6c5ce7", life_color: "0xffeaa7", mold_color: "0x130f40" },
});
const SUNSET = filter("gradients", {
  ...{ size: "426x240", rate: RATE, duration: SCENE_SECONDS, speed: 0.02, seed: 2, nb_colors: 5 },
  ...{ c0: "0x0b0f2b", c1: "0x341f97", c2: "0xee5253", c3: "0xff9f43", c4: "0xfeca57" },
  ...{ x0: 0, y0: 0, x1: 426, y1: 240 },
});

/** Four plucked notes a second over a bass that walks down every five seconds. */
const PLUCKED = "0.16*sin(2*PI*t*220*pow(2,floor(mod(t*4,4))*4/12))*exp(-3*mod(t,0.25))";
const BASS = "0.1*sin(2*PI*t*110*pow(2,-2*mod(floor(t/5),4)/12))";
const MELODY = filter("aevalsrc", { exprs: `${PLUCKED}+${BASS}`, duration: SAMPLE_SECONDS, sample_rate: 48_000 });

/** `clock`: the time drawn into the picture, for which ffmpeg needs a font, which not every machine has. */
export function sampleCommand(outputPath: string, picture: "clock" | "plain"): Command {
  return {
    inputs: [SPIRAL, FRACTAL, CELLS, SUNSET, MELODY].map(generated),
    globals: ["-filter_complex", scenery(picture)],
    outputs: [
      {
        path: outputPath,
        options: [
          ...["-map", "[picture]", "-map", "[sound]", "-t", String(SAMPLE_SECONDS)],
          // Somebody waits for it: quick rather than small.
          ...["-c:v", "libx264", "-preset", "ultrafast", "-crf", "26", "-pix_fmt", "yuv420p"],
          ...["-c:a", "aac", "-b:a", "128k", "-movflags", "+faststart", "-f", "mp4"],
        ],
      },
    ],
    expectedSeconds: SAMPLE_SECONDS,
  };
}

/** Nothing is read: the fence against other people's files would keep out the generators as well. */
function generated(source: string): CommandInput {
  return { path: source, options: ["-format_whitelist", "lavfi", "-f", "lavfi"] };
}

function scenery(picture: "clock" | "plain"): string {
  // The scaler would make up for sizes that are not quite 16:9 by pixels that are not quite square.
  const enlarge = (flags: string) => chain([filter("scale", { w: 1280, h: 720, flags }), filter("setsar", [1])]);
  // Cross-fading wants the same clock and format on both sides.
  const even = [filter("settb", [`1/${RATE}`]), filter("format", ["yuv420p"])];
  const cut = filter("trim", { duration: SCENE_SECONDS });
  const clock = filter("drawtext", {
    ...{ text: "%{pts:hms}", fontsize: 40, fontcolor: "white", x: 48, y: "h-th-48" },
    ...{ box: 1, boxcolor: "black@0.5", boxborderw: 14 },
  });
  const fade = (transition: string, number: number) =>
    filter("xfade", { transition, duration: FADE_SECONDS, offset: number * (SCENE_SECONDS - FADE_SECONDS) });
  return graph([
    { from: ["0:v"], steps: chain([enlarge("bicubic"), ...even]), to: ["a"] },
    { from: ["1:v"], steps: chain([cut, enlarge("bicubic"), filter("hue", { h: 150, s: 0.7 }), ...even]), to: ["b"] },
    { from: ["2:v"], steps: chain([cut, filter("fps", [RATE]), enlarge("neighbor"), ...even]), to: ["c"] },
    { from: ["3:v"], steps: chain([enlarge("bicubic"), ...even]), to: ["d"] },
    { from: ["a", "b"], steps: fade("circleopen", 1), to: ["ab"] },
    { from: ["ab", "c"], steps: fade("smoothleft", 2), to: ["abc"] },
    {
      from: ["abc", "d"],
      steps: chain([fade("radial", 3), picture === "clock" ? clock : null]),
      to: ["picture"],
    },
    {
      from: ["4:a"],
      steps: chain([
        filter("aformat", { channel_layouts: "stereo" }),
        filter("afade", { type: "in", duration: 0.5 }),
        filter("afade", { type: "out", start_time: SAMPLE_SECONDS - 1, duration: 1 }),
      ]),
      to: ["sound"],
    },
  ]);
}
