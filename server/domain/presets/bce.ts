import { audioTemplateParams } from "../operations/audio/schema.ts";
import { remuxTemplateParams } from "../operations/remux/schema.ts";
import { transcodeTemplateParams } from "../operations/transcode/schema.ts";
import type { StoredTemplate } from "../template.ts";
import { preset } from "./preset.ts";

/**
 * System presets of the other cloud, which knows them by name alone. They need numbers here: these are our own, in a range
 * that no public table uses. A new one goes to the end, so that a number keeps its meaning.
 */
const FIRST_DEFINITION = 900_001;

/** A step is named by its frame and by the rate of picture and sound together. */
const STEPS = [
  { widthPx: 1920, heightPx: 1080, kbps: 3660, audioKbps: 160, profile: "high" },
  { widthPx: 1280, heightPx: 720, kbps: 1728, audioKbps: 128, profile: "main" },
  { widthPx: 854, heightPx: 480, kbps: 800, audioKbps: 96, profile: "baseline" },
  { widthPx: 640, heightPx: 480, kbps: 620, audioKbps: 64, profile: "baseline" },
  { widthPx: 640, heightPx: 360, kbps: 520, audioKbps: 64, profile: "baseline" },
  { widthPx: 320, heightPx: 240, kbps: 240, audioKbps: 64, profile: "baseline" },
];
type Step = (typeof STEPS)[number];

function rendition(vendor: "bce" | "mct", container: "mp4" | "flv" | "hls", step: Step) {
  const { widthPx, heightPx, kbps, audioKbps, profile } = step;
  const params = transcodeTemplateParams.parse({
    container,
    // Frame and frame rate are limits: a smaller source is not enlarged, an upright one stands in an upright frame.
    video: {
      ...{ widthPx, heightPx, fill: "keep", framesPerSecondMax: 30 },
      ...{ bitrateKbps: kbps - audioKbps, profile },
    },
    audio: { bitrateKbps: audioKbps, sampleRateHz: 44_100 },
  });
  const name = `${vendor}.video_${container}_${widthPx}x${heightPx}_${kbps}kbps`;
  return { name, comment: "fittedRendition", template: { kind: "transcode" as const, params } };
}

export const BCE_PRESETS: readonly StoredTemplate[] = [
  ...STEPS.flatMap((step) => (["mp4", "flv", "hls"] as const).map((container) => rendition("bce", container, step))),
  rendition("mct", "mp4", { widthPx: 640, heightPx: 360, kbps: 600, audioKbps: 64, profile: "baseline" }),
  {
    name: "bce.video_hls_transmux",
    comment: "remux",
    template: { kind: "remux" as const, params: remuxTemplateParams.parse({ container: "hls" }) },
  },
  ...[
    { name: "bce.audio_mp3_320kbps", container: "mp3", bitrateKbps: 320 },
    { name: "bce.audio_hls_128kbps", container: "hls", bitrateKbps: 128 },
  ].map(({ name, container, bitrateKbps }) => ({
    name,
    comment: "audio",
    template: {
      kind: "audio" as const,
      params: audioTemplateParams.parse({ container, bitrateKbps, sampleRateHz: 44_100 }),
    },
  })),
].map(({ name, comment, template }, index) => preset(FIRST_DEFINITION + index, name, comment, template));
