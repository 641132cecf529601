import { adaptiveStreamingTemplateParams } from "../operations/adaptive-streaming/schema.ts";
import type { StoredTemplate } from "../template.ts";
import { preset } from "./preset.ts";

/** The six rungs of every adaptive preset. */
const RUNGS = [
  { shortSidePx: 240, kbps: 256 },
  { shortSidePx: 480, kbps: 512 },
  { shortSidePx: 720, kbps: 1024 },
  { shortSidePx: 1080, kbps: 2500 },
  { shortSidePx: 1440, kbps: 3072 },
  { shortSidePx: 2160, kbps: 6144 },
].map(({ shortSidePx, kbps }) => ({
  video: { heightPx: shortSidePx, bitrateKbps: kbps, framesPerSecond: 24 },
  audio: { bitrateKbps: 48, sampleRateHz: 44_100 },
}));

/** Names are spelled as the cloud's console spells them: callers look templates up by them. */
export const ADAPTIVE_PRESETS: readonly StoredTemplate[] = [
  { definition: 10, name: "Adpative-HLS", comment: "adaptiveHls", params: { disableHigherResolution: true } },
  {
    definition: 12,
    name: "Adpative-HLS-Encrypt",
    comment: "adaptiveHlsEncrypted",
    params: { encryption: "aes-128", disableHigherResolution: true },
  },
  {
    definition: 20,
    name: "Adaptive-DASH",
    comment: "adaptiveDash",
    params: { container: "dash", segmentType: "fmp4", disableHigherResolution: false },
  },
].map(({ definition, name, comment, params }) =>
  preset(definition, name, comment, {
    kind: "adaptive-streaming",
    params: adaptiveStreamingTemplateParams.parse({ rungs: RUNGS, ...params }),
  }),
);
