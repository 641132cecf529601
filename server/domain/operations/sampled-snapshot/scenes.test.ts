import { readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { colourAt, counting, EXACT_H264, ffmpeg, frameShownBy, lavfi, scratchDir } from "../../ffmpeg/test-media.ts";
import { aContext, carryOut, planOf } from "../test-plans.ts";

const SCENES = { unit: "scenes", changePercent: 20 };

test("the whole plan: frames that differ from the one before, and a series of unknown length", () => {
  const interval = { ...SCENES, minDistanceSeconds: 2, countMax: 50 };
  expect(planOf("sampled-snapshot", { interval, format: "webp", widthPx: 640 }, aContext())).toEqual({
    ok: true,
    value: {
      commands: [
        {
          inputs: [{ path: "/run/source", options: [] }],
          globals: [],
          outputs: [
            {
              path: "/run/out/scene-%05d.webp",
              options: [
                ...["-map", "0:0", "-filter:v"],
                "select=if(isnan(prev_selected_t)\\,1\\,gt(scene\\,0.2)*gte(t-prev_selected_t+0.001\\,2))," +
                  "trim=end_frame=50,settb=1/1000,metadata=mode=print:file=/run/scratch/scenes.txt," +
                  "scale=640:360,setsar=1,scale=out_color_matrix=bt601",
                ...["-fps_mode", "passthrough", "-c:v", "libwebp", "-quality", "80", "-pix_fmt", "yuv420p"],
                ...["-f", "image2"],
              ],
            },
            { path: "-", options: ["-map", "0:0", "-c", "copy", "-f", "null"] },
          ],
          expectedSeconds: 25,
        },
      ],
      files: [],
      outputs: [],
      series: [
        {
          ...{ role: "image", contentType: "image/webp", facts: { widthPx: 640, heightPx: 360 } },
          ...{ parts: null, probe: false, report: "/run/scratch/scenes.txt" },
          numbering: { prefix: "scene-", digits: 5, suffix: ".webp" },
        },
      ],
      setsCover: false,
    },
  });
  expect(planOf("sampled-snapshot", { interval }, aContext({ video: null }))).toMatchObject({
    failure: { code: "NO_VIDEO_STREAM" },
  });
});

/** One colour after another, each for so long. */
async function shots(dir: string, ...colours: [string, number][]): Promise<string> {
  const sources = colours.flatMap(([colour, seconds]) =>
    lavfi(`color=${colour}:size=64x64:rate=10:duration=${seconds}`),
  );
  const joined = ["-filter_complex", `concat=n=${colours.length}`];
  return ffmpeg(...sources, ...joined, ...EXACT_H264, `${dir}/shots.mp4`);
}

test("each picture is the first frame of a scene, at the second it says", async () => {
  const dir = await scratchDir();
  const clip = await shots(dir, ["red", 0.5], ["white", 0.7], ["black", 0.3], ["blue", 0.5], ["lime", 0.4]);
  const {
    outputs,
    path,
    dir: out,
  } = await carryOut("sampled-snapshot", { interval: { ...SCENES, minDistanceSeconds: 0 } }, clip);
  expect(outputs.map(({ name, facts }) => [name, facts.atSeconds])).toEqual([
    ["scene-00001.jpg", 0],
    ["scene-00002.jpg", 0.5],
    ["scene-00003.jpg", 1.2],
    ["scene-00004.jpg", 1.5],
    ["scene-00005.jpg", 2],
  ]);
  expect(await readdir(out)).toHaveLength(5);
  const colours = await Promise.all([0, 1, 2, 3, 4].map((index) => colourAt(path(index), 30, 30)));
  const bright = colours.map((colour) => colour.map((part) => part > 128));
  expect(bright).toEqual([
    [true, false, false],
    [true, true, true],
    [false, false, false],
    [false, false, true],
    [false, true, false],
  ]);

  // Not nearer than that, and not more than that.
  const rarer = await carryOut(
    "sampled-snapshot",
    { interval: { ...SCENES, minDistanceSeconds: 0.7, countMax: 3 } },
    clip,
  );
  expect(rarer.outputs.map(({ facts }) => facts.atSeconds)).toEqual([0, 1.2, 2]);
  const fewer = await carryOut(
    "sampled-snapshot",
    { interval: { ...SCENES, minDistanceSeconds: 0, countMax: 2 } },
    clip,
  );
  expect(fewer.outputs.map(({ facts }) => facts.atSeconds)).toEqual([0, 0.5]);
});

test("of a stretch, the seconds are those of the source", async () => {
  const dir = await scratchDir();
  const clip = await shots(dir, ["red", 0.5], ["white", 0.7], ["black", 0.3], ["blue", 0.5]);
  const params = { interval: { ...SCENES, minDistanceSeconds: 0 }, startOffsetSeconds: 0.8, endOffsetSeconds: 1.4 };
  const { plan, outputs } = await carryOut("sampled-snapshot", params, clip);
  expect(plan.commands[0]?.inputs[0]?.options).toEqual(["-ss", "0.8"]);
  expect(plan.commands[0]?.outputs[0]?.options[3]).toMatch(
    /^trim=start=0:duration=0\.6,settb=1\/1000,setpts=PTS\+800,select=/,
  );
  expect(plan.commands[0]?.outputs[1]?.options.slice(0, 2)).toEqual(["-t", "0.6"]);
  expect(outputs.map(({ facts }) => facts.atSeconds)).toEqual([0.8, 1.2]);
});

test("a film without a cut is one scene", async () => {
  const dir = await scratchDir();
  const clip = await ffmpeg(...counting(20), ...EXACT_H264, `${dir}/a.mp4`);
  const { names } = await carryOut("sampled-snapshot", { interval: SCENES }, clip);
  expect(names).toEqual(["scene-00001.jpg"]);
});

test("a number of pictures stands evenly over the whole, but not nearer than asked", async () => {
  const dir = await scratchDir();
  const clip = await ffmpeg(...counting(50), ...EXACT_H264, `${dir}/a.mp4`);
  const four = await carryOut(
    "sampled-snapshot",
    { interval: { unit: "count", count: 4, minDistanceSeconds: 0 }, format: "png" },
    clip,
  );
  expect(four.outputs.map(({ facts }) => facts.atSeconds)).toEqual([0, 0.5, 1, 1.5]);
  expect(await Promise.all([0, 1, 2, 3].map((index) => frameShownBy(four.path(index))))).toEqual([0, 12, 25, 37]);
  const apart = planOf(
    "sampled-snapshot",
    { interval: { unit: "count", count: 40, minDistanceSeconds: 5 } },
    aContext(),
  );
  expect(apart.ok && apart.value.outputs.map(({ facts }) => facts.atSeconds)).toEqual([0, 5, 10, 15, 20]);
});
