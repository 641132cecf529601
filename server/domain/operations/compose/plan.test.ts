import { describe, expect, test } from "vitest";
import type { NamedFile, PlanContext } from "../../plan.ts";
import { fail } from "../../result.ts";
import { A_VIDEO, AN_AUDIO, aContext, planOf } from "../test-plans.ts";
import { composeParams, ITEMS_MAX, TRACKS_MAX } from "./schema.ts";

const LOGO: NamedFile = {
  ...{ of: "asset", path: "/run/file-logo/logo.png" },
  info: { kind: "image", format: "png", widthPx: 40, heightPx: 20, durationSeconds: 0 },
};

/** Beside the source, 25 s of 1080p: another in a container without an index, a sound, and a picture. */
function context(files: PlanContext["files"] = {}): PlanContext {
  const media = (path: string, info: Parameters<typeof aContext>[0]): NamedFile => {
    return { of: "media", path, info: aContext(info).media };
  };
  return {
    ...aContext(),
    files: {
      logo: LOGO,
      other: media("/run/file-other/x.ts", { formatName: "mpegts" }),
      tone: media("/run/file-tone/x.mp3", { formatName: "mp3", video: null, audio: [{ ...AN_AUDIO, index: 0 }] }),
      still: media("/run/file-still/x.png", { formatName: "png_pipe", durationSeconds: 0, audio: [] }),
      ...files,
    },
  };
}

const planned = (params: object, on = context()) => {
  const plan = planOf("compose", params, on);
  if (!plan.ok) throw new Error(`${plan.failure.code} ${plan.failure.detail}`);
  return plan.value;
};

const COLOURS = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709";
const ground = (size: string, frames: number, color = "#000000") =>
  `color=color=${color}:size=${size}:rate=25,trim=end_frame=1,setsar=1,format=gbrp,` +
  `scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,${COLOURS},tpad=stop=${frames - 1}:stop_mode=clone`;
const layer = (from: number, frames: number, w: number, h: number) =>
  `tpad=stop=-1:stop_mode=clone,fps=fps=25:start_time=${from},trim=end_frame=${frames},setpts=PTS-STARTPTS,` +
  `scale=w=${w}:h=${h}:in_color_matrix=bt709:out_color_matrix=bt709:out_range=tv,setsar=1,format=yuv420p,${COLOURS}`;
const PIECE = ["-map_metadata", "-1", "-map_chapters", "-1", "-video_track_timescale", "240000", "-f", "mp4"];
const ENCODED = [
  ...["-map", "[video]", "-fps_mode", "cfr", "-r", "25", "-c:v", "libx264", "-preset", "veryfast"],
  ...["-crf", "18", "-pix_fmt", "yuv420p", "-g", "50", ...PIECE],
];
const FLAC = ["-map", "[audio]", "-c:a", "flac", "-sample_fmt", "s32", "-strict", "experimental", ...PIECE];
const LIST = ["-format_whitelist", "concat,mov", "-f", "concat"];
const soundFrom = (first: number, samples: number) =>
  `aresample=osr=48000:async=1:first_pts=${first},aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo,` +
  `asetpts=PTS-STARTPTS,apad=whole_len=${samples},atrim=end_sample=${samples}`;

test("a scene for each change of what is seen, a sound for each item, and one film of all of them", () => {
  const videoTracks = [
    {
      clips: [
        { startSeconds: 2, durationSeconds: 3, fadeInSeconds: 0.5 },
        { mediaId: "other", startSeconds: 20, durationSeconds: 2, transition: { seconds: 1 }, volumePercent: 150 },
      ],
    },
  ];
  const audioTracks = [{ sounds: [{ mediaId: "tone", gapBeforeSeconds: 1, durationSeconds: 2, fadeOutSeconds: 1 }] }];
  const result = { name: "film.mp4", procedureName: "Starter" };
  const canvas = { canvasWidthPx: 1280 };
  const overlay = "overlay=x=0:y=0";
  const seek = (seconds: string) => ["-noaccurate_seek", "-ss", seconds];
  expect(planned({ canvas, videoTracks, audioTracks, result })).toEqual({
    prepared: [
      {
        path: "/run/scratch/pieces.ffconcat",
        text:
          "ffconcat version 1.0\nfile piece-0.mp4\nduration 2\nfile piece-1.mp4\nduration 1\n" +
          "file piece-2.mp4\nduration 1\n",
      },
      // Clips that are heard together lie in lanes of their own.
      { path: "/run/scratch/lane-0.ffconcat", text: "ffconcat version 1.0\nfile sound-0.mp4\nduration 3\n" },
      { path: "/run/scratch/lane-1.ffconcat", text: "ffconcat version 1.0\nfile sound-1.mp4\nduration 4\n" },
      { path: "/run/scratch/lane-2.ffconcat", text: "ffconcat version 1.0\nfile sound-2.mp4\nduration 3\n" },
    ],
    commands: [
      {
        inputs: [{ path: "/run/source", options: seek("2") }],
        globals: [
          "-filter_complex",
          `${ground("1280x720", 50)}[s0a];[0:0]${layer(0, 50, 1280, 720)}[s1a];[s0a][s1a]${overlay}[video]`,
        ],
        outputs: [{ path: "/run/scratch/piece-0.mp4", options: ENCODED }],
        expectedSeconds: 2,
      },
      {
        inputs: [
          { path: "/run/source", options: seek("4") },
          { path: "/run/file-other/x.ts", options: seek("5") },
        ],
        globals: [
          "-filter_complex",
          `${ground("1280x720", 25)}[s0a];[s0a]split[s1a][s1b];` +
            `[0:0]${layer(0, 25, 1280, 720)}[s2a];[s1a][s2a]${overlay}[s3a];` +
            `[1:0]${layer(15, 25, 1280, 720)}[s4a];[s1b][s4a]${overlay}[s5a];` +
            "[s5a]format=yuva420p,settb=AVTB,setpts=(N+0.5)/(25)/TB,fade=t=in:alpha=1:d=1,settb=1/25,setpts=N[s6a];" +
            "[s3a][s6a]overlay[video]",
        ],
        outputs: [{ path: "/run/scratch/piece-1.mp4", options: ENCODED }],
        expectedSeconds: 1,
      },
      {
        inputs: [{ path: "/run/file-other/x.ts", options: seek("6") }],
        globals: [
          "-filter_complex",
          `${ground("1280x720", 25)}[s0a];[0:0]${layer(15, 25, 1280, 720)}[s1a];[s0a][s1a]${overlay}[video]`,
        ],
        outputs: [{ path: "/run/scratch/piece-2.mp4", options: ENCODED }],
        expectedSeconds: 1,
      },
      {
        inputs: [{ path: "/run/source", options: seek("1.5") }],
        globals: [
          "-filter_complex",
          `[0:1]${soundFrom(24_000, 144_000)},afade=t=out:st=2:d=1:curve=qsin,afade=t=in:st=0:d=0.5:curve=tri[audio]`,
        ],
        outputs: [{ path: "/run/scratch/sound-0.mp4", options: FLAC }],
        ...{ expectedSeconds: 3, effort: 0.1 },
      },
      {
        inputs: [{ path: "/run/file-other/x.ts", options: seek("4") }],
        globals: [
          "-filter_complex",
          `[0:1]${soundFrom(768_000, 96_000)},volume=1.5,alimiter=limit=0.97:level=disabled:latency=1,` +
            "afade=t=in:st=0:d=1:curve=qsin,adelay=delays=96000S:all=1[audio]",
        ],
        outputs: [{ path: "/run/scratch/sound-1.mp4", options: FLAC }],
        ...{ expectedSeconds: 4, effort: 0.1 },
      },
      {
        inputs: [{ path: "/run/file-tone/x.mp3", options: ["-noaccurate_seek"] }],
        globals: [
          "-filter_complex",
          `[0:0]${soundFrom(0, 96_000)},afade=t=out:st=1:d=1:curve=tri,adelay=delays=48000S:all=1[audio]`,
        ],
        outputs: [{ path: "/run/scratch/sound-2.mp4", options: FLAC }],
        ...{ expectedSeconds: 3, effort: 0.1 },
      },
      {
        inputs: [
          { path: "/run/scratch/pieces.ffconcat", options: LIST },
          { path: "/run/scratch/lane-0.ffconcat", options: LIST },
          { path: "/run/scratch/lane-1.ffconcat", options: LIST },
          { path: "/run/scratch/lane-2.ffconcat", options: LIST },
        ],
        globals: [
          "-filter_complex",
          "[1:a][2:a][3:a]amix=inputs=3:duration=longest:normalize=0,alimiter=limit=0.97:level=disabled:latency=1," +
            "apad=whole_len=192000,atrim=end_sample=192000[audio]",
        ],
        outputs: [
          {
            path: "/run/out/video.mp4",
            options: [
              ...["-map", "0:v", "-c:v", "copy", "-map", "[audio]", "-c:a", "aac", "-b:a", "192k"],
              ...["-map_metadata", "-1", "-map_chapters", "-1", "-movflags", "+faststart", "-f", "mp4"],
            ],
          },
        ],
        ...{ expectedSeconds: 4, effort: 0.05 },
      },
    ],
    files: [],
    outputs: [
      {
        ...{ role: "video", name: "video.mp4", contentType: "video/mp4", parts: null, probe: true },
        facts: {
          ...{ container: "mp4", durationSeconds: 4, widthPx: 1280, heightPx: 720 },
          ...{ videoCodec: "h264", framesPerSecond: 25, audioCodec: "aac" },
        },
      },
    ],
    setsCover: false,
    newMedia: result,
  });
});

test("a sticker is laid on while it is to be seen, and decoders that are many keep to a thread each", () => {
  const stickers = [
    { assetId: "logo", appearsAtSeconds: 1, lastsSeconds: 1, fromMiddleX: { value: 25, unit: "percent" } },
  ];
  const videoTracks = Array.from({ length: 3 }, () => ({
    clips: [{ durationSeconds: 2, shownHeight: { value: 90 } }],
  }));
  const { commands } = planned({ videoTracks, stickerTracks: [{ stickers }], audio: null });
  expect(commands).toHaveLength(3);
  expect(commands[1]?.inputs.map(({ options }) => options.slice(0, 2))).toEqual(Array(3).fill(["-threads", "1"]));
  const [, graph = ""] = commands[1]?.globals ?? [];
  expect(graph.split(";").slice(-2)).toEqual([
    "movie=filename=/run/file-logo/logo.png:format_name=png_pipe,format=gbrap,premultiply=inplace=1,scale=384:192," +
      "unpremultiply=inplace=1,format=gbrap,scale=out_color_matrix=bt709:out_range=limited,format=yuva420p," +
      "tpad=stop=-1:stop_mode=clone,fps=fps=25:start_time=0,trim=end_frame=25,setpts=PTS-STARTPTS[s7a]",
    "[s6a][s7a]overlay=x=1248:y=444[video]",
  ]);
  // 90 px high, in the shape of the source, in the middle.
  expect(graph).toContain("[s0a][s1a]overlay=x=880:y=495");
});

test("where much is seen at once, it is drawn in steps, each on what the one before has drawn", () => {
  const clips = [{ durationSeconds: 2 }, { startSeconds: 3, durationSeconds: 2, transition: { seconds: 1 } }];
  const videoTracks = Array.from({ length: 3 }, () => ({ clips }));
  const { commands, prepared } = planned({ videoTracks, audio: null });
  // Two clips on each of three tracks, while they melt.
  expect(commands.map(({ inputs, outputs }) => [inputs.map(({ path }) => path), outputs[0]?.path])).toEqual([
    [Array(3).fill("/run/source"), "/run/scratch/piece-0.mp4"],
    [Array(4).fill("/run/source"), "/run/scratch/ground-1-0.mp4"],
    [["/run/scratch/ground-1-0.mp4", "/run/source", "/run/source"], "/run/scratch/piece-1.mp4"],
    [Array(3).fill("/run/source"), "/run/scratch/piece-2.mp4"],
    [["/run/scratch/pieces.ffconcat"], "/run/out/video.mp4"],
  ]);
  expect(commands[1]?.outputs[0]?.options).toEqual([
    ...["-map", "[video]", "-fps_mode", "cfr", "-r", "25"],
    ...["-c:v", "libx264", "-preset", "ultrafast", "-qp", "0", "-pix_fmt", "yuv420p", ...PIECE],
  ]);
  expect(commands[2]?.globals[1]).toMatch(/^\[0:0\]format=yuv420p,setparams=[^[]+\[s0a\];\[s0a\]split/);
  expect(prepared?.[0]).toMatchObject({ text: expect.not.stringContaining("ground") });
});

test("a scene of nothing has an input all the same, as every command has", () => {
  const clips = [{ gapBeforeSeconds: 1, durationSeconds: 1 }];
  const [empty] = planned({ videoTracks: [{ clips }], canvas: { canvasColor: "#ff0000" } }).commands;
  expect(empty).toMatchObject({
    inputs: [{ path: "/run/source", options: [] }],
    globals: ["-filter_complex", `${ground("1920x1080", 25, "#ff0000")}[video]`],
  });
});

test("however many items there are, no command sees more than what is on at a time", () => {
  const clips = Array.from({ length: 200 }, (_, index) => ({
    ...{ startSeconds: index % 20, durationSeconds: 1 },
    ...(index === 0 ? {} : { transition: { style: "fade", seconds: 0.3 } }),
  }));
  const sounds = Array.from({ length: 150 }, () => ({ mediaId: "tone", durationSeconds: 1 }));
  const stickers = Array.from({ length: 150 }, (_, index) => ({
    assetId: "logo",
    appearsAtSeconds: index,
    lastsSeconds: 0.5,
  }));
  const { commands } = planned({ videoTracks: [{ clips }], audioTracks: [{ sounds }], stickerTracks: [{ stickers }] });
  expect(Math.max(...commands.slice(0, -1).map(({ inputs }) => inputs.length))).toBeLessThanOrEqual(2);
  // The film, two lanes of clips, one of sounds.
  expect(commands.at(-1)?.inputs).toHaveLength(4);
});

describe("what cannot be is refused by its place", () => {
  const clip = (more: object) => ({
    videoTracks: [{ clips: [{ durationSeconds: 2 }, { durationSeconds: 2, ...more }] }],
  });
  test.each([
    ["a clip behind the end of its media", clip({ startSeconds: 25 }), "INVALID_TIME_OFFSET", "videoTracks.0.clips.1"],
    ["a clip longer than its media", clip({ startSeconds: 24 }), "INVALID_TIME_OFFSET", "videoTracks.0.clips.1"],
    [
      "a picture that lasts no time",
      clip({ mediaId: "still", durationSeconds: 0 }),
      "NO_DURATION",
      "videoTracks.0.clips.1.durationSeconds",
    ],
    [
      "a transition as long as its clip",
      clip({ transition: { seconds: 2 } }),
      "INVALID_PARAMETER",
      "videoTracks.0.clips.1.transition.seconds: longerThanClip",
    ],
    [
      "a sound of a silent media",
      { audioTracks: [{ sounds: [{}, { mediaId: "still", durationSeconds: 1 }] }] },
      "NO_AUDIO_STREAM",
      "audioTracks.0.sounds.1",
    ],
    [
      "a sticker without a picture",
      { stickerTracks: [{ stickers: [{ mediaId: "tone" }] }] },
      "NO_VIDEO_STREAM",
      "stickerTracks.0.stickers.0",
    ],
    [
      "something larger than any picture",
      clip({ shownHeight: { value: 8000 } }),
      "INVALID_PARAMETER",
      "videoTracks.0.clips.1.shownWidth: 14222x8000 is too large",
    ],
    [
      "stickers on nothing",
      { videoTracks: [], audioTracks: [{ sounds: [{}] }], stickerTracks: [{ stickers: [{ assetId: "logo" }] }] },
      "INVALID_PARAMETER",
      "canvas.canvasWidthPx: canvasNeeded",
    ],
    [
      "more than a day",
      { videoTracks: [{ clips: [{}, { gapBeforeSeconds: 86_400 }] }] },
      "INVALID_PARAMETER",
      "videoTracks: 86450 s is more than a day",
    ],
  ] as const)("%s", (_, params, code, detail) => {
    expect(planOf("compose", params, context())).toEqual(fail({ code, detail }));
  });

  test("sound alone is a sound, and where neither is, it fails", () => {
    const silent = { ...context(), media: aContext({ audio: [], video: A_VIDEO }).media };
    expect(planOf("compose", { video: null }, silent)).toMatchObject({ failure: { code: "NO_AUDIO_STREAM" } });
    const { outputs } = planned({ videoTracks: [{ clips: [{ mediaId: "tone" }] }] });
    expect(outputs).toMatchObject([{ role: "audio", name: "audio.mp4" }]);
  });
});

describe("the schema refuses", () => {
  const transition = {};
  test.each([
    [
      "a transition from nothing",
      { videoTracks: [{ clips: [{ transition }] }] },
      "videoTracks.0.clips.0.transition",
      "transitionNeedsNeighbour",
    ],
    [
      "one over a gap",
      { videoTracks: [{ clips: [{}, { transition, gapBeforeSeconds: 1 }] }] },
      "videoTracks.0.clips.1.transition",
      "transitionOrGap",
    ],
    ["a sticker of nothing", { stickerTracks: [{}] }, "stickerTracks.0.stickers.0.assetId", "oneStickerSource"],
    [
      "a sticker of two",
      { stickerTracks: [{ stickers: [{ assetId: "a", mediaId: "b" }] }] },
      "stickerTracks.0.stickers.0.assetId",
      "oneStickerSource",
    ],
    [
      "stickers of a track at once",
      { stickerTracks: [{ stickers: [{ assetId: "a" }, { assetId: "b", appearsAtSeconds: 4.9 }] }] },
      "stickerTracks.0.stickers.1.appearsAtSeconds",
      "stickersOverlap",
    ],
    ["a picture in MP3", { container: "mp3" }, "video", "mp3HasNoPicture"],
    ["nothing at all", { video: null, audio: null }, "audio", "nothingLeft"],
    ["no track", { videoTracks: [] }, "videoTracks", "clipOrSoundNeeded"],
    [
      "too many items",
      { videoTracks: [{}], audioTracks: [{ sounds: Array(ITEMS_MAX).fill({}) }] },
      "videoTracks",
      "tooManyItems",
    ],
  ])("%s", (_, params, path, message) => {
    const issues = composeParams.safeParse(params).error?.issues;
    expect(issues?.map((issue) => [issue.path.join("."), issue.message])).toEqual([[path, message]]);
  });

  test("more tracks of a type than the contract knows", () => {
    for (const type of ["videoTracks", "audioTracks", "stickerTracks"]) {
      const tracks = Array(TRACKS_MAX + 1).fill(type === "stickerTracks" ? { stickers: [{ assetId: "a" }] } : {});
      expect(composeParams.safeParse({ [type]: tracks }).error?.issues).toMatchObject([
        { path: [type], code: "too_big" },
      ]);
    }
  });
});
