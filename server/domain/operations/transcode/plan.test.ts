import { describe, expect, test } from "vitest";
import { A_VIDEO, AN_AUDIO, aContext, onlyCommandOf, planOf } from "../test-plans.ts";
import { transcodeParams } from "./schema.ts";

function planTranscode(params: object, context = aContext()) {
  return planOf("transcode", params, context);
}

function optionsOf(params: object, context = aContext()): readonly string[] {
  return onlyCommandOf(planTranscode(params, context)).outputs[0]?.options ?? [];
}

/** What follows an option. */
function argOf(options: readonly string[], option: string): string | undefined {
  const index = options.indexOf(option);
  return index < 0 ? undefined : options[index + 1];
}

describe("the whole plan", () => {
  test("of an MP4 rendition", () => {
    const plan = planTranscode({
      video: { heightPx: 720, framesPerSecond: 25, bitrateKbps: 1800 },
      audio: { bitrateKbps: 128, sampleRateHz: 44_100 },
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
                path: "/run/out/video.mp4",
                options: [
                  ...["-map", "0:0", "-filter:v", "fps=25,scale=1280:720,setsar=1", "-fps_mode", "vfr"],
                  ...["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p"],
                  ...["-b:v", "1800k", "-maxrate", "2700k", "-bufsize", "3600k"],
                  ...["-map", "0:1", "-c:a", "aac", "-b:a", "128k", "-ar", "44100", "-ac", "2"],
                  ...["-map_metadata", "-1", "-map_chapters", "-1", "-movflags", "+faststart", "-f", "mp4"],
                ],
              },
            ],
            expectedSeconds: 25,
          },
        ],
        files: [],
        outputs: [
          {
            role: "video",
            name: "video.mp4",
            contentType: "video/mp4",
            facts: {
              container: "mp4",
              durationSeconds: 25,
              widthPx: 1280,
              heightPx: 720,
              framesPerSecond: 25,
              videoCodec: "h264",
              audioCodec: "aac",
            },
            parts: null,
            probe: true,
          },
        ],
        setsCover: false,
      },
    });
  });

  test("of an HLS rendition of a stretch of the source", () => {
    const plan = planTranscode({
      container: "hls",
      hlsSegmentSeconds: 4,
      hlsSegmentType: "fmp4",
      video: { codec: "h265", crf: 30, rateMode: "crf" },
      audio: null,
      startOffsetSeconds: 5,
      endOffsetSeconds: -5.5,
    });
    const command = onlyCommandOf(plan);
    expect(command.inputs).toEqual([{ path: "/run/source", options: ["-ss", "5"] }]);
    expect(command.outputs).toEqual([
      {
        path: "/run/out/video.m3u8",
        options: [
          ...["-t", "14.5"],
          ...["-map", "0:0", "-filter:v", "scale=1920:1080,setsar=1", "-fps_mode", "vfr"],
          ...["-c:v", "libx265", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-crf", "30"],
          ...["-x265-params", "log-level=warning:open-gop=0", "-forced-idr", "1"],
          ...["-force_key_frames", "expr:gte(t,n_forced*4)", "-tag:v", "hvc1"],
          ...["-map_metadata", "-1", "-map_chapters", "-1", "-f", "hls", "-hls_time", "4"],
          ...["-hls_playlist_type", "vod", "-hls_list_size", "0", "-hls_flags", "independent_segments"],
          ...["-hls_segment_type", "fmp4", "-hls_fmp4_init_filename", "video-init.mp4"],
          ...["-hls_segment_filename", "/run/out/video-%05d.m4s"],
        ],
      },
    ]);
    expect(command.expectedSeconds).toBe(14.5);
    expect(plan).toMatchObject({
      value: { outputs: [{ role: "playlist", parts: { prefix: "video-", suffix: "" }, probe: false }] },
    });
  });

  test("of FLV, and of sound alone", () => {
    expect(onlyCommandOf(planTranscode({ container: "flv", audio: { codec: "mp3" } })).outputs).toEqual([
      {
        path: "/run/out/video.flv",
        options: [
          ...["-map", "0:0", "-filter:v", "scale=1920:1080,setsar=1", "-fps_mode", "vfr"],
          ...["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-crf", "23"],
          ...["-map", "0:1", "-c:a", "libmp3lame", "-b:a", "128k", "-ac", "2"],
          ...["-map_metadata", "-1", "-map_chapters", "-1", "-f", "flv"],
        ],
      },
    ]);
    expect(planTranscode({ video: null })).toMatchObject({
      value: { outputs: [{ role: "audio", name: "audio.mp4", contentType: "audio/mp4" }] },
    });
  });
});

test.each([
  [
    "h264",
    ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-b:v", "800k"],
    (pass: string) => ["-pass", pass, "-passlogfile", "/run/scratch/pass"],
  ],
  [
    "h265",
    ["-c:v", "libx265", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-b:v", "800k"],
    (pass: string) => [
      ...["-x265-params", `log-level=warning:open-gop=0:pass=${pass}:stats=/run/scratch/pass`],
      ...["-forced-idr", "1"],
    ],
  ],
])("two passes of %s see the same frames, and the first writes nothing", (codec, encoder, ofPass) => {
  const video = { codec, rateMode: "abr", bitrateKbps: 800, passes: "two" };
  const plan = planTranscode({ video, startOffsetSeconds: 5 });
  const frames = ["-t", "20", "-map", "0:0", "-filter:v", "scale=1920:1080,setsar=1", "-fps_mode", "vfr"];
  const input = { inputs: [{ path: "/run/source", options: ["-ss", "5"] }], globals: [], expectedSeconds: 20 };
  expect(plan.ok && plan.value.commands).toEqual([
    { ...input, outputs: [{ path: "-", options: [...frames, ...encoder, ...ofPass("1"), "-f", "null"] }] },
    {
      ...input,
      outputs: [
        {
          path: "/run/out/video.mp4",
          options: [
            ...[...frames, ...encoder, ...ofPass("2"), "-map", "0:1", "-c:a", "aac", "-b:a", "128k", "-ac", "2"],
            ...(codec === "h265" ? ["-tag:v", "hvc1"] : []),
            ...["-map_metadata", "-1", "-map_chapters", "-1", "-movflags", "+faststart", "-f", "mp4"],
          ],
        },
      ],
    },
  ]);
});

describe("the picture", () => {
  test.each([
    ["the size of the source", {}, "scale=1920:1080"],
    ["one side, the other in proportion", { widthPx: 640 }, "scale=640:360"],
    ["the short side of a wide video", { heightPx: 360 }, "scale=640:360"],
    ["a whole frame of the source's shape", { widthPx: 1280, heightPx: 720, fill: "black" }, "scale=1280:720"],
    ["stretched", { widthPx: 640, heightPx: 640, fill: "stretch" }, "scale=640:640"],
    [
      "with bars",
      { widthPx: 640, heightPx: 640, fill: "white" },
      "scale=640:360,pad=640:640:(ow-iw)/2:(oh-ih)/2:white",
    ],
    [
      "on its own blur",
      { widthPx: 640, heightPx: 640, fill: "gauss" },
      "split[copy][original];[copy]scale=142:80,crop=80:80,gblur=sigma=2.5,scale=640:640[behind];" +
        "[original]scale=640:360[picture];[behind][picture]overlay=x=(W-w)/2:y=(H-h)/2:format=auto",
    ],
  ])("comes in %s", (_name, video, filter) => {
    expect(argOf(optionsOf({ video }), "-filter:v")).toBe(`${filter},setsar=1`);
  });

  const upright = aContext({ video: { ...A_VIDEO, widthPx: 1920, heightPx: 1080, rotationDegrees: 90 } });
  test.each([
    ["follows the orientation", { heightPx: 720 }, "scale=720:1280,setsar=1"],
    ["is literal on request", { heightPx: 720, resolutionAdaptive: false }, "scale=406:720,setsar=1"],
    [
      "swaps both sides",
      { widthPx: 1280, heightPx: 960 },
      "scale=720:1280,pad=960:1280:(ow-iw)/2:(oh-ih)/2:black,setsar=1",
    ],
  ])("of an upright phone video %s", (_name, video, filter) => {
    expect(argOf(optionsOf({ video }, upright), "-filter:v")).toBe(filter);
  });

  test("is even, square in its pixels, and without fields", () => {
    const odd = aContext({ video: { ...A_VIDEO, widthPx: 719, heightPx: 575, sampleAspectRatio: 16 / 15 } });
    expect(argOf(optionsOf({}, odd), "-filter:v")).toBe("scale=768:576,setsar=1");
    const fields = aContext({ video: { ...A_VIDEO, interlaced: true } });
    expect(argOf(optionsOf({}, fields), "-filter:v")).toBe(
      "bwdif=mode=send_frame:deint=interlaced,scale=1920:1080,setsar=1",
    );
  });

  test.each([
    ["nothing turned", {}, "scale=1280:720,setsar=1"],
    [
      "all of it",
      {
        ...{ denoise: "strong", sharpen: 50, interpolateTo: 50, deinterlace: "always" },
        ...{ brightness: 10, contrast: 120, saturation: 50, gamma: 1.2 },
      },
      "bwdif=mode=send_frame:deint=all,hqdn3d=8:6:12:9,scale=1280:720," +
        "eq=brightness=0.1:contrast=1.2:saturation=0.5:gamma=1.2,tpad=stop=2:stop_mode=clone,minterpolate=fps=50," +
        "unsharp=5:5:0.75,scale=1280:720,setsar=1",
    ],
    ["frames it has already", { interpolateTo: 25 }, "scale=1280:720,setsar=1"],
  ])("is enhanced before it is placed: %s", (_name, enhance, filters) => {
    expect(argOf(optionsOf({ video: { heightPx: 720, enhance } }), "-filter:v")).toBe(filters);
  });

  test("keeps its fields where that is asked for, and says its new frame rate", () => {
    const fields = aContext({ video: { ...A_VIDEO, interlaced: true } });
    const never = { video: { enhance: { deinterlace: "never" } } };
    expect(argOf(optionsOf(never, fields), "-filter:v")).toBe("scale=1920:1080,setsar=1");
    expect(planTranscode({ video: { enhance: { interpolateTo: 60 } } })).toMatchObject({
      value: { outputs: [{ facts: { framesPerSecond: 60 } }] },
    });
  });

  test.each([
    ["hdr10", "smpte2084"],
    ["hlg", "arib-std-b67"],
  ] as const)("of %s becomes ordinary unless it is to stay", (dynamicRange, transfer) => {
    const hdr = aContext({ video: { ...A_VIDEO, dynamicRange } });
    expect(argOf(optionsOf({ video: { heightPx: 720 } }, hdr), "-filter:v")).toBe(
      `scale=1280:720,zscale=transferin=${transfer}:primariesin=bt2020:matrixin=bt2020nc:transfer=linear:npl=100,` +
        "format=gbrpf32le,zscale=primaries=bt709,tonemap=tonemap=hable:desat=0," +
        "zscale=transfer=bt709:matrix=bt709:range=limited,format=yuv420p,scale=1280:720,setsar=1",
    );
    const keep = { video: { codec: "h265", preserveHdr: true } };
    expect(argOf(optionsOf(keep, hdr), "-filter:v")).toBe("scale=1920:1080,setsar=1");
  });

  test("keeps its ten bits only where the source is HDR and that is asked for", () => {
    const hdr = aContext({ video: { ...A_VIDEO, dynamicRange: "hdr10" } });
    const keep = { video: { codec: "h265", preserveHdr: true } };
    expect(argOf(optionsOf(keep, hdr), "-pix_fmt")).toBe("yuv420p10le");
    expect(argOf(optionsOf(keep), "-pix_fmt")).toBe("yuv420p");
    expect(argOf(optionsOf({}, hdr), "-pix_fmt")).toBe("yuv420p");
  });
});

describe("rate and key frames", () => {
  function argsBetween(video: object, from: string, to: string, container = "mp4"): string[] {
    const options = optionsOf({ video, audio: null, container });
    return options.slice(options.indexOf(from) + 2, options.indexOf(to));
  }
  const rate = (video: object, container?: string) => argsBetween(video, "-pix_fmt", "-map_metadata", container);

  test.each([
    ["the encoder's good quality", {}, ["-crf", "23"]],
    ["average", { rateMode: "abr", bitrateKbps: 500 }, ["-b:v", "500k"]],
    [
      "constant",
      { rateMode: "cbr", bitrateKbps: 500 },
      ["-b:v", "500k", "-maxrate", "500k", "-bufsize", "500k", "-x264-params", "nal-hrd=cbr"],
    ],
    ["AV1's good quality", { codec: "av1" }, ["-crf", "35"]],
    ["key frames by number", { gop: 50 }, ["-crf", "23", "-g", "50"]],
    [
      "key frames by time",
      { gop: 2, gopUnit: "second" },
      ["-crf", "23", "-g", "50", "-force_key_frames", "expr:gte(t,n_forced*2)"],
    ],
    ["AV1 counts frames", { codec: "av1", gop: 2, gopUnit: "second" }, ["-crf", "35", "-g", "50"]],
    ["B-frames", { bFrames: 0 }, ["-crf", "23", "-bf", "0"]],
  ])("%s", (_name, video, args) => {
    expect(rate(video)).toEqual(args);
  });

  test("HLS has a key frame wherever it is cut, six seconds apart unless told otherwise", () => {
    expect(rate({ gop: 240 }, "hls")).toEqual([
      "-crf",
      "23",
      "-g",
      "240",
      "-force_key_frames",
      "expr:gte(t,n_forced*6)",
    ]);
  });

  test("profile and tag go to the encoder and the container", () => {
    expect(argOf(optionsOf({ video: { profile: "main" } }), "-profile:v")).toBe("main");
    expect(argOf(optionsOf({ video: { codec: "h265", codecTag: "hev1" } }), "-tag:v")).toBe("hev1");
  });
});

describe("the sound", () => {
  const tracks = [
    { ...AN_AUDIO, index: 1, isDefault: false, language: "deu" },
    { ...AN_AUDIO, index: 2, channels: 6 },
  ];
  test("is the default track, with a bit rate for its channels", () => {
    const options = optionsOf({ audio: { channels: 0 } }, aContext({ audio: tracks }));
    expect(options.slice(options.lastIndexOf("-map"), options.indexOf("-map_metadata"))).toEqual([
      "-map",
      "0:2",
      "-c:a",
      "aac",
      "-b:a",
      "384k",
    ]);
  });
  test("comes at one loudness, measured as it will be heard and back at its rate", () => {
    const filterOf = (audio: object) => argOf(optionsOf({ audio }, aContext({ audio: tracks })), "-filter:a");
    expect(filterOf({ loudness: "ebu-r128" })).toBe(
      "aformat=sample_rates=48000:channel_layouts=stereo,loudnorm=I=-16:TP=-1.5:LRA=11,aresample=48000",
    );
    const television = { loudness: "ebu-r128", loudnessTargetLufs: -23, sampleRateHz: 44_100, channels: 0 };
    expect(filterOf(television)).toBe(
      "aformat=sample_rates=44100:channel_layouts=5.1,loudnorm=I=-23:TP=-1.5:LRA=11,aresample=44100",
    );
    expect(filterOf({})).toBeUndefined();
    expect(filterOf({ gainDb: -4.5 })).toBe("volume=-4.5dB");
    expect(filterOf({ gainDb: 6, denoise: "light" })).toBe(
      "afftdn=nr=12:nf=-40,volume=6dB,alimiter=limit=0.9:level=disabled",
    );
    expect(filterOf({ denoise: "light" })).toBe("afftdn=nr=12:nf=-40");
    expect(filterOf({ denoise: "strong", loudness: "ebu-r128" })).toBe(
      "afftdn=nr=30:nf=-30,aformat=sample_rates=48000:channel_layouts=stereo,loudnorm=I=-16:TP=-1.5:LRA=11,aresample=48000",
    );
  });
  test("is left out where the source has none", () => {
    expect(optionsOf({}, aContext({ audio: [] }))).not.toContain("-c:a");
  });
});

describe("a stretch of the source", () => {
  const seek = (params: object, formatName = "mov,mp4") => {
    const command = onlyCommandOf(planTranscode(params, aContext({ formatName })));
    const options = command.outputs[0]?.options ?? [];
    return [...(command.inputs[0]?.options ?? []), ...options.slice(0, options.indexOf("-map"))];
  };
  test.each([
    ["from a second on", { startOffsetSeconds: 10 }, ["-ss", "10", "-t", "15"]],
    ["up to a second", { endOffsetSeconds: 10 }, ["-t", "10"]],
    ["the last seconds", { startOffsetSeconds: -5 }, ["-ss", "20", "-t", "5"]],
    ["an end beyond the end is the end", { startOffsetSeconds: 1, endOffsetSeconds: 99 }, ["-ss", "1", "-t", "24"]],
    ["all of it", { endOffsetSeconds: 25 }, []],
  ])("%s", (_name, params, args) => {
    expect(seek(params)).toEqual(args);
  });

  test("formats without an index are entered early, and the surplus is dropped", () => {
    expect(seek({ startOffsetSeconds: 20.5 }, "mpegts")).toEqual(["-ss", "5", "-ss", "15.5", "-t", "4.5"]);
    expect(seek({ startOffsetSeconds: 3 }, "flv")).toEqual(["-ss", "3", "-t", "22"]);
  });

  test.each([
    { startOffsetSeconds: 25 },
    { startOffsetSeconds: 10, endOffsetSeconds: 10 },
    { startOffsetSeconds: -30 },
    { endOffsetSeconds: -25 },
  ])("%j of 25 s is refused", (params) => {
    expect(planTranscode(params)).toMatchObject({ failure: { code: "INVALID_TIME_OFFSET" } });
  });
});

test.each([
  ["video of a song", {}, { video: null }, "NO_VIDEO_STREAM"],
  ["sound of a silent film", { video: null }, { audio: [] }, "NO_AUDIO_STREAM"],
  ["a still image", {}, { durationSeconds: 0 }, "NO_DURATION"],
  ["AV1 of a stamp", { video: { codec: "av1", heightPx: 32 } }, {}, "INVALID_PARAMETER"],
])("%s fails with a code", (_name, params, media, code) => {
  expect(planTranscode(params, aContext(media))).toMatchObject({ ok: false, failure: { code } });
});

test.each([
  [{ video: null, audio: null }, "audio", "nothingLeft"],
  [{ container: "flv", video: { codec: "av1" } }, "video.codec", "codecNotInContainer"],
  [{ container: "hls", audio: { codec: "mp3" } }, "audio.codec", "codecNotInContainer"],
  [{ hlsSegmentSeconds: 4 }, "hlsSegmentSeconds", "onlyForHls"],
  [{ hlsSegmentType: "fmp4" }, "hlsSegmentType", "onlyForHls"],
  [{ video: { rateMode: "crf" } }, "video.crf", "crfNeeded"],
  [{ video: { crf: 20 } }, "video.crf", "crfOnlyInCrfMode"],
  [{ video: { rateMode: "crf", crf: 20, bitrateKbps: 500 } }, "video.bitrateKbps", "bitrateWithCrf"],
  [{ video: { rateMode: "cbr" } }, "video.bitrateKbps", "bitrateNeeded"],
  [{ video: { codec: "h265", profile: "high" } }, "video.profile", "profileOnlyForH264"],
  [{ video: { profile: "baseline", bFrames: 2 } }, "video.bFrames", "noBFramesInBaseline"],
  [{ video: { codecTag: "hev1" } }, "video.codecTag", "codecTagOnlyForH265"],
  [{ video: { preserveHdr: true } }, "video.preserveHdr", "hdrNeedsH265"],
  [{ video: { codec: "av1", bFrames: 2 } }, "video.bFrames", "bFramesNotInCodec"],
  [{ video: { codec: "av1", rateMode: "cbr", bitrateKbps: 500 } }, "video.rateMode", "cbrNotForAv1"],
  [
    { video: { framesPerSecond: 30, enhance: { interpolateTo: 60 } } },
    "video.enhance.interpolateTo",
    "interpolateOrFrameRate",
  ],
  [{ video: { codec: "h265", preserveHdr: true, enhance: { gamma: 2 } } }, "video.enhance.gamma", "notWithHdr"],
  [{ video: { passes: "two" } }, "video.passes", "passesNeedAverage"],
  [{ video: { passes: "two", rateMode: "crf", crf: 20 } }, "video.passes", "passesNeedAverage"],
  [{ video: { passes: "two", rateMode: "cbr", bitrateKbps: 500 } }, "video.passes", "passesNeedAverage"],
  [{ video: { passes: "two", codec: "av1", bitrateKbps: 500 } }, "video.passes", "passesNotForAv1"],
  [{ video: { widthPx: 20 } }, "video.widthPx", "zeroOr32"],
  [{ audio: { codec: "mp3", channels: 6 } }, "audio.channels", "tooManyChannels"],
  [{ audio: { codec: "mp3", bitrateKbps: 400 } }, "audio.bitrateKbps", "bitrateTooHigh"],
  [{ audio: { codec: "ac3", bitrateKbps: 64 } }, "audio.bitrateKbps", "bitrateTooLow"],
  [{ audio: { loudnessTargetLufs: -23 } }, "audio.loudnessTargetLufs", "onlyWithLoudness"],
  [{ audio: { codec: "ac3", sampleRateHz: 16_000 } }, "audio.sampleRateHz", "sampleRateNotInCodec"],
])("%j is refused by name", (params, path, message) => {
  const issues = transcodeParams.safeParse(params).error?.issues.map((issue) => [issue.path.join("."), issue.message]);
  expect(issues).toEqual([[path, message]]);
});
