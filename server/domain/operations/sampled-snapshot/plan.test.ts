import { expect, test } from "vitest";
import { counting, EXACT_H264, ffmpeg, frameShownBy, lavfi, scratchDir } from "../../ffmpeg/test-media.ts";
import { A_VIDEO, aContext, carryOut, onlyCommandOf, planOf } from "../test-plans.ts";

test("the whole plan: one decoding pass, and every picture by name and second", () => {
  const plan = planOf("sampled-snapshot", { interval: { unit: "seconds", value: 10 } }, aContext());
  const picture = (name: string, atSeconds: number) => ({
    role: "image",
    name,
    contentType: "image/jpeg",
    facts: { widthPx: 1920, heightPx: 1080, atSeconds },
    parts: null,
    probe: false,
  });
  expect(plan).toEqual({
    ok: true,
    value: {
      commands: [
        {
          inputs: [{ path: "/run/source", options: [] }],
          globals: [],
          outputs: [
            {
              path: "/run/out/sample-%05d.jpg",
              options: [
                ...["-map", "0:0", "-filter:v"],
                "fps=fps=1000:round=up,tpad=stop=-1:stop_mode=clone,setpts=PTS-1," +
                  "fps=fps=1/10:round=up:start_time=0,trim=end_frame=3," +
                  "scale=1920:1080,setsar=1,scale=out_color_matrix=bt601",
                ...["-fps_mode", "passthrough", "-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p", "-f", "image2"],
              ],
            },
            { path: "-", options: ["-map", "0:0", "-c", "copy", "-f", "null"] },
          ],
          expectedSeconds: 25,
        },
      ],
      files: [],
      outputs: [picture("sample-00001.jpg", 0), picture("sample-00002.jpg", 10), picture("sample-00003.jpg", 20)],
      setsCover: false,
    },
  });
});

test("far-apart pictures of a long video are sought, one by one", () => {
  const video = { ...A_VIDEO, durationSeconds: 3600 };
  const hour = aContext({ durationSeconds: 3600, video });
  const plan = planOf("sampled-snapshot", {}, hour);
  const commands = plan.ok ? plan.value.commands : [];
  expect(commands).toHaveLength(10);
  expect(commands[1]?.inputs[0]?.options).toEqual(["-noaccurate_seek", "-ss", "360"]);
  expect(commands[1]?.outputs[0]?.path).toBe("/run/out/sample-00002.jpg");
  onlyCommandOf(planOf("sampled-snapshot", {}, aContext({ durationSeconds: 3600, formatName: "mpegts" })));
});

test("10 % gives ten pictures, at 0 % to 90 %, whatever the duration", () => {
  for (const durationSeconds of [0.3, 7, 25, 61.1, 5431.7]) {
    const plan = planOf("sampled-snapshot", {}, aContext({ durationSeconds }));
    expect(plan.ok && plan.value.outputs.map(({ facts }) => facts.atSeconds)).toHaveLength(10);
  }
});

test("the seconds that pictures name are whole milliseconds", () => {
  const plan = planOf("sampled-snapshot", {}, aContext({ durationSeconds: 7.6 }));
  expect(plan.ok && plan.value.outputs.map(({ facts }) => facts.atSeconds)).toEqual([
    ...[0, 0.76, 1.52, 2.28, 3.04, 3.8, 4.56, 5.32, 6.08, 6.84],
  ]);
});

test("an interval that asks for tens of thousands of pictures is refused", () => {
  const params = { interval: { unit: "seconds", value: 0.1 } };
  expect(planOf("sampled-snapshot", params, aContext({ durationSeconds: 7200 }))).toMatchObject({
    failure: { code: "INVALID_PARAMETER" },
  });
});

test("sound has no pictures", () => {
  expect(planOf("sampled-snapshot", {}, aContext({ video: null }))).toMatchObject({
    failure: { code: "NO_VIDEO_STREAM" },
  });
});

test("picture k shows 10 % × k, and the first the first frame", async () => {
  const dir = await scratchDir();
  const clip = await ffmpeg(...counting(50), ...EXACT_H264, `${dir}/a.mp4`);
  const { names, path } = await carryOut("sampled-snapshot", { format: "png" }, clip);
  const shown = await Promise.all(names.map((_, index) => frameShownBy(path(index))));
  expect(shown).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40, 45]);
});

test("a clip shorter than one interval keeps its first frame, and one that starts late too", async () => {
  const dir = await scratchDir();
  const interval = { unit: "seconds", value: 10 };
  const short = await ffmpeg(...counting(10), ...EXACT_H264, `${dir}/short.mp4`);
  const late = await ffmpeg(
    ...lavfi("sine=duration=1"),
    "-itsoffset",
    "0.3",
    "-i",
    short,
    "-c:v",
    "copy",
    `${dir}/late.mp4`,
  );
  for (const clip of [short, late]) {
    const { names, path } = await carryOut("sampled-snapshot", { interval, format: "png" }, clip);
    expect(names).toEqual(["sample-00001.png"]);
    expect(await frameShownBy(path())).toBe(0);
  }
});

test("where the sound is longer than the picture, the last frame stays", async () => {
  const dir = await scratchDir();
  const clip = await ffmpeg(...counting(25), ...lavfi("sine=duration=3"), ...EXACT_H264, `${dir}/a.mp4`);
  const params = { interval: { unit: "seconds", value: 0.5 }, format: "png" };
  const { path } = await carryOut("sampled-snapshot", params, clip);
  const shown = await Promise.all([0, 1, 2, 5].map((index) => frameShownBy(path(index))));
  expect(shown).toEqual([0, 12, 24, 24]);
});

test("seeking and decoding in one pass take the same frames", async () => {
  const dir = await scratchDir();
  // One frame in five seconds: long enough to be sought, and quickly made.
  const long = await ffmpeg(...counting(64, 0.2), ...EXACT_H264, "-g", "7", `${dir}/long.mp4`);
  const short = await ffmpeg("-i", long, "-c", "copy", "-f", "mpegts", `${dir}/long.ts`);
  const params = { interval: { unit: "seconds", value: 40 }, format: "png" };
  const sought = await carryOut("sampled-snapshot", params, long);
  const decoded = await carryOut("sampled-snapshot", params, short);
  expect([sought.plan.commands.length, decoded.plan.commands.length]).toEqual([8, 1]);
  for (const { path } of [sought, decoded])
    expect(await Promise.all([0, 1, 7].map((index) => frameShownBy(path(index))))).toEqual([0, 8, 56]);
});

test("of a stretch, the pictures are where on the source's time line they say they are", async () => {
  const dir = await scratchDir();
  const clip = await ffmpeg(...counting(50), ...EXACT_H264, "-g", "20", `${dir}/counting.mp4`);
  const use = { startOffsetPercent: 30, endOffsetSeconds: -0.4, interval: { unit: "percent", value: 50 } };
  const { plan, path } = await carryOut("sampled-snapshot", { ...use, format: "png" }, clip);
  expect(plan.outputs.map(({ facts }) => facts.atSeconds)).toEqual([0.6, 1.1]);
  expect(await Promise.all([frameShownBy(path(0)), frameShownBy(path(1))])).toEqual([15, 27]);
  // Far apart in a long media: a seek to each.
  const long = planOf("sampled-snapshot", { ...use, endOffsetSeconds: 0 }, aContext({ durationSeconds: 1000 }));
  expect(long.ok && long.value.commands.map(({ inputs }) => inputs[0]?.options)).toEqual([
    ["-noaccurate_seek", "-ss", "25"],
    ["-noaccurate_seek", "-ss", "25"],
  ]);
});
