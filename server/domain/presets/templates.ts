import { animatedGraphicTemplateParams } from "../operations/animated-graphic/schema.ts";
import { audioTemplateParams } from "../operations/audio/schema.ts";
import { healthCheckTemplateParams } from "../operations/health-check/schema.ts";
import { inspectionTemplateParams } from "../operations/inspection/schema.ts";
import { remuxTemplateParams } from "../operations/remux/schema.ts";
import { sampledSnapshotTemplateParams } from "../operations/sampled-snapshot/schema.ts";
import { snapshotTemplateParams } from "../operations/snapshot/schema.ts";
import { spriteTemplateParams } from "../operations/sprite/schema.ts";
import type { StoredTemplate, TemplateFamily } from "../template.ts";
import { ADAPTIVE_PRESETS } from "./adaptive.ts";
import { BCE_PRESETS } from "./bce.ts";
import { preset } from "./preset.ts";
import { RENDITION_PRESETS } from "./renditions.ts";

/** 875 and 876 are current, 9 and 6 what older callers send. */
const remuxes = [
  { definition: 875, container: "mp4", name: "Remux-MP4", comment: "remux" },
  { definition: 876, container: "hls", name: "Remux-HLS", comment: "remux" },
  { definition: 9, container: "mp4", name: "Remux-MP4-Legacy", comment: "legacyRemux" },
  { definition: 6, container: "hls", name: "Remux-HLS-Legacy", comment: "legacyRemux" },
].map(({ definition, container, name, comment }) =>
  preset(definition, name, comment, {
    kind: "remux",
    params: remuxTemplateParams.parse({ container }),
  }),
);

const audios = [
  { definition: 1100, container: "m4a", kbps: 24 },
  { definition: 1110, container: "m4a", kbps: 48 },
  { definition: 1120, container: "m4a", kbps: 96 },
  { definition: 1130, container: "m4a", kbps: 192 },
  { definition: 1140, container: "m4a", kbps: 256 },
  { definition: 1010, container: "mp3", kbps: 128 },
  { definition: 1020, container: "mp3", kbps: 320 },
].map(({ definition, container, kbps }) =>
  preset(definition, `${container.toUpperCase()}-${kbps}K`, "audio", {
    kind: "audio",
    params: audioTemplateParams.parse({ container, bitrateKbps: kbps, sampleRateHz: 44_100 }),
  }),
);

const pictures = [
  preset(10, "TimepointScreenshot", "snapshot", {
    kind: "snapshot",
    params: snapshotTemplateParams.parse({ fill: "stretch" }),
  }),
  preset(10, "SampledScreenshot", "sampledSnapshot", {
    kind: "sampled-snapshot",
    params: sampledSnapshotTemplateParams.parse({ fill: "stretch", interval: { unit: "percent", value: 10 } }),
  }),
  preset(10, "SpriteScreenshot", "sprite", {
    kind: "sprite",
    params: spriteTemplateParams.parse({
      interval: { unit: "seconds", value: 10 },
      ...{ rows: 10, columns: 10, widthPx: 142, heightPx: 80, fill: "black" },
    }),
  }),
];

const animatedGraphics = [
  preset(20_000, "AnimatedGraphic-GIF", "animatedGraphic", {
    kind: "animated-graphic",
    params: animatedGraphicTemplateParams.parse({ format: "gif", framesPerSecond: 2 }),
  }),
  preset(20_001, "AnimatedGraphic-WEBP", "animatedGraphic", {
    kind: "animated-graphic",
    params: animatedGraphicTemplateParams.parse({ format: "webp", framesPerSecond: 2 }),
  }),
];

/** What the public tables do not have is numbered from 900001 on: above all of theirs, and below custom templates. */
const more = [
  preset(900_001, "SceneScreenshot", "scenes", {
    kind: "sampled-snapshot",
    params: sampledSnapshotTemplateParams.parse({ interval: { unit: "scenes" } }),
  }),
  preset(900_002, "EvenScreenshot-9", "evenScreenshots", {
    kind: "sampled-snapshot",
    params: sampledSnapshotTemplateParams.parse({ interval: { unit: "count", count: 9 } }),
  }),
  preset(900_001, "SpriteScreenshot-Even", "evenSprite", {
    kind: "sprite",
    params: spriteTemplateParams.parse({ interval: { unit: "count", count: 100 } }),
  }),
  ...[
    { definition: 900_001, format: "gif", name: "Highlight-GIF", heightPx: 240, framesPerSecond: 10 },
    { definition: 900_002, format: "webp", name: "Highlight-WEBP", heightPx: 360, framesPerSecond: 10 },
    { definition: 900_003, format: "mp4", name: "Highlight-MP4", heightPx: 360, framesPerSecond: 25 },
  ].map(({ definition, name, ...look }) =>
    preset(definition, name, "highlight", {
      kind: "animated-graphic",
      params: animatedGraphicTemplateParams.parse({ ...look, highlight: {} }),
    }),
  ),
];

const examinations = [
  preset(10, "Inspection", "inspection", { kind: "inspection", params: inspectionTemplateParams.parse({}) }),
  preset(20, "Inspection-Strict", "strictInspection", {
    kind: "inspection",
    params: inspectionTemplateParams.parse({
      ...{ black: { minSeconds: 0.5 }, frozen: { minSeconds: 2 }, silent: { minSeconds: 1 } },
      ...{ interlacing: { minSeconds: 0.5 }, blur: { minSeconds: 1 }, blockiness: { minSeconds: 1, blockinessMax: 2 } },
      ...{ clipping: { peakDb: 0 }, duration: { toleranceSeconds: 0.2 } },
    }),
  }),
  preset(10, "HealthCheck", "healthCheck", { kind: "health-check", params: healthCheckTemplateParams.parse({}) }),
];

/** Templates every application has. They are code rather than rows: the same everywhere, and never edited. */
export const PRESET_TEMPLATES: readonly StoredTemplate[] = [
  ...RENDITION_PRESETS,
  ...remuxes,
  ...audios,
  ...pictures,
  ...animatedGraphics,
  ...ADAPTIVE_PRESETS,
  ...BCE_PRESETS,
  ...more,
  ...examinations,
];

const byFamilyAndDefinition = new Map(PRESET_TEMPLATES.map((one) => [`${one.family} ${one.definition}`, one]));

export function presetTemplate(family: TemplateFamily, definition: number): StoredTemplate | undefined {
  return byFamilyAndDefinition.get(`${family} ${definition}`);
}
