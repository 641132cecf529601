import { transcodeTemplateParams } from "../operations/transcode/schema.ts";
import type { StoredTemplate } from "../template.ts";
import { preset } from "./preset.ts";

/** Current generation: the short side is fixed and the long one follows, whichever way the video is held. */
const CURRENT = [
  { mp4: 100010, hls: 100210, clarity: "FLU-360P", shortSidePx: 360, videoKbps: 400, audioKbps: 64 },
  { mp4: 100020, hls: 100220, clarity: "SD-540P", shortSidePx: 540, videoKbps: 1000, audioKbps: 64 },
  { mp4: 100030, hls: 100230, clarity: "HD-720P", shortSidePx: 720, videoKbps: 1800, audioKbps: 128 },
  { mp4: 100040, hls: 100240, clarity: "FHD-1080P", shortSidePx: 1080, videoKbps: 2500, audioKbps: 128 },
  { mp4: 100070, hls: 100270, clarity: "2K-1440P", shortSidePx: 1440, videoKbps: 3000, audioKbps: 160 },
  { mp4: 100080, hls: 100280, clarity: "4K-2160P", shortSidePx: 2160, videoKbps: 6000, audioKbps: 160 },
];

/** Legacy generation, H.264. The sides are literal: these numbers are older than the idea of a short side. */
const LEGACY_H264 = [
  { mp4: 10, hls: 210, flv: 10_046, clarity: "FLU", size: { widthPx: 320 }, kbps: 256, fps: 24 },
  { mp4: 20, hls: 220, flv: 10_047, clarity: "SD", size: { widthPx: 640 }, kbps: 512, fps: 24 },
  { mp4: 30, hls: 230, flv: 10_048, clarity: "HD", size: { widthPx: 1280 }, kbps: 1024, fps: 24 },
  { mp4: 40, hls: 240, flv: 10_049, clarity: "FHD", size: { widthPx: 1920 }, kbps: 2500, fps: 24 },
  { mp4: 70, hls: 270, flv: 370, clarity: "2K", size: { heightPx: 1440 }, kbps: 3072, fps: 30 },
  { mp4: 80, hls: 280, flv: 380, clarity: "4K", size: { heightPx: 2160 }, kbps: 6144, fps: 30 },
];

/** Legacy generation, H.265. Its FLV members need an ffmpeg that knows where H.265 goes in FLV: 6.1 or newer. */
const LEGACY_H265 = [
  { mp4: 510, hls: 610, flv: 710, clarity: "FLU", size: { heightPx: 240 }, kbps: 250, fps: 15 },
  { mp4: 520, hls: 620, flv: 720, clarity: "SD", size: { heightPx: 480 }, kbps: 600, fps: 24 },
  { mp4: 530, hls: 630, flv: 730, clarity: "HD", size: { heightPx: 720 }, kbps: 800, fps: 25 },
  { mp4: 540, hls: 640, flv: 740, clarity: "FHD", size: { heightPx: 1080 }, kbps: 1400, fps: 30 },
  { mp4: 570, hls: 670, flv: 770, clarity: "2K", size: { heightPx: 1440 }, kbps: 2048, fps: 30 },
  { mp4: 580, hls: 680, flv: 780, clarity: "4K", size: { heightPx: 2160 }, kbps: 4096, fps: 30 },
];

const CONTAINERS = ["mp4", "hls", "flv"] as const;
type Container = (typeof CONTAINERS)[number];

/** Sizes of the current generation, each with as many bits as its content needs. Sound of 0 kbps has its usual rate. */
const CONTENT_ADAPTIVE = [
  { definition: 100800, clarity: "SAME", shortSidePx: 0, audioKbps: 0 },
  { definition: 100810, clarity: "FLU-360P", shortSidePx: 360, audioKbps: 64 },
  { definition: 100820, clarity: "SD-540P", shortSidePx: 540, audioKbps: 64 },
  { definition: 100830, clarity: "HD-720P", shortSidePx: 720, audioKbps: 128 },
  { definition: 100840, clarity: "FHD-1080P", shortSidePx: 1080, audioKbps: 128 },
];

function current(container: "mp4" | "hls"): StoredTemplate[] {
  return CURRENT.map(({ clarity, shortSidePx, videoKbps, audioKbps, ...definitions }) => {
    const params = transcodeTemplateParams.parse({
      container,
      video: { framesPerSecond: 25, bitrateKbps: videoKbps, heightPx: shortSidePx },
      audio: { bitrateKbps: audioKbps, sampleRateHz: 44_100 },
    });
    const name = `${container.toUpperCase()}-${clarity}`;
    return preset(definitions[container], name, "rendition", { kind: "transcode", params });
  });
}

function contentAdaptive({ definition, clarity, shortSidePx, audioKbps }: (typeof CONTENT_ADAPTIVE)[number]) {
  const params = transcodeTemplateParams.parse({
    container: "mp4",
    video: { framesPerSecond: 25, contentAdaptive: {}, heightPx: shortSidePx },
    audio: { bitrateKbps: audioKbps, sampleRateHz: 44_100 },
  });
  return preset(definition, `MP4-TEHD-${clarity}`, "contentAdaptive", { kind: "transcode", params });
}

interface LegacyRow {
  clarity: string;
  size: { widthPx?: number; heightPx?: number };
  kbps: number;
  fps: number;
}

function legacy(definition: number, container: Container, codec: "h264" | "h265", row: LegacyRow): StoredTemplate {
  const params = transcodeTemplateParams.parse({
    container,
    video: {
      codec,
      ...row.size,
      resolutionAdaptive: false,
      framesPerSecond: row.fps,
      bitrateKbps: row.kbps,
      gop: 240,
      profile: codec === "h264" ? "high" : "default",
    },
    // The tables give MP3 to H.264 in FLV alone.
    audio: { codec: container === "flv" && codec === "h264" ? "mp3" : "aac", bitrateKbps: 48, sampleRateHz: 44_100 },
  });
  const codecWord = codec === "h264" ? "" : "-H265";
  const name = `${container.toUpperCase()}${codecWord}-${row.clarity}`;
  return preset(definition, name, "legacyRendition", { kind: "transcode", params });
}

export const RENDITION_PRESETS: readonly StoredTemplate[] = [
  ...current("mp4"),
  ...current("hls"),
  ...CONTENT_ADAPTIVE.map(contentAdaptive),
  ...LEGACY_H264.flatMap((row) => CONTAINERS.map((container) => legacy(row[container], container, "h264", row))),
  ...LEGACY_H265.flatMap((row) => CONTAINERS.map((container) => legacy(row[container], container, "h265", row))),
];
