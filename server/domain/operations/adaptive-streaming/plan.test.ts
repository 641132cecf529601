import { describe, expect, test } from "vitest";
import type { Manifest } from "../../manifest/manifest.ts";
import { A_VIDEO, AN_AUDIO, aContext, onlyCommandOf, planOf } from "../test-plans.ts";
import { adaptiveStreamingParams } from "./schema.ts";

function planAdaptive(params: object, context = aContext()) {
  return planOf("adaptive-streaming", params, context);
}

function optionsOf(params: object, context = aContext()): readonly string[] {
  return onlyCommandOf(planAdaptive(params, context)).outputs[0]?.options ?? [];
}

function graphOf(params: object, context = aContext()): string | undefined {
  return onlyCommandOf(planAdaptive(params, context)).globals[1];
}

function manifestOf(params: object, context = aContext()): Manifest {
  const plan = planAdaptive(params, context);
  const [file] = plan.ok ? plan.value.files : [];
  if (file === undefined || !("manifest" in file)) throw new Error("no manifest");
  return file.manifest;
}

/** What follows an option. */
function argOf(options: readonly string[], option: string): string | undefined {
  const index = options.indexOf(option);
  return index < 0 ? undefined : options[index + 1];
}

const TWO_TRACKS = [
  { ...AN_AUDIO, language: "eng", isDefault: false },
  { ...AN_AUDIO, index: 2, language: "kor" },
];
const FORCED = (seconds: number) => `expr:if(isnan(prev_forced_t),1,gte(t,prev_forced_t+${seconds}))`;
const SILENCE_AROUND = "aresample=async=1:first_pts=0,apad=whole_dur=25";

test("the whole plan of HLS: decoded once, every stream from one muxer, the master playlist at the end", () => {
  const rungs = [
    { video: { heightPx: 240, bitrateKbps: 256, framesPerSecond: 24 }, audio: { bitrateKbps: 48 } },
    { video: { heightPx: 720, bitrateKbps: 1024, framesPerSecond: 24 }, audio: { bitrateKbps: 48 } },
  ];
  const manifest: Manifest = {
    pictures: [
      { name: "video-1", widthPx: 426, heightPx: 240, codecTag: "hvc1", dynamicRange: "sdr" },
      { name: "video-2", widthPx: 1280, heightPx: 720, codecTag: "hvc1", dynamicRange: "sdr" },
    ],
    sounds: [
      { name: "audio-1-1", group: "audio-1", language: "en", label: "English", channels: 2, isDefault: false },
      { name: "audio-1-2", group: "audio-1", language: "ko", label: "한국어", channels: 2, isDefault: true },
    ],
    subtitles: [],
    variants: [
      { picture: "video-1", group: "audio-1" },
      { picture: "video-2", group: "audio-1" },
    ],
    framesPerSecond: 24,
  };
  expect(planAdaptive({ rungs }, aContext({ audio: TWO_TRACKS }))).toEqual({
    ok: true,
    value: {
      commands: [
        {
          inputs: [{ path: "/run/source", options: [] }],
          globals: [
            "-filter_complex",
            "[0:0]setpts=if(N\\,PTS\\,0),fps=24,tpad=stop=-1:stop_mode=clone,trim=end=25,split=2[video-1-source][video-2-source];" +
              "[video-1-source]scale=426:240,setsar=1[video-1];[video-2-source]scale=1280:720,setsar=1[video-2]",
          ],
          outputs: [
            {
              path: "/run/out/stream-%v.m3u8",
              options: [
                ...["-map", "[video-1]", "-fps_mode:v:0", "vfr", "-c:v:0", "libx264", "-preset:v:0", "veryfast"],
                ...["-pix_fmt:v:0", "yuv420p", "-b:v:0", "256k", "-maxrate:v:0", "384k", "-bufsize:v:0", "512k"],
                ...["-sc_threshold:v:0", "0", "-forced-idr:v:0", "1", "-force_key_frames:v:0", FORCED(6)],
                ...["-map", "[video-2]", "-fps_mode:v:1", "vfr", "-c:v:1", "libx264", "-preset:v:1", "veryfast"],
                ...["-pix_fmt:v:1", "yuv420p", "-b:v:1", "1024k", "-maxrate:v:1", "1536k", "-bufsize:v:1", "2048k"],
                ...["-sc_threshold:v:1", "0", "-forced-idr:v:1", "1", "-force_key_frames:v:1", FORCED(6)],
                ...["-map", "0:1", "-filter:a:0", SILENCE_AROUND, "-c:a:0", "aac", "-b:a:0", "48k", "-ac:a:0", "2"],
                ...["-metadata:s:a:0", "language=eng"],
                ...["-map", "0:2", "-filter:a:1", SILENCE_AROUND, "-c:a:1", "aac", "-b:a:1", "48k", "-ac:a:1", "2"],
                ...["-metadata:s:a:1", "language=kor"],
                ...["-map_metadata", "-1", "-map_chapters", "-1", "-f", "hls", "-hls_time", "6"],
                ...["-hls_playlist_type", "vod", "-hls_list_size", "0", "-hls_flags", "independent_segments"],
                ...["-hls_segment_type", "mpegts", "-var_stream_map"],
                "v:0,name:video-1 v:1,name:video-2 a:0,name:audio-1-1 a:1,name:audio-1-2",
                ...["-hls_segment_filename", "/run/out/stream-%v-%05d.ts"],
              ],
            },
          ],
          expectedSeconds: 25,
        },
      ],
      files: [{ name: "stream.m3u8", format: "hls", manifest }],
      outputs: [
        {
          role: "playlist",
          name: "stream.m3u8",
          contentType: "application/vnd.apple.mpegurl",
          facts: {
            ...{ container: "hls", durationSeconds: 25, widthPx: 1280, heightPx: 720, framesPerSecond: 24 },
            ...{ videoCodec: "h264", audioCodec: "aac" },
          },
          parts: { prefix: "stream", suffix: "" },
          probe: false,
        },
      ],
      setsCover: false,
    },
  });
});

test("DASH has its manifest, and beside it the playlists of the same segments", () => {
  const rungs = [{ video: { codec: "h265", heightPx: 480, gop: 2, gopUnit: "second" }, audio: null }];
  const plan = planAdaptive({ container: "dash", segmentType: "fmp4", segmentSeconds: 4, rungs });
  expect(onlyCommandOf(plan).outputs[0]?.options).toEqual([
    ...["-map", "[video-1]", "-fps_mode:v:0", "vfr", "-c:v:0", "libx265", "-preset:v:0", "veryfast"],
    ...["-pix_fmt:v:0", "yuv420p", "-crf:v:0", "28"],
    ...["-x265-params:v:0", "log-level=warning:open-gop=0:scenecut=0", "-forced-idr:v:0", "1"],
    ...["-g:v:0", "50", "-force_key_frames:v:0", FORCED(4), "-tag:v:0", "hvc1"],
    ...["-map_metadata", "-1", "-map_chapters", "-1", "-avoid_negative_ts", "disabled", "-f", "hls", "-hls_time", "4"],
    ...["-hls_playlist_type", "vod", "-hls_list_size", "0", "-hls_flags", "independent_segments"],
    ...["-hls_segment_type", "fmp4", "-hls_fmp4_init_filename", "stream-%v-init.mp4"],
    ...["-var_stream_map", "v:0,name:video-1", "-hls_segment_filename", "/run/out/stream-%v-%05d.m4s"],
  ]);
  expect(plan).toMatchObject({
    value: {
      files: [
        { name: "stream.mpd", format: "dash" },
        { name: "stream.m3u8", format: "hls" },
      ],
      outputs: [{ name: "stream.mpd", contentType: "application/dash+xml", parts: { prefix: "stream" } }],
    },
  });
});

describe("the ladder", () => {
  const heights = (params: object, video = {}) =>
    manifestOf(params, aContext({ video: { ...A_VIDEO, ...video } })).pictures.map(({ heightPx }) => heightPx);
  const rungs = [2160, 240, 480, 720, 1080].map((heightPx) => ({ video: { heightPx } }));

  test.each([
    ["1080p", { widthPx: 1920, heightPx: 1080 }, [240, 480, 720, 1080]],
    ["a size between two rungs", { widthPx: 1200, heightPx: 700 }, [240, 480]],
    ["an odd size, whose even one it is", { widthPx: 853, heightPx: 479 }, [240, 480]],
    ["a phone's upright 1080p", { widthPx: 1920, heightPx: 1080, rotationDegrees: 90 }, [426, 854, 1280, 1920]],
    ["a very small picture: the smallest rung, in its size", { widthPx: 161, heightPx: 121 }, [122]],
  ])("of %s has no rung above it", (_name, video, expected) => {
    expect(heights({ rungs }, video)).toEqual(expected);
  });

  test("has no rung twice where sides are limits", () => {
    const limits = rungs.map(({ video }) => ({ video: { ...video, fill: "keep" } }));
    expect(heights({ rungs: limits }, { widthPx: 1200, heightPx: 700 })).toEqual([240, 480]);
  });

  test("may climb above the source on request", () => {
    expect(heights({ rungs, disableHigherResolution: false })).toEqual([2160, 240, 480, 720, 1080]);
  });

  test("keeps a frame that is only filled up with bars", () => {
    const narrow = { widthPx: 1440, heightPx: 1080 };
    expect(heights({ rungs: [{ video: { widthPx: 1920, heightPx: 1080, fill: "black" } }] }, narrow)).toEqual([1080]);
  });

  test("gives no rung more bits than the source has, by rate or by quality", () => {
    const wishes = [{ bitrateKbps: 800 }, { bitrateKbps: 9000 }, {}, { rateMode: "crf", crf: 20 }];
    const params = { rungs: wishes.map((video) => ({ video, audio: null })), disableHigherBitrate: true };
    const options = optionsOf(params);
    expect(argOf(options, "-b:v:0")).toBe("800k");
    expect(argOf(options, "-b:v:1")).toBe("4000k");
    for (const index of [2, 3]) {
      expect(options).not.toContain(`-b:v:${index}`);
      expect(argOf(options, `-maxrate:v:${index}`)).toBe("4000k");
    }
    const unknown = aContext({ bitrateBps: 0, video: { ...A_VIDEO, bitrateBps: 0 } });
    expect(argOf(optionsOf(params, unknown), "-b:v:1")).toBe("9000k");
    expect(argOf(optionsOf({ ...params, disableHigherBitrate: false }), "-b:v:1")).toBe("9000k");
  });

  test("encodes a sound once for all rungs that ask for the same, and for every track", () => {
    const sound = { bitrateKbps: 48 };
    const params = {
      rungs: [
        { video: { heightPx: 240 }, audio: sound },
        { video: { heightPx: 480 }, audio: { bitrateKbps: 128, loudness: "ebu-r128" } },
        { video: { heightPx: 720 }, audio: sound },
        { video: { heightPx: 1080 }, audio: null },
        { video: null, audio: sound },
      ],
    };
    const { sounds, variants } = manifestOf(params, aContext({ audio: TWO_TRACKS }));
    expect(sounds.map(({ name }) => name)).toEqual(["audio-1-1", "audio-1-2", "audio-2-1", "audio-2-2"]);
    expect(variants).toEqual([
      { picture: "video-1", group: "audio-1" },
      { picture: "video-2", group: "audio-2" },
      { picture: "video-3", group: "audio-1" },
      { picture: "video-4", group: null },
      { picture: null, group: "audio-1" },
    ]);
    expect(argOf(optionsOf(params), "-filter:a:1")).toMatch(/^aresample=async=1.*,loudnorm=.*,apad=whole_dur=25$/);
  });

  test("of a silent film has no sound, and no rung of sound alone", () => {
    const { sounds, variants } = manifestOf({ rungs: [{}, { video: null }] }, aContext({ audio: [] }));
    expect(sounds).toEqual([]);
    expect(variants).toEqual([{ picture: "video-1", group: null }]);
  });
});

describe("the frames", () => {
  test.each([
    [
      "stay as they are when they are even",
      {},
      { framesPerSecond: 29.97 },
      "setpts=if(N\\,PTS\\,0),fps=30000/1001,tpad",
    ],
    ["come at the asked rate", { framesPerSecond: 30 }, {}, "fps=30,"],
    ["become even where they are not", {}, { variableFrameRate: true, framesPerSecond: 29.7 }, "fps=30,"],
    ["come often enough to be cut", {}, { framesPerSecond: 0.05 }, "fps=1,"],
    ["have a rate where none is known", {}, { framesPerSecond: 0 }, "fps=25,"],
    ["are whole where they were interlaced", {}, { interlaced: true }, "[0:0]bwdif=mode=send_frame:deint=interlaced,"],
    ["end with the sound", {}, { durationSeconds: 22 }, "tpad=stop=-1:stop_mode=clone,trim=end=25,"],
    ["end by themselves, when the sound is hardly longer", {}, { durationSeconds: 24.96 }, ",trim=end=24.96,"],
  ])("%s", (_name, wish, video, expected) => {
    const graph = graphOf({ rungs: [{ video: wish }] }, aContext({ video: { ...A_VIDEO, ...video } }));
    expect(graph).toContain(expected);
  });
});

test.each([
  [{ container: "dash" }, "segmentType", "dashNeedsFmp4"],
  [{ rungs: [{ video: null }] }, "rungs", "rungWithVideoNeeded"],
  [{ rungs: [{}, { video: null, audio: null }] }, "rungs.1.audio", "nothingLeft"],
  [{ rungs: [{ video: { codec: "av1" } }] }, "rungs.0.video.codec", "codecNotInContainer"],
  [{ rungs: [{ video: { codec: "vp9" } }] }, "rungs.0.video.codec", "codecNotInContainer"],
  [{ rungs: [{ audio: { codec: "mp3" } }] }, "rungs.0.audio.codec", "codecNotInContainer"],
  [{ rungs: [{ audio: { loudnessTargetLufs: -20 } }] }, "rungs.0.audio.loudnessTargetLufs", "onlyWithLoudness"],
  [{ rungs: [{ video: { rateMode: "crf" } }] }, "rungs.0.video.crf", "crfNeeded"],
  [{ rungs: [{}, { video: { framesPerSecond: 24 } }] }, "rungs.1.video.framesPerSecond", "rungsDiffer"],
  [{ rungs: [{ video: { gop: 48 } }, {}] }, "rungs.1.video.gop", "rungsDiffer"],
])("%j is refused by name", (params, path, message) => {
  const issues = adaptiveStreamingParams.safeParse(params).error?.issues;
  expect(issues?.map((issue) => [issue.path.join("."), issue.message])).toContainEqual([path, message]);
});

test.each([
  ["sound alone", { video: null }, "NO_VIDEO_STREAM"],
  ["a still image", { durationSeconds: 0 }, "NO_DURATION"],
])("%s cannot be streamed in qualities", (_name, media, code) => {
  expect(planAdaptive({}, aContext(media))).toMatchObject({ failure: { code } });
});

test("a stretch is sought, and what is decoded before it dropped from picture and sound alike", () => {
  const use = { startOffsetSeconds: 5, endOffsetSeconds: 15, rungs: [{ video: { heightPx: 240 } }] };
  const command = onlyCommandOf(planAdaptive(use));
  expect(command.inputs).toEqual([{ path: "/run/source", options: ["-ss", "5", "-t", "10"] }]);
  expect(command.globals[1]).toContain("fps=25,tpad=stop=-1:stop_mode=clone,trim=end=10,");
  expect(argOf(command.outputs[0]?.options ?? [], "-filter:a:0")).toBe(
    "aresample=async=1:first_pts=0,apad=whole_dur=10",
  );
  expect(command.expectedSeconds).toBe(10);

  const recording = onlyCommandOf(planAdaptive({ ...use, endOffsetSeconds: 0 }, aContext({ formatName: "mpegts" })));
  expect(recording.inputs).toEqual([{ path: "/run/source", options: ["-t", "25"] }]);
  expect(recording.globals[1]).toMatch(/^\[0:0\]trim=start=5,setpts=PTS-5\/TB,setpts=if/);
  expect(argOf(recording.outputs[0]?.options ?? [], "-filter:a:0")).toMatch(
    /^atrim=start=5,asetpts=PTS-5\/TB,aresample/,
  );

  const afterThePicture = aContext({ durationSeconds: 40, video: { ...A_VIDEO, durationSeconds: 20 } });
  expect(planAdaptive({ startOffsetSeconds: 30 }, afterThePicture)).toMatchObject({
    failure: { code: "INVALID_TIME_OFFSET" },
  });
});
