import { expect, test } from "vitest";
import type { NamedFile, PlanContext } from "../../plan.ts";
import { adaptiveStreamingParams } from "../adaptive-streaming/schema.ts";
import { A_VIDEO, aContext, planOf } from "../test-plans.ts";
import { transcodeParams } from "../transcode/schema.ts";

const SUBTITLES = [
  { index: 2, codec: "subrip", language: "eng", title: null },
  { index: 3, codec: "hdmv_pgs_subtitle", language: "eng", title: null },
  { index: 4, codec: "ass", language: "kor", title: null },
];
const uploaded = (id: string, format: "srt" | "vtt" | "ass"): Record<string, NamedFile> => ({
  [id]: { of: "asset", path: `/run/file-${id}/${id}`, info: { kind: "subtitles", format } },
});

function context(media: Partial<PlanContext["media"]> = {}, files: PlanContext["files"] = {}): PlanContext {
  return { ...aContext({ subtitles: SUBTITLES, ...media }), files };
}

function commandsOf(params: object, where = context()) {
  const plan = planOf("transcode", params, where);
  if (!plan.ok) throw new Error(`${plan.failure.code}: ${plan.failure.detail}`);
  return plan.value.commands;
}

/** The video filter of the last command. */
function filterOf(params: object, where = context()): string {
  const options = commandsOf(params, where).at(-1)?.outputs[0]?.options ?? [];
  return options[options.indexOf("-filter:v") + 1] ?? "";
}

const STYLE =
  "FontName=Noto Sans CJK SC\\,FontSize=17.28\\,PrimaryColour=&HFFFFFF\\,OutlineColour=&H000000\\," +
  "Outline=1.2096\\,Shadow=0\\,Alignment=2\\,MarginV=14";

test("words are written out first, then drawn into the finished frame", () => {
  expect(commandsOf({ burntSubtitles: [{}], video: { widthPx: 640, heightPx: 640 }, audio: null })).toEqual([
    {
      inputs: [{ path: "/run/source", options: [] }],
      globals: [],
      outputs: [
        {
          path: "/run/scratch/burnt-1.ass",
          options: ["-map", "0:2", "-c:s", "ass", "-map_metadata", "-1", "-f", "ass"],
        },
      ],
      expectedSeconds: 0,
    },
    {
      inputs: [{ path: "/run/source", options: [] }],
      globals: [],
      outputs: [
        {
          path: "/run/out/video.mp4",
          options: [
            ...["-map", "0:0", "-filter:v"],
            "scale=640:360,pad=640:640:(ow-iw)/2:(oh-ih)/2:black,setsar=1," +
              `subtitles=filename=/run/scratch/burnt-1.ass:force_style=${STYLE}`,
            ...["-fps_mode", "vfr", "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-crf", "23"],
            ...["-map_metadata", "-1", "-map_chapters", "-1", "-movflags", "+faststart", "-f", "mp4"],
          ],
        },
      ],
      expectedSeconds: 25,
    },
  ]);
});

test("an uploaded file is read as what it is and nothing else", () => {
  const files = { ...uploaded("a", "vtt"), ...uploaded("b", "ass") };
  const burntSubtitles = [{ words: { from: "file", assetId: "a" } }, { words: { from: "file", assetId: "b" } }];
  const [first] = commandsOf({ burntSubtitles }, context({}, files));
  expect(first?.inputs).toEqual([
    { path: "/run/file-a/a", options: ["-format_whitelist", "webvtt", "-f", "webvtt"] },
    { path: "/run/file-b/b", options: ["-format_whitelist", "ass", "-f", "ass"] },
  ]);
  expect(first?.outputs.map(({ options }) => options[1])).toEqual(["0:0", "1:0"]);
  // What ASS says of its looks counts.
  expect(filterOf({ burntSubtitles }, context({}, files))).toMatch(/,subtitles=filename=\/run\/scratch\/burnt-2\.ass$/);
});

test("of a stretch, frames tell the source's time while words are drawn", () => {
  const burntSubtitles = [{ words: { from: "language", language: "kor" } }];
  const use = { burntSubtitles, startOffsetSeconds: 20.5, endOffsetSeconds: 22 };
  expect(commandsOf(use)[0]?.inputs).toEqual([{ path: "/run/source", options: ["-t", "22"] }]);
  expect(filterOf(use)).toBe(
    "scale=1920:1080,setsar=1,setpts=PTS+round(20.5/TB),subtitles=filename=/run/scratch/burnt-1.ass," +
      "setpts=PTS-round(20.5/TB)",
  );
  // Without an index, reading begins earlier, at second 5.
  expect(filterOf(use, context({ formatName: "mpegts" }))).toContain("setpts=PTS+round(5/TB)");
});

test.each([
  [{ fontSizePercent: 10, verticalPlace: "top", marginPercent: 0 }, {}, /FontSize=28\.8.*Alignment=6.*MarginV=0$/],
  [
    { verticalPlace: "middle", textColor: "#FFcc00", outlineColor: "#102030" },
    {},
    /=&H00CCFF.*=&H302010.*Alignment=10/,
  ],
  // Upright, the picture's width counts.
  [{ fontSizePercent: 10 }, { widthPx: 1080, heightPx: 1920 }, /FontSize=16\.2\\/],
  [{ fontSizePercent: 10, fontSizeOf: "height" }, { widthPx: 1080, heightPx: 1920 }, /FontSize=28\.8\\/],
])("%j on %j looks so", (wish, size, expected) => {
  const where = context({ video: { ...A_VIDEO, ...size } });
  expect(filterOf({ burntSubtitles: [wish] }, where)).toMatch(expected);
});

test("white of a picture that keeps its HDR is the white of its screens, not a searchlight", () => {
  const where = context({ video: { ...A_VIDEO, dynamicRange: "hdr10" } });
  const video = (preserveHdr: boolean) => ({ codec: "h265", preserveHdr });
  expect(filterOf({ burntSubtitles: [{}], video: video(true) }, where)).toContain("PrimaryColour=&H949494");
  expect(filterOf({ burntSubtitles: [{}], video: video(false) }, where)).toContain("PrimaryColour=&HFFFFFF");
});

test("kept and added tracks stand beside the picture, each with its language", () => {
  const params = {
    keepSubtitles: true,
    addedSubtitles: [{ assetId: "a", language: "zho" }, { assetId: "a" }],
    startOffsetSeconds: 20,
    audio: null,
  };
  const [extract, encode] = commandsOf(params, context({ formatName: "mpegts" }, uploaded("a", "srt")));
  expect(extract).toEqual({
    inputs: [
      { path: "/run/source", options: ["-t", "25"] },
      { path: "/run/file-a/a", options: ["-format_whitelist", "srt", "-f", "srt"] },
    ],
    globals: [],
    outputs: ["0:2", "0:4", "1:0", "1:0"].map((stream, index) => ({
      path: `/run/scratch/kept-${index + 1}.vtt`,
      options: ["-map", stream, "-c:s", "webvtt", "-map_metadata", "-1", "-f", "webvtt"],
    })),
    expectedSeconds: 0,
    cues: [1, 2, 3, 4].map((number) => ({
      ...{ path: `/run/scratch/kept-${number}.vtt`, startSeconds: 20, durationSeconds: 5 },
    })),
  });
  expect(encode?.inputs).toEqual([
    { path: "/run/source", options: ["-ss", "5"] },
    ...[1, 2, 3, 4].map((number) => ({
      path: `/run/scratch/kept-${number}.vtt`,
      options: ["-itsoffset", "15", "-format_whitelist", "webvtt", "-f", "webvtt"],
    })),
  ]);
  const options = encode?.outputs[0]?.options ?? [];
  expect(options.slice(options.indexOf("1:0") - 1, options.indexOf("-map_metadata"))).toEqual([
    ...["-map", "1:0", "-c:s:0", "mov_text", "-disposition:s:0", "0", "-metadata:s:s:0", "language=eng"],
    ...["-map", "2:0", "-c:s:1", "mov_text", "-disposition:s:1", "0", "-metadata:s:s:1", "language=kor"],
    ...["-map", "3:0", "-c:s:2", "mov_text", "-disposition:s:2", "0", "-metadata:s:s:2", "language=zho"],
    ...["-map", "4:0", "-c:s:3", "mov_text", "-disposition:s:3", "0"],
  ]);
});

test("adaptive streams have words in every picture, each of its own size, and tracks beside them", () => {
  const params = {
    ...{ container: "dash", segmentType: "fmp4", startOffsetSeconds: 20, keepSubtitles: true, burntSubtitles: [{}] },
    rungs: [
      { video: { heightPx: 240 }, audio: null },
      { video: { heightPx: 720 }, audio: null },
    ],
  };
  const plan = planOf("adaptive-streaming", params, context());
  if (!plan.ok) throw new Error(plan.failure.detail);
  const [extract, encode] = plan.value.commands;
  expect(extract?.outputs.map(({ path }) => path)).toEqual([
    "/run/scratch/burnt-1.ass",
    "/run/out/stream-subtitles-1.vtt",
    "/run/out/stream-subtitles-2.vtt",
  ]);
  expect(extract?.cues?.map(({ path }) => path)).toEqual([
    "/run/out/stream-subtitles-1.vtt",
    "/run/out/stream-subtitles-2.vtt",
  ]);
  const drawn = `setpts=PTS+round(20/TB),subtitles=filename=/run/scratch/burnt-1.ass:force_style=${STYLE},setpts=PTS-round(20/TB)`;
  expect(encode?.globals[1]).toContain(`[video-1-source]scale=426:240,setsar=1,${drawn}[video-1]`);
  expect(encode?.globals[1]).toContain(`[video-2-source]scale=1280:720,setsar=1,${drawn}[video-2]`);
  expect(plan.value.files.map(({ name }) => name)).toEqual([
    "stream.mpd",
    "stream.m3u8",
    "stream-subtitles-1.m3u8",
    "stream-subtitles-2.m3u8",
  ]);
  expect(plan.value.files[0]).toMatchObject({
    manifest: {
      subtitles: [
        { name: "subtitles-1", language: "en", label: "English" },
        { name: "subtitles-2", language: "ko", label: "한국어" },
      ],
    },
  });
});

test("MPEG-TS has no tracks of words beside it", () => {
  const issues = adaptiveStreamingParams.safeParse({ keepSubtitles: true }).error?.issues;
  expect(issues).toMatchObject([{ path: ["keepSubtitles"], message: "subtitlesNeedFmp4" }]);
});

test.each([
  [{ from: "track", trackNumber: 4 }, "SUBTITLES_NOT_FOUND"],
  [{ from: "language", language: "fra" }, "SUBTITLES_NOT_FOUND"],
  [{ from: "track", trackNumber: 2 }, "SUBTITLES_NOT_TEXT"],
])("%j fails with a reason", (words, code) => {
  expect(planOf("transcode", { burntSubtitles: [{ words }] }, context())).toMatchObject({ failure: { code } });
});

test.each([
  ["transcode", { burntSubtitles: [{ words: { from: "file", assetId: "logo" } }] }],
  ["transcode", { addedSubtitles: [{ assetId: "logo" }] }],
  ["adaptive-streaming", { segmentType: "fmp4", addedSubtitles: [{ assetId: "logo" }] }],
] as const)("%s %j: a picture holds no words", (kind, params) => {
  const info = { kind: "image", format: "png", widthPx: 8, heightPx: 8, durationSeconds: 0 } as const;
  const files = { logo: { of: "asset", path: "/run/file-logo/logo", info } } as const;
  expect(planOf(kind, params, context({}, files))).toMatchObject({
    failure: { code: "SUBTITLES_NOT_TEXT", detail: "asset logo: image" },
  });
});

test.each([
  [{ video: null, burntSubtitles: [{}] }, "burntSubtitles", "subtitlesNeedVideo"],
  [{ video: null, keepSubtitles: true }, "keepSubtitles", "subtitlesNeedVideo"],
  [{ playbackSpeed: 2, burntSubtitles: [{}] }, "playbackSpeed", "subtitlesNeedTheirSpeed"],
  [{ container: "flv", keepSubtitles: true }, "keepSubtitles", "subtitlesNeedMp4"],
  [{ container: "hls", addedSubtitles: [{ assetId: "a" }] }, "addedSubtitles", "subtitlesNeedMp4"],
  [{ burntSubtitles: [{ textColor: "red" }] }, "burntSubtitles.0.textColor", "colorCode"],
  [{ addedSubtitles: [{ assetId: "a", language: "en" }] }, "addedSubtitles.0.language", "languageCode"],
])("%j is refused by name", (params, path, message) => {
  const issues = transcodeParams.safeParse(params).error?.issues.map((issue) => [issue.path.join("."), issue.message]);
  expect(issues).toEqual([[path, message]]);
});
