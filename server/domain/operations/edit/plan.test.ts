import { describe, expect, test } from "vitest";
import { fieldErrorsOf } from "../../form.ts";
import type { MediaInfo } from "../../media.ts";
import type { PlanContext } from "../../plan.ts";
import { A_VIDEO, AN_AUDIO, aContext, onlyCommandOf, planOf } from "../test-plans.ts";
import { editParams } from "./schema.ts";

/** A context where other media lie at `/run/<id>`. */
function withMedia(media: Record<string, Partial<MediaInfo>>, own: Partial<MediaInfo> = {}): PlanContext {
  const files = Object.entries(media).map(([id, info]) => {
    return [id, { of: "media", path: `/run/${id}`, info: aContext(info).media }] as const;
  });
  return { ...aContext(own), files: Object.fromEntries(files) };
}

/** The graphs of the commands that make pieces, split into their chains. */
function graphsOf(params: object, context: PlanContext): string[][] {
  const result = planOf("edit", params, context);
  if (!result.ok) throw new Error(result.failure.code);
  return result.value.commands.flatMap(({ globals }) => (globals[1] === undefined ? [] : [globals[1].split(";")]));
}

const TAIL = ["-map_metadata", "-1", "-map_chapters", "-1", "-movflags", "+faststart", "-f", "mp4"];
const BT709 = "format=yuv420p,setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709";

describe("an exact join", () => {
  const small = { ...A_VIDEO, widthPx: 640, heightPx: 480, framesPerSecond: 30, colourMatrix: "bt601" } as const;

  test("decodes every clip, makes them alike and encodes them as one film", () => {
    const context = withMedia({ 2: { video: small, audio: [], formatName: "mpegts" } });
    const clips = [{ endOffsetSeconds: 10 }, { mediaId: "2", startOffsetSeconds: 20.5 }];
    const result = { name: "Both.mp4", procedureName: "SimpleAesEncryptPreset" };
    const piece = (index: number) => ({
      path: `/run/scratch/piece-${index}.mp4`,
      options: [
        ...["-map", "[video]", "-fps_mode", "cfr", "-r", "25", "-c:v", "libx264", "-preset", "veryfast"],
        ...["-crf", "18", "-pix_fmt", "yuv420p", "-g", "50"],
        ...["-map", "[audio]", "-c:a", "flac", "-sample_fmt", "s32", "-strict", "experimental"],
        ...["-map_metadata", "-1", "-map_chapters", "-1", "-video_track_timescale", "240000", "-f", "mp4"],
      ],
    });
    expect(planOf("edit", { clips, result }, context)).toEqual({
      ok: true,
      value: {
        prepared: [
          {
            path: "/run/scratch/pieces.ffconcat",
            text: "ffconcat version 1.0\nfile piece-0.mp4\nduration 10\nfile piece-1.mp4\nduration 4.52\n",
          },
        ],
        commands: [
          {
            inputs: [{ path: "/run/source", options: ["-noaccurate_seek"] }],
            globals: [
              "-filter_complex",
              [
                "[0:0]fps=fps=25:start_time=0,tpad=stop=-1:stop_mode=clone,trim=end_frame=250,setpts=PTS-STARTPTS," +
                  "scale=w=1920:h=1080:in_color_matrix=bt709:out_color_matrix=bt709:out_range=tv," +
                  `scale=1920:1080,setsar=1,${BT709}[video]`,
                "[0:1]aresample=osr=48000:async=1:first_pts=0," +
                  "aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo,asetpts=PTS-STARTPTS," +
                  "apad=whole_len=480000,atrim=end_sample=480000[audio]",
              ].join(";"),
            ],
            outputs: [piece(0)],
            expectedSeconds: 10,
          },
          {
            inputs: [{ path: "/run/2", options: ["-noaccurate_seek", "-ss", "5"] }],
            globals: [
              "-filter_complex",
              [
                // 4.5 s are 112.5 frames: the film ends with frame 363.
                "[0:0]fps=fps=25:start_time=15.5,tpad=stop=-1:stop_mode=clone,trim=end_frame=113,setpts=PTS-STARTPTS," +
                  "scale=w=1440:h=1080:in_color_matrix=bt601:out_color_matrix=bt709:out_range=tv," +
                  `scale=1440:1080,pad=1920:1080:(ow-iw)/2:(oh-ih)/2:black,setsar=1,${BT709}[video]`,
                "anullsrc=sample_rate=48000:channel_layout=stereo,aformat=sample_fmts=fltp,atrim=end_sample=216960[audio]",
              ].join(";"),
            ],
            outputs: [piece(1)],
            expectedSeconds: 4.52,
          },
          {
            inputs: [
              { path: "/run/scratch/pieces.ffconcat", options: ["-format_whitelist", "concat,mov", "-f", "concat"] },
            ],
            globals: [],
            outputs: [
              {
                path: "/run/out/video.mp4",
                options: ["-map", "0:v", "-c:v", "copy", "-map", "0:a", "-c:a", "aac", "-b:a", "192k", ...TAIL],
              },
            ],
            expectedSeconds: 14.52,
            effort: 0.05,
          },
        ],
        files: [],
        outputs: [
          {
            ...{ role: "video", name: "video.mp4", contentType: "video/mp4", parts: null, probe: true },
            facts: {
              ...{ container: "mp4", durationSeconds: 14.52, widthPx: 1920, heightPx: 1080, framesPerSecond: 25 },
              ...{ videoCodec: "h264", audioCodec: "aac" },
            },
          },
        ],
        setsCover: false,
        newMedia: result,
      },
    });
  });

  test.each([
    [{}, "640:480", "30"],
    [{ reference: "highest-bitrate" }, "320:240", "15"],
    [{ widthPx: 200 }, "200:150", "30"],
    [{ heightPx: 300, framesPerSecond: 24 }, "400:300", "24"],
    [{ widthPx: 640, heightPx: 360 }, "640:360", "30"],
  ])("with %o is as large and as fast as asked for", (params, size, rate) => {
    const own = { video: { ...A_VIDEO, widthPx: 320, heightPx: 240, framesPerSecond: 15, bitrateBps: 9_000_000 } };
    const context = withMedia({ 2: { video: small } }, own);
    const [first] = graphsOf({ ...params, clips: [{}, { mediaId: "2" }], fill: "stretch" }, context);
    expect(first?.[0]).toContain(`scale=${size},setsar=1`);
    expect(first?.[0]).toContain(`fps=fps=${rate}:`);
  });

  test("shows black where a clip is sound alone, and ordinary colours where one is HDR", () => {
    const context = withMedia({ song: { video: null }, hdr: { video: { ...A_VIDEO, dynamicRange: "hlg" } } });
    const clips = [
      { endOffsetSeconds: 1 },
      { mediaId: "song", endOffsetSeconds: 2 },
      { mediaId: "hdr", endOffsetSeconds: 1 },
    ];
    const [, black, ordinary] = graphsOf({ clips }, context);
    expect(black?.[0]).toBe(`color=color=black:size=1920x1080:rate=25,trim=end_frame=50,setsar=1,${BT709}[video]`);
    expect(ordinary?.[0]).toMatch(/^\[0:0\]fps=.*tonemap=tonemap=hable.*yuv420p,.*\[video\]$/);
    expect(ordinary?.[0]).not.toContain("in_color_matrix");
  });

  test("of silent clips is silent, and of sounds alone is a sound", () => {
    const silent = onlyCommandOf(planOf("edit", {}, aContext({ audio: [] })));
    expect(silent.outputs[0]?.options.join(" ")).not.toContain("[audio]");
    const mono = { ...AN_AUDIO, channels: 1, sampleRateHz: 44_100 };
    expect(planOf("edit", {}, aContext({ video: null, audio: [mono] }))).toMatchObject({
      value: {
        commands: [
          {
            globals: [
              "-filter_complex",
              "[0:1]aresample=osr=44100:async=1:first_pts=0," +
                "aformat=sample_fmts=fltp:sample_rates=44100:channel_layouts=mono,asetpts=PTS-STARTPTS," +
                "apad=whole_len=1102500,atrim=end_sample=1102500[audio]",
            ],
            outputs: [{ options: ["-map", "[audio]", "-c:a", "aac", "-b:a", "96k", ...TAIL] }],
          },
        ],
        outputs: [{ role: "audio", name: "audio.mp4", contentType: "audio/mp4" }],
      },
    });
  });

  test("of a hundred clips loses no time in rounding, and shows how far it is", () => {
    const clips = Array.from({ length: 100 }, (_, index) => {
      return { mediaId: "2", startOffsetSeconds: index / 10 + 0.333, endOffsetSeconds: index / 10 + 1.346 };
    });
    const rate = { ...small, framesPerSecond: 30_000 / 1001 };
    const result = planOf("edit", { clips }, withMedia({ 2: { video: rate } }));
    if (!result.ok) throw new Error(result.failure.code);
    const { commands, outputs } = result.value;
    expect(commands.map(({ inputs }) => inputs.length)).toEqual(Array(101).fill(1));
    const seconds = outputs[0]?.facts.durationSeconds ?? 0;
    expect(Math.abs(seconds - 101.3)).toBeLessThan(1 / 30);
    const pieces = commands.slice(0, -1).reduce((sum, { expectedSeconds }) => sum + expectedSeconds, 0);
    expect(pieces).toBeCloseTo(seconds, 6);
    const samples = graphsOf({ clips }, withMedia({ 2: { video: rate } })).map(([, sound]) =>
      Number(/end_sample=(\d+)/.exec(sound ?? "")?.[1]),
    );
    expect(samples.reduce((sum, each) => sum + each, 0)).toBe(Math.round(seconds * 48_000));
  });
});

describe("a fast join", () => {
  test("copies each clip beside the others, and then all of them into one file", () => {
    const context = withMedia({ 2: {} });
    const clips = [{ endOffsetSeconds: 10 }, { mediaId: "2", startOffsetSeconds: 20 }, { mediaId: "2" }];
    const streams = ["-map", "0:0", "-map", "0:1", "-c", "copy", "-f", "mpegts"];
    expect(planOf("edit", { cutMode: "fast", clips }, context)).toMatchObject({
      value: {
        prepared: [
          {
            path: "/run/scratch/clips.ffconcat",
            text: "ffconcat version 1.0\nfile clip-0.ts\nfile clip-1.ts\nfile clip-2.ts\n",
          },
        ],
        commands: [
          {
            inputs: [{ path: "/run/source", options: ["-t", "10"] }],
            outputs: [{ path: "/run/scratch/clip-0.ts", options: streams }],
            expectedSeconds: 10,
          },
          {
            inputs: [{ path: "/run/2", options: ["-ss", "20", "-t", "5"] }],
            outputs: [{ path: "/run/scratch/clip-1.ts", options: streams }],
          },
          {
            inputs: [{ path: "/run/2", options: [] }],
            outputs: [{ path: "/run/scratch/clip-2.ts", options: streams }],
          },
          {
            inputs: [
              {
                path: "/run/scratch/clips.ffconcat",
                options: ["-format_whitelist", "concat,mpegts", "-f", "concat"],
              },
            ],
            globals: [],
            outputs: [
              {
                path: "/run/out/video.mp4",
                options: ["-map", "0", "-c", "copy", "-avoid_negative_ts", "make_zero", ...TAIL],
              },
            ],
            expectedSeconds: 40,
          },
        ],
        outputs: [{ name: "video.mp4", facts: { durationSeconds: 40, videoCodec: "h264", audioCodec: "aac" } }],
      },
    });
  });

  test("of one clip is one copy", () => {
    const params = { cutMode: "fast", startOffsetSeconds: 5, endOffsetSeconds: 15 };
    const command = onlyCommandOf(planOf("split", params, aContext({ video: { ...A_VIDEO, codec: "hevc" } })));
    expect(command).toEqual({
      inputs: [{ path: "/run/source", options: ["-ss", "5", "-t", "10"] }],
      globals: [],
      outputs: [
        {
          path: "/run/out/video.mp4",
          options: [
            ...["-map", "0:0", "-map", "0:1", "-c", "copy", "-avoid_negative_ts", "make_zero"],
            ...["-tag:v", "hvc1", ...TAIL],
          ],
        },
      ],
      expectedSeconds: 10,
    });
  });

  test.each([
    ["frame size of clip 2", {}, { video: { ...A_VIDEO, widthPx: 1280 } }],
    ["video codec of clip 2", {}, { video: { ...A_VIDEO, codec: "hevc" } }],
    ["video codec of clip 2", {}, { video: null }],
    ["pixel format of clip 2", {}, { video: { ...A_VIDEO, pixelFormat: "yuv422p" } }],
    ["sample rate of clip 2", {}, { audio: [{ ...AN_AUDIO, sampleRateHz: 44_100 }] }],
    ["audio codec of clip 2", {}, { audio: [] }],
    ["rotation", {}, { video: { ...A_VIDEO, rotationDegrees: 90 as const } }],
    ["video codec vp9", { video: { ...A_VIDEO, codec: "vp9" } }, { video: { ...A_VIDEO, codec: "vp9" } }],
  ])("is refused for %s, and never becomes a slow one", (detail, own, other) => {
    const params = { cutMode: "fast", clips: [{}, { mediaId: "2" }] };
    expect(planOf("edit", params, withMedia({ 2: other }, own))).toEqual({
      ok: false,
      failure: { code: "CANNOT_COPY", detail },
    });
  });

  test("has no size or rate of its own", () => {
    const { error } = editParams.safeParse({ cutMode: "fast", widthPx: 640, framesPerSecond: 24 });
    expect(error && fieldErrorsOf(error).map(({ path, message }) => [path, message])).toEqual([
      ["widthPx", "onlyWhenExact"],
      ["framesPerSecond", "onlyWhenExact"],
    ]);
  });
});

test.each([
  ["INVALID_TIME_OFFSET", { startOffsetSeconds: 30 }, {}],
  ["NO_DURATION", {}, { durationSeconds: 0 }],
])("a clip that cannot be fails the whole with %s", (code, clip, media) => {
  const result = planOf("edit", { clips: [{}, { mediaId: "2", ...clip }] }, withMedia({ 2: media }));
  expect(result).toMatchObject({ failure: { code } });
});

test("a part is an edit of one clip, and keeps its name and procedure", () => {
  const offsets = { startOffsetSeconds: 1, endOffsetSeconds: 2 };
  const result = { name: "Part 1", procedureName: null };
  expect(planOf("split", { ...offsets, result }, aContext())).toEqual(
    planOf("edit", { clips: [offsets], result }, aContext()),
  );
});
