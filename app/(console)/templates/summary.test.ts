import { expect, test } from "vitest";
import { presetTemplate } from "#domain/presets/templates.ts";
import { type Template, template } from "#domain/template.ts";
import { type SummaryWords, summaryOf } from "./summary.ts";

const WORDS: SummaryWords = {
  value: (_, value) => String(value).toUpperCase(),
  sourceSize: "source size",
  wide: (px) => `${px} px wide`,
  everySeconds: (seconds) => `every ${seconds} s`,
  everyPercent: (percent) => `every ${percent} %`,
  evenly: (count) => `${count} pictures`,
  everyScene: "every scene",
  highlight: (parts, seconds) => `${parts} × ${seconds} s`,
  tiles: (columns, rows) => `${columns} × ${rows} tiles`,
  quality: (crf) => `quality ${crf}`,
  contentAdaptive: "content-adaptive",
  upTo: (most) => `up to ${most}`,
  copied: "not encoded again",
  noVideo: "no picture",
  noAudio: "no sound",
  check: (name) => name,
  heads: (count) => `${count} heads`,
  tails: (count) => `${count} tails`,
};

function aTemplate(kind: Template["kind"], params: object): Template {
  return template.parse({ kind, params });
}

test("a preset rendition says container, codec, size and rates", () => {
  const preset = presetTemplate("transcode", 100030);
  expect(preset && summaryOf(preset, WORDS)).toBe("MP4 · H264 · 720p · 25 fps · 1800 kbps · AAC 128");
  const adaptive = presetTemplate("transcode", 100830);
  expect(adaptive && summaryOf(adaptive, WORDS)).toBe("MP4 · H264 · 720p · 25 fps · content-adaptive · AAC 128");
});

test.each<[Template["kind"], object, string]>([
  [
    "transcode",
    { audio: null, video: { rateMode: "crf", crf: 23 } },
    "MP4 · H264 · source size · quality 23 · no sound",
  ],
  [
    "transcode",
    {
      playbackSpeed: 2,
      video: { fill: "keep", widthPx: 640, heightPx: 360, framesPerSecondMax: 30, bitrateKbps: 456 },
    },
    "MP4 · H264 · up to 640 × 360 · up to 30 fps · 456 kbps · AAC · 2×",
  ],
  [
    "transcode",
    { video: { fill: "keep", contentAdaptive: { bitrateKbpsMax: 900 } } },
    "MP4 · H264 · source size · content-adaptive · up to 900 kbps · AAC",
  ],
  [
    "transcode",
    { container: "webm", video: { codec: "vp9" }, audio: { codec: "opus" } },
    "WEBM · VP9 · source size · OPUS",
  ],
  ["transcode", { video: null }, "MP4 · no picture · AAC"],
  ["transcode", { video: { widthPx: 640 } }, "MP4 · H264 · 640 px wide · AAC"],
  ["inspection", { frozen: null, blur: null, blockiness: null }, "duration · black · interlacing · silent · clipping"],
  ["health-check", {}, "damage · gap · order · duration"],
  ["remux", { container: "hls" }, "HLS · not encoded again"],
  ["audio", { container: "mp3", bitrateKbps: 128 }, "MP3 · 128"],
  ["audio", { container: "m4a" }, "M4A"],
  ["snapshot", { format: "png", widthPx: 320, heightPx: 180 }, "PNG · 320 × 180"],
  ["sampled-snapshot", {}, "JPG · source size · every 10 %"],
  ["sampled-snapshot", { interval: { unit: "scenes" } }, "JPG · source size · every scene"],
  ["sprite", { interval: { unit: "count", count: 50 } }, "JPG · 10 × 10 tiles · 142 × 80 · 50 pictures"],
  ["sprite", {}, "JPG · 10 × 10 tiles · 142 × 80 · every 10 s"],
  ["adaptive-streaming", {}, "HLS · 360p / 540p / 720p"],
  ["adaptive-streaming", { rungs: [{}, { video: null }] }, "HLS · source size / no picture"],
  ["watermark", { mark: { type: "image", assetId: "a" }, opacityPercent: 40 }, "IMAGE · TOPLEFT · 40 %"],
  ["watermark", { mark: { type: "text", text: "© me" }, origin: "bottom" }, "TEXT · © me · BOTTOM"],
  ["animated-graphic", { format: "webp", heightPx: 240 }, "WEBP · 240p · 2 fps · quality 75"],
  ["animated-graphic", { format: "mp4", highlight: { parts: 3 } }, "MP4 · source size · 2 fps · quality 75 · 3 × 1 s"],
])("%s %j reads %s", (kind, params, text) => {
  expect(summaryOf(aTemplate(kind, params), WORDS)).toBe(text);
});

test("heads and tails say how many there are to choose from", () => {
  const heads = [{ mediaId: "a" }, { mediaId: "b" }];
  expect(summaryOf(aTemplate("head-tail", { heads }), WORDS)).toBe("2 heads · STRETCH");
});
