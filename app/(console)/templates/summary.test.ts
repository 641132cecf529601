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
  tiles: (columns, rows) => `${columns} × ${rows} tiles`,
  quality: (crf) => `quality ${crf}`,
  copied: "not encoded again",
  noVideo: "no picture",
  noAudio: "no sound",
};

function aTemplate(kind: Template["kind"], params: object): Template {
  return template.parse({ kind, params });
}

test("a preset rendition says container, codec, size and rates", () => {
  const preset = presetTemplate("transcode", 100030);
  expect(preset && summaryOf(preset, WORDS)).toBe("MP4 · H264 · 720p · 25 fps · 1800 kbps · AAC 128");
});

test.each<[Template["kind"], object, string]>([
  [
    "transcode",
    { audio: null, video: { rateMode: "crf", crf: 23 } },
    "MP4 · H264 · source size · quality 23 · no sound",
  ],
  ["transcode", { video: null }, "MP4 · no picture · AAC"],
  ["transcode", { video: { widthPx: 640 } }, "MP4 · H264 · 640 px wide · AAC"],
  ["remux", { container: "hls" }, "HLS · not encoded again"],
  ["audio", { container: "mp3", bitrateKbps: 128 }, "MP3 · 128"],
  ["audio", { container: "m4a" }, "M4A"],
  ["snapshot", { format: "png", widthPx: 320, heightPx: 180 }, "PNG · 320 × 180"],
  ["sampled-snapshot", {}, "JPG · source size · every 10 %"],
  ["sprite", {}, "JPG · 10 × 10 tiles · 142 × 80 · every 10 s"],
  ["adaptive-streaming", {}, "HLS · 360p / 540p / 720p"],
  ["adaptive-streaming", { rungs: [{}, { video: null }] }, "HLS · source size / no picture"],
  ["watermark", { mark: { type: "image", assetId: "a" }, opacityPercent: 40 }, "IMAGE · TOPLEFT · 40 %"],
  ["watermark", { mark: { type: "text", text: "© me" }, origin: "bottom" }, "TEXT · © me · BOTTOM"],
  ["animated-graphic", { format: "webp", heightPx: 240 }, "WEBP · 240p · 2 fps · quality 75"],
])("%s %j reads %s", (kind, params, text) => {
  expect(summaryOf(aTemplate(kind, params), WORDS)).toBe(text);
});
