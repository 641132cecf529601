/** Picture codecs and the containers they go into: the arguments, and what real ffmpeg makes of them. */
import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { counting, ffmpeg, lavfi, probe, QUICK_H264, scratchDir } from "../../ffmpeg/test-media.ts";
import { aContext, carryOut, onlyCommandOf, planOf } from "../test-plans.ts";
import { transcodeParams } from "./schema.ts";

const FRAMES = ["-map", "0:0", "-filter:v", "scale=1920:1080,setsar=1", "-fps_mode", "vfr"];
const VP9 = ["-c:v", "libvpx-vp9", "-deadline", "good", "-cpu-used", "4", "-row-mt", "1", "-pix_fmt", "yuv420p"];
const OPUS = ["-map", "0:1", "-c:a", "libopus", "-b:a", "128k", "-ac", "2"];
const WEBM = ["-map_metadata", "-1", "-map_chapters", "-1", "-cues_to_front", "1", "-f", "webm"];

function planTranscode(params: object, context = aContext()) {
  return planOf("transcode", params, context);
}

describe("WebM", () => {
  test("of VP9 and Opus", () => {
    const plan = planTranscode({ container: "webm", video: { codec: "vp9" }, audio: { codec: "opus" } });
    expect(onlyCommandOf(plan)).toEqual({
      inputs: [{ path: "/run/source", options: [] }],
      globals: [],
      outputs: [
        { path: "/run/out/video.webm", options: [...FRAMES, ...VP9, "-crf", "32", "-b:v", "0", ...OPUS, ...WEBM] },
      ],
      expectedSeconds: 25,
    });
    expect(plan).toMatchObject({
      value: {
        outputs: [
          {
            ...{ role: "video", name: "video.webm", contentType: "video/webm", parts: null, probe: true },
            facts: { container: "webm", videoCodec: "vp9", audioCodec: "opus" },
          },
        ],
      },
    });
  });

  test("of AV1, and of sound alone", () => {
    const av1 = { container: "webm", video: { codec: "av1" }, audio: { codec: "opus" } };
    expect(onlyCommandOf(planTranscode(av1)).outputs[0]?.options).toEqual([
      ...[...FRAMES, "-c:v", "libsvtav1", "-preset", "8", "-pix_fmt", "yuv420p", "-crf", "35"],
      ...[...OPUS, ...WEBM],
    ]);
    const sound = planTranscode({ container: "webm", video: null, audio: { codec: "opus" } });
    expect(onlyCommandOf(sound).outputs).toEqual([{ path: "/run/out/audio.webm", options: [...OPUS, ...WEBM] }]);
    expect(sound).toMatchObject({ value: { outputs: [{ role: "audio", contentType: "audio/webm" }] } });
  });
});

describe("VP9", () => {
  test.each([
    ["an average", { rateMode: "abr", bitrateKbps: 500 }, ["-b:v", "500k"]],
    ["a variable rate", { bitrateKbps: 500 }, ["-b:v", "500k", "-maxrate", "750k", "-bufsize", "1000k"]],
    [
      "a constant rate",
      { rateMode: "cbr", bitrateKbps: 500 },
      ["-b:v", "500k", "-maxrate", "500k", "-bufsize", "500k", "-minrate", "500k"],
    ],
    ["a quality", { rateMode: "crf", crf: 24 }, ["-crf", "24", "-b:v", "0"]],
    [
      "key frames by time",
      { gop: 2, gopUnit: "second" },
      ["-crf", "32", "-b:v", "0", "-g", "50", "-force_key_frames", "expr:gte(t,n_forced*2)"],
    ],
  ])("of %s", (_name, video, args) => {
    const plan = planTranscode({ video: { codec: "vp9", ...video }, audio: null });
    expect(onlyCommandOf(plan).outputs[0]?.options).toEqual([
      ...[...FRAMES, ...VP9, ...args],
      ...["-map_metadata", "-1", "-map_chapters", "-1", "-movflags", "+faststart", "-f", "mp4"],
    ]);
  });

  test("in two passes", () => {
    const video = { codec: "vp9", rateMode: "abr", bitrateKbps: 800, passes: "two" };
    const plan = planTranscode({ container: "webm", video, audio: null });
    const inPass = (pass: string) => [
      ...FRAMES,
      ...VP9,
      "-b:v",
      "800k",
      "-pass",
      pass,
      "-passlogfile",
      "/run/scratch/pass",
    ];
    expect(plan.ok && plan.value.commands.map(({ outputs }) => outputs)).toEqual([
      [{ path: "-", options: [...inPass("1"), "-f", "null"] }],
      [{ path: "/run/out/video.webm", options: [...inPass("2"), ...WEBM] }],
    ]);
  });
});

test("H.265 in FLV says what it needs of ffmpeg, and nothing else does", () => {
  const flv = planTranscode({ container: "flv", video: { codec: "h265" } });
  expect(flv).toMatchObject({ value: { needs: ["h265-in-flv"] } });
  expect(onlyCommandOf(flv).outputs).toEqual([
    {
      path: "/run/out/video.flv",
      options: [
        ...[...FRAMES, "-c:v", "libx265", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-crf", "28"],
        ...["-x265-params", "log-level=warning:open-gop=0", "-forced-idr", "1"],
        ...["-map", "0:1", "-c:a", "aac", "-b:a", "128k", "-ac", "2"],
        ...["-map_metadata", "-1", "-map_chapters", "-1", "-f", "flv"],
      ],
    },
  ]);
  for (const params of [{ container: "flv" }, { video: { codec: "h265" } }])
    expect(planTranscode(params)).not.toHaveProperty("value.needs");
});

test.each([
  [{ container: "hls", video: { codec: "vp9" } }, "video.codec", "codecNotInContainer"],
  [{ container: "webm", video: { codec: "h264" }, audio: { codec: "opus" } }, "video.codec", "codecNotInContainer"],
  [{ container: "webm", video: { codec: "vp9" }, audio: { codec: "aac" } }, "audio.codec", "codecNotInContainer"],
  [{ audio: { codec: "opus" } }, "audio.codec", "codecNotInContainer"],
  [{ video: { codec: "vp9", bFrames: 2 } }, "video.bFrames", "bFramesNotInCodec"],
  [{ video: { codec: "vp9", profile: "main" } }, "video.profile", "profileOnlyForH264"],
  [{ video: { codec: "vp9", codecTag: "hev1" } }, "video.codecTag", "codecTagOnlyForH265"],
])("%j is refused by name", (params, path, message) => {
  const issues = transcodeParams.safeParse(params).error?.issues.map((issue) => [issue.path.join("."), issue.message]);
  expect(issues).toEqual([[path, message]]);
});

describe("by real ffmpeg", () => {
  test.each([
    ["vp9", { bitrateKbps: 200, passes: "two" }],
    ["av1", { bitrateKbps: 200 }],
  ])("WebM of %s holds picture and sound, and begins with its index", async (codec, video) => {
    const dir = await scratchDir();
    const clip = await ffmpeg(...counting(10), ...lavfi("sine=duration=0.4"), ...QUICK_H264, `${dir}/a.mp4`);
    const params = { container: "webm", video: { codec, ...video }, audio: { codec: "opus" } };
    const { path } = await carryOut("transcode", params, clip);
    const info = await probe(path());
    expect(info).toMatchObject({
      ...{ formatName: "matroska,webm", video: { codec, widthPx: 64 } },
      audio: [{ codec: "opus", sampleRateHz: 48_000, channels: 2 }],
    });
    expect(info.durationSeconds).toBeCloseTo(0.4, 1);
    const bytes = await readFile(path());
    const [cues, cluster] = [bytes.indexOf("1c53bb6b", 0, "hex"), bytes.indexOf("1f43b675", 0, "hex")];
    expect(cues).toBeGreaterThan(0);
    expect(cues).toBeLessThan(cluster);
  });

  test.each([
    ["a constant rate in MP4", { rateMode: "cbr", bitrateKbps: 200, gop: 1, gopUnit: "second" }, "yuv420p"],
    ["an HDR source that stays", { preserveHdr: true, rateMode: "crf", crf: 30 }, "yuv420p10le"],
  ])("VP9 of %s", async (_name, video, pixelFormat) => {
    const dir = await scratchDir();
    const hdr = await ffmpeg(
      ...[...lavfi("testsrc2=size=64x64:rate=25:duration=0.2"), "-c:v", "libx265", "-x265-params", "log-level=error"],
      ...["-pix_fmt", "yuv420p10le", "-color_primaries", "bt2020", "-color_trc", "smpte2084"],
      ...["-colorspace", "bt2020nc", `${dir}/hdr.mp4`],
    );
    const { path } = await carryOut("transcode", { video: { codec: "vp9", ...video } }, hdr);
    expect((await probe(path())).video).toMatchObject({
      ...{ codec: "vp9", pixelFormat, dynamicRange: pixelFormat === "yuv420p" ? "sdr" : "hdr10" },
    });
  });
});
