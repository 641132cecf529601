import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import {
  colourAt,
  counting,
  EXACT_H264,
  ffmpeg,
  frameShownBy,
  lavfi,
  looksRed,
  probe,
  QUICK_H264,
  redLeftBlueRight,
  scratchDir,
} from "../../ffmpeg/test-media.ts";
import { A_VIDEO, aContext, carryOut, planOf } from "../test-plans.ts";
import { spriteParams } from "./schema.ts";

test("25 s at one tile every 10 s shows 0, 10 and 20 s", () => {
  expect(planOf("sprite", {}, aContext())).toEqual({
    ok: true,
    value: {
      commands: [
        {
          inputs: [{ path: "/run/source", options: [] }],
          globals: [],
          outputs: [
            {
              path: "/run/out/sprite-%03d.jpg",
              options: [
                ...["-map", "0:0", "-filter:v"],
                "fps=fps=1000:round=up,tpad=stop=-1:stop_mode=clone,setpts=PTS-1," +
                  "fps=fps=1/10:round=up:start_time=0,trim=end_frame=3," +
                  "scale=142:80,setsar=1,tile=10x1,scale=out_color_matrix=bt601",
                ...["-fps_mode", "passthrough", "-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p", "-f", "image2"],
              ],
            },
            { path: "-", options: ["-map", "0:0", "-c", "copy", "-f", "null"] },
          ],
          expectedSeconds: 25,
        },
      ],
      files: [
        {
          name: "sprite.vtt",
          text: [
            "WEBVTT",
            "",
            "00:00:00.000 --> 00:00:10.000",
            "sprite-001.jpg#xywh=0,0,142,80",
            "",
            "00:00:10.000 --> 00:00:20.000",
            "sprite-001.jpg#xywh=142,0,142,80",
            "",
            "00:00:20.000 --> 00:00:25.000",
            "sprite-001.jpg#xywh=284,0,142,80",
            "",
          ].join("\n"),
        },
      ],
      outputs: [
        {
          role: "sheet",
          name: "sprite-001.jpg",
          contentType: "image/jpeg",
          facts: {
            ...{ widthPx: 1420, heightPx: 80, tileCount: 3, columns: 10, rows: 1 },
            ...{ tileWidthPx: 142, tileHeightPx: 80 },
          },
          parts: null,
          probe: false,
        },
        { role: "cues", name: "sprite.vtt", contentType: "text/vtt", facts: {}, parts: null, probe: false },
      ],
      setsCover: false,
    },
  });
});

test("far-apart tiles of a long video are sought one by one, then laid out", () => {
  const plan = planOf("sprite", { format: "webp" }, aContext({ durationSeconds: 3600 }));
  const commands = plan.ok ? plan.value.commands : [];
  expect(commands).toHaveLength(361);
  expect(commands[2]?.outputs[0]?.path).toBe("/run/scratch/tile-00002.png");
  expect(commands.at(-1)).toEqual({
    inputs: [
      {
        path: "/run/scratch/tile-%05d.png",
        options: ["-f", "image2", "-pattern_type", "sequence", "-start_number", "0"],
      },
    ],
    globals: [],
    outputs: [
      {
        path: "/run/out/sprite-%03d.webp",
        options: [
          ...["-filter:v", "tile=10x10,scale=out_color_matrix=bt601", "-fps_mode", "passthrough"],
          ...["-c:v", "libwebp", "-quality", "80", "-pix_fmt", "yuv420p", "-f", "image2"],
        ],
      },
    ],
    expectedSeconds: 0,
  });
  expect(plan.ok && plan.value.outputs.map(({ facts }) => facts.tileCount)).toEqual([100, 100, 100, 60, undefined]);
});

test("tile k shows second k × interval, over several sheets, where its cue says it is", async () => {
  const dir = await scratchDir();
  const clip = await ffmpeg(...counting(70), ...EXACT_H264, `${dir}/a.mp4`);
  const params = {
    interval: { unit: "seconds", value: 0.2 },
    ...{ columns: 3, rows: 2, widthPx: 34, heightPx: 32, format: "png" },
  };
  const { dir: out, names } = await carryOut("sprite", params, clip);
  expect(names).toEqual(["sprite-001.png", "sprite-002.png", "sprite-003.png", "sprite.vtt"]);
  const cues = [
    ...(await readFile(`${out}/sprite.vtt`, "utf8")).matchAll(/:(\d\d\.\d+) --> .*\n(.*)#xywh=(\d+),(\d+),/g),
  ];
  const shown = await Promise.all(
    cues.map(async ([, , sheet = "", x, y]) => frameShownBy(`${out}/${sheet}`, Number(x) + 14, Number(y) + 14)),
  );
  expect(cues.map(([, second]) => Number(second))).toEqual(
    Array.from({ length: 14 }, (_, k) => Math.round(k * 2) / 10),
  );
  expect(shown).toEqual(Array.from({ length: 14 }, (_, k) => 5 * k));
});

describe("with gaps, and its tiles kept", () => {
  const GAPS = { marginPx: 10, paddingPx: 6, keepTiles: true };

  test("the plan has the tiles as outputs of their own, from the same look", () => {
    const params = { ...GAPS, widthPx: 100, heightPx: 50, interval: { unit: "count", count: 3 }, columns: 2 };
    const plan = planOf("sprite", params, aContext());
    const outputs = plan.ok ? plan.value.commands[0]?.outputs : [];
    const sampled =
      "fps=fps=1000:round=up,tpad=stop=-1:stop_mode=clone,setpts=PTS-1," +
      "fps=fps=1/8.333333:round=up:start_time=0,trim=end_frame=3," +
      "scale=88:50,pad=100:50:(ow-iw)/2:(oh-ih)/2:black,setsar=1";
    expect(outputs?.map(({ path, options }) => [path, options[3]])).toEqual([
      ["/run/out/sprite-%03d.jpg", `${sampled},tile=layout=2x2:margin=10:padding=6,scale=out_color_matrix=bt601`],
      ["/run/out/tile-%05d.jpg", `${sampled},scale=out_color_matrix=bt601`],
      ["-", "copy"],
    ]);
    expect(plan.ok && plan.value.outputs.map(({ name, role }) => [name, role])).toEqual([
      ["sprite-001.jpg", "sheet"],
      ["sprite.vtt", "cues"],
      ...[1, 2, 3].map((number) => [`tile-0000${number}.jpg`, "image"]),
    ]);
    expect(plan.ok && plan.value.outputs[0]?.facts).toMatchObject({ widthPx: 226, heightPx: 126 });
    const wide = spriteParams.safeParse({ columns: 100, paddingPx: 9 }).error?.issues;
    expect(wide).toMatchObject([{ path: ["columns"], message: "sheetTooLarge" }]);
  });

  test.each([
    ["in one pass", 2, 25],
    ["sought one by one", 320, 0.2],
  ])(
    "%s: each tile is where its cue says, all around it is black, and its own picture is the same",
    async (_, seconds, rate) => {
      const dir = await scratchDir();
      const frames = Math.round(seconds * rate);
      const grey = "geq=lum='100+N':cb=128:cr=128";
      const source = lavfi(`color=size=64x64:rate=${rate}:duration=${seconds},format=yuv420p,${grey}`);
      const clip = await ffmpeg(...source, ...EXACT_H264, "-g", "7", `${dir}/a.mp4`);
      const params = {
        ...GAPS,
        interval: { unit: "count", count: 5, minDistanceSeconds: 0 },
        columns: 2,
        widthPx: 32,
        heightPx: 32,
        format: "png",
      };
      const { dir: out, outputs, path } = await carryOut("sprite", params, clip);
      expect((await probe(path())).video).toMatchObject({ widthPx: 90, heightPx: 128 });
      const cues = [...(await readFile(`${out}/sprite.vtt`, "utf8")).matchAll(/#xywh=(\d+),(\d+),32,32/g)];
      expect(cues).toHaveLength(5);
      for (const index of [1, 4]) {
        const [left, top] = [Number(cues[index]?.[1]), Number(cues[index]?.[2])];
        const [red] = await colourAt(path(), left, top);
        expect(Math.abs(red - (255 / 219) * (84 + (index * frames) / 5))).toBeLessThan(3);
        expect((await colourAt(path(2 + index), 14, 14))[0]).toBe(red);
        expect(await colourAt(path(), left - 5, top)).toEqual([0, 0, 0]);
        expect(await colourAt(path(), left, top - 5)).toEqual([0, 0, 0]);
      }
      expect(outputs[3]?.facts.atSeconds).toBeCloseTo(seconds / 5);
    },
  );
});

test("seeking gives the same sheets as decoding", async () => {
  const dir = await scratchDir();
  const clip = await ffmpeg(...counting(64, 0.2), ...EXACT_H264, "-g", "7", `${dir}/long.mp4`);
  const params = { interval: { unit: "seconds", value: 40 }, columns: 5, widthPx: 32, heightPx: 32, format: "png" };
  const { plan, path, names } = await carryOut("sprite", params, clip);
  expect(plan.commands).toHaveLength(9);
  expect(names).toEqual(["sprite-001.png", "sprite.vtt"]);
  const shown = [0, 1, 4, 5, 7].map((k) => frameShownBy(path(), 32 * (k % 5) + 14, 32 * Math.floor(k / 5) + 14));
  expect(await Promise.all(shown)).toEqual([0, 8, 32, 40, 56]);
});

test("tiles of an upright video are upright, and sheets of a format have its colours", async () => {
  const dir = await scratchDir();
  const flat = await ffmpeg(...redLeftBlueRight("64x48"), ...QUICK_H264, `${dir}/flat.mp4`);
  const phone = await ffmpeg("-i", flat, "-c", "copy", "-metadata:s:v", "rotate=270", `${dir}/phone.mp4`);
  const params = { interval: { unit: "seconds", value: 0.2 }, columns: 2, widthPx: 64, heightPx: 0 };
  for (const format of ["jpg", "webp"]) {
    const { path } = await carryOut("sprite", { ...params, format }, phone);
    expect((await probe(path())).video).toMatchObject({ widthPx: 96, heightPx: 64 });
    expect(looksRed(await colourAt(path(), 68, 10)), format).toBe(true);
  }
});

test("a clip shorter than one interval is one tile: its first frame", async () => {
  const dir = await scratchDir();
  const clip = await ffmpeg(...counting(10), ...lavfi("sine=duration=1"), ...EXACT_H264, `${dir}/a.mp4`);
  const { names, path } = await carryOut("sprite", { format: "png" }, clip);
  expect(names).toEqual(["sprite-001.png", "sprite.vtt"]);
  expect(await frameShownBy(path(), 70, 40)).toBe(0);
});

test.each([
  [{ columns: 100, widthPx: 160 }, "columns"],
  [{ rows: 100, heightPx: 160 }, "rows"],
])("%j would be too large a sheet, and is refused by name", (params, path) => {
  const issues = spriteParams.safeParse(params).error?.issues;
  expect(issues).toMatchObject([{ path: [path], message: "sheetTooLarge" }]);
});

test("where the source decides the size of a tile, the plan refuses", () => {
  const params = { widthPx: 0, heightPx: 0, interval: { value: 0.1 } };
  expect(planOf("sprite", params, aContext())).toMatchObject({ failure: { code: "INVALID_PARAMETER" } });
  const small = aContext({ video: { ...A_VIDEO, widthPx: 320, heightPx: 180 } });
  expect(planOf("sprite", params, small).ok).toBe(true);
  expect(planOf("sprite", {}, aContext({ video: null }))).toMatchObject({ failure: { code: "NO_VIDEO_STREAM" } });
});

test("a stretch has tiles of its own seconds, and cues that begin at 0", () => {
  const use = { startOffsetSeconds: -18, endOffsetPercent: 80, interval: { unit: "percent", value: 50 } };
  const plan = planOf("sprite", { ...use, format: "png" }, aContext());
  expect(plan.ok && plan.value.commands).toEqual([
    {
      inputs: [{ path: "/run/source", options: ["-noaccurate_seek", "-ss", "7"] }],
      globals: [],
      outputs: [
        {
          path: "/run/out/sprite-%03d.png",
          options: [
            ...["-map", "0:0", "-filter:v"],
            "fps=fps=1000:round=up,tpad=stop=-1:stop_mode=clone,setpts=PTS-1,trim=start=0,setpts=PTS-STARTPTS," +
              "fps=fps=1/6.5:round=up:start_time=0,trim=end_frame=2,scale=142:80,setsar=1,tile=10x1",
            ...["-fps_mode", "passthrough", "-c:v", "png", "-pix_fmt", "rgb24", "-f", "image2"],
          ],
        },
        { path: "-", options: ["-t", "13", "-map", "0:0", "-c", "copy", "-f", "null"] },
      ],
      expectedSeconds: 13,
    },
  ]);
  const [cues] = plan.ok ? plan.value.files : [];
  expect(cues && "text" in cues && cues.text.match(/\d\S* --> \S+/g)).toEqual([
    "00:00:00.000 --> 00:00:06.500",
    "00:00:06.500 --> 00:00:13.000",
  ]);
  // A format without an index is decoded from earlier on, and what lies before the start is dropped.
  const recording = planOf("sprite", { startOffsetSeconds: 20 }, aContext({ formatName: "mpegts" }));
  expect(recording.ok && recording.value.commands[0]?.inputs[0]?.options).toEqual(["-noaccurate_seek", "-ss", "5"]);
  expect(recording.ok && recording.value.commands[0]?.outputs[0]?.options[3]).toContain(
    "trim=start=15,setpts=PTS-START",
  );
});

test("start and end are said in seconds or as a share, not both", () => {
  const both = { startOffsetSeconds: 1, startOffsetPercent: 10, endOffsetSeconds: 2, endOffsetPercent: 20 };
  const issues = spriteParams.safeParse(both).error?.issues.map(({ path, message }) => [path.join("."), message]);
  expect(issues).toEqual([
    ["startOffsetPercent", "secondsOrPercent"],
    ["endOffsetPercent", "secondsOrPercent"],
  ]);
});

test.each(["mp4", "ts"])("tiles of a stretch show its seconds, whatever the container: %s", async (container) => {
  const dir = await scratchDir();
  const clip = await ffmpeg(...counting(50), ...EXACT_H264, "-g", "20", `${dir}/counting.${container}`);
  const interval = { unit: "seconds", value: 0.4 };
  const grid = { columns: 3, rows: 1, widthPx: 64, heightPx: 64, format: "png", interval };
  const { path } = await carryOut("sprite", { ...grid, startOffsetSeconds: 0.6, endOffsetSeconds: 1.8 }, clip);
  const shown = [8, 72, 136].map((xPx) => frameShownBy(path(), xPx));
  expect(await Promise.all(shown)).toEqual([15, 25, 35]);
});
