import { stat } from "node:fs/promises";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import {
  colourAt,
  counting,
  EXACT_H264,
  ffmpeg,
  lavfi,
  looksBlue,
  looksRed,
  QUICK_H264,
  redLeftBlueRight,
  scratchDir,
} from "../../ffmpeg/test-media.ts";
import { A_VIDEO, aContext, carryOut, onlyCommandOf, planOf } from "../test-plans.ts";

const FRAMES =
  "fps=fps=1000:round=up,tpad=stop=-1:stop_mode=clone,setpts=PTS-1," +
  "trim=start=0,setpts=PTS-STARTPTS,fps=fps=2:round=up:start_time=0,";

describe("the plan", () => {
  test("of a GIF: one pass, with a palette of the very frames it shows", () => {
    const plan = planOf("animated-graphic", { startOffsetSeconds: 5, endOffsetSeconds: 8 }, aContext());
    expect(plan).toEqual({
      ok: true,
      value: {
        commands: [
          {
            inputs: [{ path: "/run/source", options: ["-noaccurate_seek", "-ss", "5"] }],
            globals: [
              "-filter_complex",
              `[0:0]${FRAMES}trim=end_frame=6,scale=1920:1080,setsar=1,split[seen][kept];` +
                "[seen]palettegen=max_colors=192[palette];[kept][palette]paletteuse=diff_mode=rectangle[gif]",
            ],
            outputs: [
              { path: "/run/out/animation.gif", options: ["-map", "[gif]", "-loop", "0", "-f", "gif"] },
              { path: "-", options: ["-t", "3", "-map", "0:0", "-c", "copy", "-f", "null"] },
            ],
            expectedSeconds: 3,
          },
        ],
        files: [],
        outputs: [
          {
            role: "image",
            name: "animation.gif",
            contentType: "image/gif",
            facts: { widthPx: 1920, heightPx: 1080, durationSeconds: 3, framesPerSecond: 2 },
            parts: null,
            probe: false,
          },
        ],
        setsCover: false,
      },
    });
  });

  test("of a WebP", () => {
    const plan = planOf("animated-graphic", { format: "webp", heightPx: 360, quality: 60 }, aContext());
    expect(onlyCommandOf(plan).outputs).toEqual([
      {
        path: "/run/out/animation.webp",
        options: [
          ...["-map", "0:0", "-filter:v"],
          `${FRAMES}trim=end_frame=50,scale=640:360,setsar=1,scale=out_color_matrix=bt601`,
          ...["-c:v", "libwebp_anim", "-quality", "60", "-pix_fmt", "yuv420p", "-loop", "0", "-f", "webp"],
        ],
      },
      { path: "-", options: ["-map", "0:0", "-c", "copy", "-f", "null"] },
    ]);
  });

  test("of a GIF whose frames do not fit into memory takes two passes", () => {
    const plan = planOf("animated-graphic", { framesPerSecond: 10 }, aContext());
    const commands = plan.ok ? plan.value.commands : [];
    expect(commands.map(({ inputs, outputs }) => [inputs.at(-1)?.path, outputs[0]?.path])).toEqual([
      ["/run/source", "/run/scratch/palette.png"],
      ["/run/scratch/palette.png", "/run/out/animation.gif"],
    ]);
  });

  test.each([
    ["sound", {}, { video: null }, "NO_VIDEO_STREAM"],
    ["a still image", {}, { durationSeconds: 0 }, "NO_DURATION"],
    ["a time after the end", { startOffsetSeconds: 30 }, {}, "INVALID_TIME_OFFSET"],
    ["a whole film", { framesPerSecond: 10 }, { durationSeconds: 7200 }, "INVALID_PARAMETER"],
    ["a WebP of too many pixels", { format: "webp" }, { video: { ...A_VIDEO, widthPx: 17_000 } }, "INVALID_PARAMETER"],
  ])("of %s is refused", (_name, params, media, code) => {
    expect(planOf("animated-graphic", params, aContext(media))).toMatchObject({ failure: { code } });
  });
});

/** What a viewer of the finished file meets: its frames as pictures beside each other, and how long each is shown. */
async function framesOf(path: string) {
  const graphic = sharp(path, { animated: true });
  // A single frame counts as a picture, which has no pages.
  const { width, height, pages = 1, pageHeight = height, delay, loop } = await graphic.metadata();
  const { data } = await graphic.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const colour = (frame: number, xPx: number, yPx: number) => {
    const at = 4 * ((frame * pageHeight + yPx) * width + xPx);
    return [...data.subarray(at, at + 3)];
  };
  return { widthPx: width, heightPx: pageHeight, count: pages, delaysMs: delay, loop, colour };
}

function near(colour: readonly number[], wanted: readonly number[], tolerance: number): boolean {
  return colour.every((part, index) => Math.abs(part - (wanted[index] ?? 0)) <= tolerance);
}

describe.each(["gif", "webp"])("a finished %s", (format) => {
  test("has the asked size, frames and duration, each frame of its own time, and loops for ever", async () => {
    const dir = await scratchDir();
    const clip = await ffmpeg(...counting(70, 25, "128x96"), ...EXACT_H264, `${dir}/a.mp4`);
    const offsets = { startOffsetSeconds: 0.4, endOffsetSeconds: -1.2 };
    const params = { format, ...offsets, framesPerSecond: 10, heightPx: 48, quality: 100 };
    const { path, plan, names } = await carryOut("animated-graphic", params, clip);
    expect(names).toEqual([`animation.${format}`]);
    const seen = await framesOf(path());
    expect(seen).toMatchObject({ widthPx: 64, heightPx: 48, count: 12, loop: 0, delaysMs: Array(12).fill(100) });
    expect(plan.outputs[0]?.facts).toEqual({ widthPx: 64, heightPx: 48, durationSeconds: 1.2, framesPerSecond: 10 });
    for (let frame = 0; frame < 12; frame++) {
      // From the clip's frame 10 on, two and a half of its frames for one of ours; each is 3 × 255 / 219 brighter.
      const [brightness = 0] = seen.colour(frame, 20, 20);
      const wanted = (255 / 219) * 3 * Math.floor(10 + 2.5 * frame + 1e-6);
      expect(Math.abs(brightness - wanted), `frame ${frame}`).toBeLessThan(3);
    }
  });

  test("starts with the frame that is on screen, whatever the container, and even after the last one", async () => {
    const dir = await scratchDir();
    const sources = [...counting(50, 5), ...lavfi("sine=duration=12")];
    for (const ending of ["mkv", "ts"]) {
      const clip = await ffmpeg(...sources, ...EXACT_H264, "-g", "20", `${dir}/a.${ending}`);
      for (const [second, frame] of [
        [7.9, 39],
        [11, 49],
      ] as const) {
        const params = { format, startOffsetSeconds: second, endOffsetSeconds: second + 0.2, quality: 100 };
        const { path } = await carryOut("animated-graphic", params, clip);
        const [brightness = 0] = (await framesOf(path())).colour(0, 20, 20);
        expect(Math.abs(brightness - (255 / 219) * 3 * frame), `${ending} at ${second} s`).toBeLessThan(3);
      }
    }
  });

  test.each(["bt709", "smpte170m"])("shows the colours of %s video", async (space) => {
    const dir = await scratchDir();
    const colours = `drawbox=w=32:color=red:t=fill,drawbox=x=32:w=32:color=0x20C040:t=fill`;
    const source = lavfi(`color=white:size=96x64:rate=10:duration=0.5,${colours}`);
    const clip = await ffmpeg(
      ...[...source, "-vf", `scale=out_color_matrix=${space}`, ...EXACT_H264],
      ...["-colorspace", space, `${dir}/a.mp4`],
    );
    const seen = await framesOf((await carryOut("animated-graphic", { format, quality: 100 }, clip)).path());
    expect(near(seen.colour(0, 10, 32), [255, 0, 0], 8), String(seen.colour(0, 10, 32))).toBe(true);
    expect(near(seen.colour(0, 48, 32), [0x20, 0xc0, 0x40], 8), String(seen.colour(0, 48, 32))).toBe(true);
    expect(near(seen.colour(0, 86, 32), [255, 255, 255], 8), String(seen.colour(0, 86, 32))).toBe(true);
  });

  test("is upright, and whole between bars of a frame of another shape", async () => {
    const dir = await scratchDir();
    const flat = await ffmpeg(...redLeftBlueRight("64x48"), ...QUICK_H264, `${dir}/flat.mp4`);
    const phone = await ffmpeg("-i", flat, "-c", "copy", "-metadata:s:v", "rotate=270", `${dir}/phone.mp4`);
    const { path } = await carryOut("animated-graphic", { format, widthPx: 96, heightPx: 96, fill: "white" }, phone);
    const seen = await framesOf(path());
    expect(seen).toMatchObject({ widthPx: 96, heightPx: 96 });
    expect(near(seen.colour(0, 4, 48), [255, 255, 255], 12)).toBe(true);
    expect(near(seen.colour(0, 48, 10), [255, 0, 0], 25), String(seen.colour(0, 48, 10))).toBe(true);
    expect(near(seen.colour(0, 48, 86), [0, 0, 255], 25), String(seen.colour(0, 48, 86))).toBe(true);
  });

  test("is larger at a higher quality", async () => {
    const dir = await scratchDir();
    const clip = await ffmpeg(...lavfi("testsrc2=size=160x90:rate=5:duration=1"), ...EXACT_H264, `${dir}/a.mp4`);
    const sizes = [];
    for (const quality of [10, 90]) {
      const { path } = await carryOut("animated-graphic", { format, quality, framesPerSecond: 5 }, clip);
      sizes.push((await stat(path())).size);
    }
    expect(sizes[0]).toBeLessThan(sizes[1] ?? 0);
  });
});

test("a GIF's palette is made for its clip: a hundred shades of green stay what they were", async () => {
  const dir = await scratchDir();
  // Every four pixels another green. A palette for all clips has a handful of them.
  const shades = "color=black:size=400x32:rate=5:duration=0.4,format=rgb24,geq=r=0:g='50+2*floor(X/4)':b=0";
  const clip = await ffmpeg(...lavfi(shades), "-c:v", "ffv1", "-pix_fmt", "bgr0", `${dir}/a.mkv`);
  const seen = await framesOf((await carryOut("animated-graphic", { quality: 50 }, clip)).path());
  for (let shade = 0; shade < 100; shade++)
    expect(near(seen.colour(0, 4 * shade + 1, 16), [0, 50 + 2 * shade, 0], 3), `shade ${shade}`).toBe(true);
});

test("a GIF made in two passes is one like any other", async () => {
  const dir = await scratchDir();
  const clip = await ffmpeg(...redLeftBlueRight("64x64", 0.4), ...QUICK_H264, `${dir}/a.mp4`);
  // Four frames of 256 MiB together may wait; a fifth is too much.
  const params = { framesPerSecond: 10, heightPx: 4096 };
  const once = await carryOut("animated-graphic", { ...params, framesPerSecond: 10 }, clip);
  const twice = await carryOut("animated-graphic", { ...params, framesPerSecond: 12 }, clip);
  expect([once.plan.commands.length, twice.plan.commands.length]).toEqual([1, 2]);
  expect(twice.names).toEqual(["animation.gif"]);
  expect(await sharp(twice.path()).metadata()).toMatchObject({ width: 4096, height: 4096, pages: 5, loop: 0 });
  expect(looksRed(await colourAt(twice.path(), 700, 900))).toBe(true);
  expect(looksBlue(await colourAt(twice.path(), 3700, 900))).toBe(true);
});
