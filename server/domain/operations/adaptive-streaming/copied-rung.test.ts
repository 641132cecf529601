import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { counting, EXACT_H264, ffmpeg, frameShownBy, frameTimes, lavfi, scratchDir } from "../../ffmpeg/test-media.ts";
import type { PlanContext } from "../../plan.ts";
import { A_VIDEO, aContext, carryOut, onlyCommandOf, planOf } from "../test-plans.ts";

const run = promisify(execFile);

const LADDER = [
  { video: { heightPx: 360, bitrateKbps: 800 }, audio: null },
  { video: { heightPx: 1080, bitrateKbps: 4500 }, audio: null },
];
/** A key frame every 2 s, but for a new scene at second 5. */
const KEY_FRAMES = { seconds: [0, 2, 4, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23], closed: true };

function context(
  media: Partial<PlanContext["media"]> = {},
  keyFrames: PlanContext["keyFrames"] = KEY_FRAMES,
): PlanContext {
  return { ...aContext(media), keyFrames };
}

function copies(params: object = {}, where = context()): unknown {
  const plan = planOf("adaptive-streaming", { copyFittingRung: true, rungs: LADDER, ...params }, where);
  return plan.ok && plan.value.outputs[0]?.facts.copiedRung;
}

test("the rung that the source already is is copied, and cuts all others where it can be cut itself", () => {
  const plan = planOf("adaptive-streaming", { copyFittingRung: true, segmentSeconds: 4, rungs: LADDER }, context());
  const command = onlyCommandOf(plan);
  expect(command.globals).toEqual([
    "-filter_complex",
    "[0:0]setpts=if(N\\,PTS\\,0),fps=25,tpad=stop=-1:stop_mode=clone,trim=end=25,split=1[video-1-source];" +
      "[video-1-source]scale=640:360,setsar=1[video-1]",
  ]);
  expect(command.outputs[0]?.options.slice(0, 29)).toEqual([
    ...["-map", "[video-1]", "-fps_mode:v:0", "vfr", "-c:v:0", "libx264", "-preset:v:0", "veryfast"],
    ...["-pix_fmt:v:0", "yuv420p", "-b:v:0", "800k", "-maxrate:v:0", "1200k", "-bufsize:v:0", "1600k"],
    ...["-sc_threshold:v:0", "0", "-forced-idr:v:0", "1", "-g:v:0", "626"],
    ...["-force_key_frames:v:0", "2,4,5,7,9,11,13,15,17,19,21,23", "-map", "0:0", "-c:v:1", "copy", "-map_metadata"],
  ]);
  expect(plan).toMatchObject({ value: { outputs: [{ facts: { copiedRung: true, heightPx: 1080 } }] } });
});

test("a ladder of one rung that is copied decodes nothing", () => {
  expect(
    onlyCommandOf(planOf("adaptive-streaming", { copyFittingRung: true, rungs: LADDER.slice(1) }, context())),
  ).toMatchObject({ globals: [], outputs: [{ options: expect.arrayContaining(["-map", "0:0", "-c:v:0", "copy"]) }] });
});

test("without being asked for, nothing is copied", () => {
  expect(copies({ copyFittingRung: false })).toBeUndefined();
});

test.each<[string, object, PlanContext]>([
  ["its bit rate is above the rung's", {}, context({ video: { ...A_VIDEO, bitrateBps: 5_000_000 } })],
  ["its bit rate is unknown", {}, context({ video: { ...A_VIDEO, bitrateBps: 0 } })],
  ["its codec is another", {}, context({ video: { ...A_VIDEO, codec: "hevc" } })],
  ["its pixels are not those of every player", {}, context({ video: { ...A_VIDEO, pixelFormat: "yuv422p" } })],
  ["it lies on its side", {}, context({ video: { ...A_VIDEO, rotationDegrees: 90 } })],
  ["its frames are uneven", {}, context({ video: { ...A_VIDEO, variableFrameRate: true } })],
  [
    "another frame rate is asked for",
    { rungs: LADDER.map((one) => ({ ...one, video: { ...one.video, framesPerSecond: 30 } })) },
    context(),
  ],
  ["a lesser profile is asked for", { rungs: [{ video: { bitrateKbps: 4500, profile: "main" } }] }, context()],
  ["no bit rate is asked for", { rungs: [{ video: {} }] }, context()],
  ["key frames are to be nearer to each other", { rungs: [{ video: { bitrateKbps: 4500, gop: 25 } }] }, context()],
  ["a stretch is asked for, which may begin anywhere", { endOffsetSeconds: 20 }, context()],
  ["its key frames are further apart than a segment is long", { segmentSeconds: 1 }, context()],
  ["frames refer across its key frames", {}, context({}, { ...KEY_FRAMES, closed: false })],
  ["its picture begins late", {}, context({}, { ...KEY_FRAMES, seconds: [0.4, ...KEY_FRAMES.seconds.slice(1)] })],
  [
    "its key frames are off the even rate",
    {},
    context({}, { ...KEY_FRAMES, seconds: KEY_FRAMES.seconds.map((at) => at * 1.002) }),
  ],
  ["its key frames are not known", {}, context({}, null)],
  ["its sound goes on without it", {}, context({ durationSeconds: 30 })],
])("it is encoded where %s, and the facts say so", (_why, params, where) => {
  expect(copies(params, where)).toBe(false);
});

test("words that are burnt in cannot be in a copy", () => {
  const subtitles = [{ index: 2, codec: "subrip", language: null, title: null }];
  expect(copies({}, context({ subtitles }))).toBe(true);
  expect(copies({ burntSubtitles: [{}] }, context({ subtitles }))).toBe(false);
});

async function hashOf(path: string, ...how: string[]): Promise<string> {
  const hls = path.endsWith(".m3u8") ? ["-allowed_extensions", "ALL"] : [];
  const { stdout } = await run("ffmpeg", [
    ...["-loglevel", "error", ...hls, "-i", path, "-map", "0:v:0", ...how, "-f", "md5", "-"],
  ]);
  return stdout;
}

const SOURCES = {
  h264: [...EXACT_H264, "-sc_threshold", "0"],
  h265: [
    ...["-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p"],
    ...["-x265-params", "log-level=error:open-gop=0:crf=4:scenecut=0"],
  ],
};

test.each([
  ["h264", "fmp4"],
  ["h265", "fmp4"],
  ["h264", "ts"],
] as const)(
  "the copy is the source, and players may change over at every cut: %s in %s",
  async (codec, segmentType) => {
    const dir = await scratchDir();
    const clip = await ffmpeg(
      ...[...counting(60), ...lavfi("sine=duration=2.4"), ...SOURCES[codec]],
      // At uneven places, with frames stored in another order than they are shown.
      ...[
        "-bf",
        "2",
        "-g",
        "999",
        "-force_key_frames",
        "0.48,0.88,1.36,1.52,2",
        "-forced-idr",
        "1",
        `${dir}/source.mp4`,
      ],
    );
    const smaller = { codec, heightPx: 48, rateMode: "crf", crf: 4 };
    const rungs = [{ video: smaller }, { video: { codec, bitrateKbps: 50_000 } }];
    const params = { copyFittingRung: true, segmentType, segmentSeconds: 1, rungs };
    const carried = await carryOut("adaptive-streaming", params, clip);
    expect(carried.plan.outputs[0]?.facts.copiedRung).toBe(true);
    const streams = ["video-1", "video-2"].map((name) => join(carried.dir, `stream-${name}.m3u8`));
    const [encoded = "", copied = ""] = streams;
    // MPEG-TS parts the units of a picture by other means than MP4; what they hold is the same.
    const how = segmentType === "fmp4" ? ["-c", "copy"] : [];
    expect(await hashOf(copied, ...how)).toBe(await hashOf(clip, ...how));

    const cuts = await Promise.all(streams.map(async (path) => (await readFile(path, "utf8")).match(/#EXTINF.*/g)));
    expect(cuts[0]).toEqual(cuts[1]);
    const [first = 0, ...keys] = await frameTimes(encoded, "key");
    expect(keys.map((time) => (time - first).toFixed(3))).toEqual(["0.480", "0.880", "1.360", "1.520", "2.000"]);
    // Each segment by itself, as a player meets it that changes over there.
    for (const name of ["video-1", "video-2"]) {
      const shown: number[] = [];
      for (const index of [0, 1, 2]) {
        const init = segmentType === "fmp4" ? [`stream-${name}-init.mp4`] : [];
        const segment = `stream-${name}-0000${index}.${segmentType === "fmp4" ? "m4s" : "ts"}`;
        const parts = [...init, segment].map((part) => readFile(join(carried.dir, part)));
        const alone = `${dir}/${name}-${index}`;
        await writeFile(alone, Buffer.concat(await Promise.all(parts)));
        shown.push(await frameShownBy(alone));
      }
      expect(shown, name).toEqual([0, 34, 50]);
    }
  },
);
