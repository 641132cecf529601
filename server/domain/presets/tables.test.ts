/** The numbers of the public tables mean what the tables say: every row, with every value it documents. */
import { expect, test } from "vitest";
import { presetProcedure } from "./procedures.ts";
import { PRESET_TEMPLATES, presetTemplate } from "./templates.ts";

const AAC = { codec: "aac", sampleRateHz: 44_100, channels: 2 };

/** mp4, hls, short side, video kbps, audio kbps */
const CURRENT: [number, number, number, number, number][] = [
  [100010, 100210, 360, 400, 64],
  [100020, 100220, 540, 1000, 64],
  [100030, 100230, 720, 1800, 128],
  [100040, 100240, 1080, 2500, 128],
  [100070, 100270, 1440, 3000, 160],
  [100080, 100280, 2160, 6000, 160],
];
test.each(CURRENT)("%i and %i: short side of %i px, %i + %i kbps", (mp4, hls, shortSidePx, kbps, audioKbps) => {
  for (const [definition, container] of [
    [mp4, "mp4"],
    [hls, "hls"],
  ] as const)
    expect(presetTemplate("transcode", definition)).toMatchObject({
      kind: "transcode",
      params: {
        container,
        video: {
          ...{ codec: "h264", widthPx: 0, heightPx: shortSidePx, resolutionAdaptive: true, framesPerSecond: 25 },
          ...{ rateMode: "vbr", bitrateKbps: kbps, contentAdaptive: null },
        },
        audio: { ...AAC, bitrateKbps: audioKbps },
      },
    });
});

/** id, short side (0: as the source), audio kbps (0: its usual one) */
const CONTENT_ADAPTIVE: [number, number, number][] = [
  [100800, 0, 0],
  [100810, 360, 64],
  [100820, 540, 64],
  [100830, 720, 128],
  [100840, 1080, 128],
];
test.each(CONTENT_ADAPTIVE)("%i follows the content at a short side of %i px, audio %i kbps", (id, heightPx, kbps) => {
  expect(presetTemplate("transcode", id)).toMatchObject({
    kind: "transcode",
    params: {
      container: "mp4",
      video: {
        ...{ codec: "h264", widthPx: 0, heightPx, resolutionAdaptive: true, framesPerSecond: 25 },
        ...{ bitrateKbps: 0, contentAdaptive: { bitrateKbpsMax: 0 } },
      },
      audio: { ...AAC, bitrateKbps: kbps },
    },
  });
});

type Side = "widthPx" | "heightPx";
/** ids as MP4, HLS and FLV, codec, side, kbps, frames a second */
const LEGACY: [number[], "h264" | "h265", Side, number, number, number][] = [
  [[10, 210, 10_046], "h264", "widthPx", 320, 256, 24],
  [[20, 220, 10_047], "h264", "widthPx", 640, 512, 24],
  [[30, 230, 10_048], "h264", "widthPx", 1280, 1024, 24],
  [[40, 240, 10_049], "h264", "widthPx", 1920, 2500, 24],
  [[70, 270, 370], "h264", "heightPx", 1440, 3072, 30],
  [[80, 280, 380], "h264", "heightPx", 2160, 6144, 30],
  [[510, 610, 710], "h265", "heightPx", 240, 250, 15],
  [[520, 620, 720], "h265", "heightPx", 480, 600, 24],
  [[530, 630, 730], "h265", "heightPx", 720, 800, 25],
  [[540, 640, 740], "h265", "heightPx", 1080, 1400, 30],
  [[570, 670, 770], "h265", "heightPx", 1440, 2048, 30],
  [[580, 680, 780], "h265", "heightPx", 2160, 4096, 30],
];
test.each(LEGACY)(
  "%j: %s, %s %i, %i kbps, %i frames a second",
  (definitions, codec, side, px, kbps, framesPerSecond) => {
    for (const [index, container] of ["mp4", "hls", "flv"].entries())
      expect(presetTemplate("transcode", definitions[index] ?? 0)).toMatchObject({
        kind: "transcode",
        params: {
          container,
          video: {
            ...{ codec, widthPx: 0, heightPx: 0, [side]: px, resolutionAdaptive: false, framesPerSecond },
            ...{ rateMode: "vbr", bitrateKbps: kbps, gop: 240, gopUnit: "frame" },
            profile: codec === "h264" ? "high" : "default",
          },
          audio: { ...AAC, codec: container === "flv" && codec === "h264" ? "mp3" : "aac", bitrateKbps: 48 },
        },
      });
  },
);

test.each([
  [875, "mp4"],
  [876, "hls"],
  [9, "mp4"],
  [6, "hls"],
])("%i remuxes to %s", (definition, container) => {
  expect(presetTemplate("transcode", definition)).toMatchObject({ kind: "remux", params: { container } });
});

test.each([
  [1100, "m4a", 24],
  [1110, "m4a", 48],
  [1120, "m4a", 96],
  [1130, "m4a", 192],
  [1140, "m4a", 256],
  [1010, "mp3", 128],
  [1020, "mp3", 320],
])("%i is sound alone: %s of %i kbps", (definition, container, bitrateKbps) => {
  expect(presetTemplate("transcode", definition)).toMatchObject({
    kind: "audio",
    params: { container, bitrateKbps, codec: "auto", sampleRateHz: 44_100, channels: 2 },
  });
});

test.each([
  ["snapshot", 10, { format: "jpg", widthPx: 0, heightPx: 0, fill: "stretch" }],
  [
    "sampled-snapshot",
    10,
    { format: "jpg", widthPx: 0, heightPx: 0, fill: "stretch", interval: { unit: "percent", value: 10 } },
  ],
  [
    "sprite",
    10,
    {
      ...{ format: "jpg", widthPx: 142, heightPx: 80, rows: 10, columns: 10, fill: "black" },
      interval: { unit: "seconds", value: 10 },
    },
  ],
  ["animated-graphic", 20_000, { format: "gif", widthPx: 0, heightPx: 0, framesPerSecond: 2 }],
  ["animated-graphic", 20_001, { format: "webp", widthPx: 0, heightPx: 0, framesPerSecond: 2 }],
] as const)("%s %i", (kind, definition, params) => {
  expect(presetTemplate(kind, definition)).toMatchObject({ kind, params });
});

const RUNGS: [number, number][] = [
  [240, 256],
  [480, 512],
  [720, 1024],
  [1080, 2500],
  [1440, 3072],
  [2160, 6144],
];
test.each([
  [10, { container: "hls", disableHigherResolution: true, segmentType: "ts", segmentSeconds: 6 }],
  [12, { container: "hls", disableHigherResolution: true, encryption: "aes-128" }],
  [20, { container: "dash", disableHigherResolution: false }],
])("adaptive %i has the six rungs", (definition, params) => {
  const rungs = RUNGS.map(([heightPx, bitrateKbps]) => ({
    video: { codec: "h264", widthPx: 0, heightPx, bitrateKbps, resolutionAdaptive: true, framesPerSecond: 24 },
    audio: { ...AAC, bitrateKbps: 48 },
  }));
  expect(presetTemplate("adaptive-streaming", definition)).toMatchObject({ params: { ...params, rungs } });
});

test.each([
  ["LongVideoPreset", 10],
  ["SimpleAesEncryptPreset", 12],
])("%s is an adaptive stream, a sprite and a cover", (name, template) => {
  expect(presetProcedure(name)?.steps).toMatchObject([
    { operation: "adaptive-streaming", template },
    { operation: "sprite", template: 10 },
    { operation: "cover", template: 10 },
  ]);
});

/** Width, height, kbps of picture and sound together, of sound, profile */
const STEPS: [number, number, number, number, string][] = [
  [1920, 1080, 3660, 160, "high"],
  [1280, 720, 1728, 128, "main"],
  [854, 480, 800, 96, "baseline"],
  [640, 480, 620, 64, "baseline"],
  [640, 360, 520, 64, "baseline"],
  [320, 240, 240, 64, "baseline"],
];
function named(name: string) {
  return PRESET_TEMPLATES.filter((one) => one.name === name);
}
test.each([
  ...STEPS.flatMap((step) => ["mp4", "flv", "hls"].map((container) => ["bce", container, ...step] as const)),
  ["mct", "mp4", 640, 360, 600, 64, "baseline"] as const,
])("%s.video_%s_%ix%i_%ikbps", (vendor, container, widthPx, heightPx, kbps, audioKbps, profile) => {
  expect(named(`${vendor}.video_${container}_${widthPx}x${heightPx}_${kbps}kbps`)).toMatchObject([
    {
      kind: "transcode",
      params: {
        container,
        video: {
          ...{ codec: "h264", widthPx, heightPx, fill: "keep", resolutionAdaptive: true },
          ...{ framesPerSecond: 0, framesPerSecondMax: 30, bitrateKbps: kbps - audioKbps, profile },
        },
        audio: { ...AAC, bitrateKbps: audioKbps },
      },
    },
  ]);
});

test("the presets that are known by name alone", () => {
  expect(named("bce.video_hls_transmux")).toMatchObject([{ kind: "remux", params: { container: "hls" } }]);
  expect(named("bce.audio_mp3_320kbps")).toMatchObject([
    { kind: "audio", params: { container: "mp3", bitrateKbps: 320 } },
  ]);
  expect(named("bce.audio_hls_128kbps")).toMatchObject([
    { kind: "audio", params: { container: "hls", bitrateKbps: 128 } },
  ]);
  const byName = PRESET_TEMPLATES.filter(({ name }) => /^(bce|mct)\./.test(name));
  expect(byName).toHaveLength(22);
  // A number keeps its meaning: the first and the last of today.
  expect(byName[0]).toMatchObject({ definition: 900_001, name: "bce.video_mp4_1920x1080_3660kbps" });
  expect(byName[21]).toMatchObject({ definition: 900_022, name: "bce.audio_hls_128kbps" });
});
