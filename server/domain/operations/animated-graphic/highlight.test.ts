import { expect, test } from "vitest";
import {
  colourAt,
  counting,
  EXACT_H264,
  ffmpeg,
  frameShownBy,
  frameTimes,
  lavfi,
  looksBlue,
  probe,
  scratchDir,
} from "../../ffmpeg/test-media.ts";
import { aContext, carryOut, onlyCommandOf, planOf } from "../test-plans.ts";

const PART = "fps=fps=1000:round=up,tpad=stop=-1:stop_mode=clone,setpts=PTS-1,trim=start=0,setpts=PTS-STARTPTS";

test("the plan of a highlight: an input for each part, in the middle of its share", () => {
  const params = { format: "mp4", widthPx: 320, framesPerSecond: 10, highlight: { parts: 2, partSeconds: 1.5 } };
  const plan = planOf("animated-graphic", { ...params, startOffsetSeconds: 5 }, aContext());
  const part = `${PART},fps=fps=10:round=up:start_time=0,trim=end_frame=15`;
  expect(plan).toMatchObject({
    value: {
      outputs: [
        {
          ...{ role: "video", name: "animation.mp4", contentType: "video/mp4" },
          facts: { widthPx: 320, heightPx: 180, durationSeconds: 3, framesPerSecond: 10 },
        },
      ],
    },
  });
  expect(onlyCommandOf(plan)).toEqual({
    inputs: [
      { path: "/run/source", options: ["-noaccurate_seek", "-ss", "9.25"] },
      { path: "/run/source", options: ["-noaccurate_seek", "-ss", "19.25"] },
    ],
    globals: [
      "-filter_complex",
      `[0:0]${part}[part0];[1:0]${part}[part1];` +
        "[part0][part1]concat=n=2,settb=1/10,setpts=N,scale=320:180,setsar=1[frames]",
    ],
    outputs: [
      {
        path: "/run/out/animation.mp4",
        options: [
          ...["-map", "[frames]", "-c:v", "libx264", "-crf", "21", "-pix_fmt", "yuv420p"],
          ...["-movflags", "+faststart", "-f", "mp4"],
        ],
      },
    ],
    expectedSeconds: 3,
  });
});

test("parts that would touch are the whole", () => {
  const params = { highlight: { parts: 5, partSeconds: 5 } };
  expect(planOf("animated-graphic", params, aContext())).toEqual(planOf("animated-graphic", {}, aContext()));
});

/** The frames of a video or GIF as pictures: the number each of them shows. */
async function framesShown(file: string, dir: string, count: number): Promise<number[]> {
  await ffmpeg("-i", file, "-fps_mode", "passthrough", `${dir}/f-%02d.png`);
  const paths = Array.from({ length: count }, (_, index) => `${dir}/f-${String(index + 1).padStart(2, "0")}.png`);
  return Promise.all(paths.map((path) => frameShownBy(path)));
}

// ffmpeg cannot read a moving WebP; it is made of the same frames as a video.
test.each(["gif", "mp4"])("a %s shows the parts in order, each frame of its own time", async (format) => {
  const dir = await scratchDir();
  const clip = await ffmpeg(...counting(60), ...lavfi("sine=duration=2.4"), ...EXACT_H264, "-g", "25", `${dir}/a.mp4`);
  const params = { format, framesPerSecond: 5, quality: 100, highlight: { parts: 3, partSeconds: 0.4 } };
  const { path, outputs, names } = await carryOut("animated-graphic", params, clip);
  expect(names).toEqual([`animation.${format}`]);
  expect(outputs[0]?.facts).toMatchObject({ durationSeconds: 1.2, framesPerSecond: 5 });
  expect(await framesShown(path(), dir, 6)).toEqual([5, 10, 25, 30, 45, 50]);
  expect(await frameTimes(path())).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
});

test("a video is silent, has the size it says and the colours of its source", async () => {
  const dir = await scratchDir();
  const source = lavfi("color=blue:size=96x64:rate=10:duration=0.5");
  const clip = await ffmpeg(
    ...[...source, ...lavfi("sine=duration=0.5"), "-vf", "scale=out_color_matrix=bt709", "-colorspace", "bt709"],
    ...[...EXACT_H264, `${dir}/a.mp4`],
  );
  const { path } = await carryOut("animated-graphic", { format: "mp4", heightPx: 32, framesPerSecond: 10 }, clip);
  const media = await probe(path());
  expect(media).toMatchObject({ audio: [], durationSeconds: 0.5, video: { widthPx: 48, heightPx: 32, codec: "h264" } });
  expect(looksBlue(await colourAt(path(), 20, 16))).toBe(true);
});
