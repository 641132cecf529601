/**
 * Numbers and names of the public tables that stand for what is not made here. They are no presets: nothing lists them, and
 * no template of our own can have them. Who names one is told what it would need, rather than that there is no such thing.
 */
import type { ErrorCode } from "../error.ts";
import type { TemplateFamily } from "../template.ts";

const NEEDS = { drm: "NEEDS_DRM", ai: "NEEDS_AI" } as const satisfies Record<string, ErrorCode>;
type Need = keyof typeof NEEDS;

/** Kinds of the public tables that none of our operations is. */
const AI_FAMILIES = ["content-review", "content-analysis", "content-recognition"] as const;
type ReservedFamily = TemplateFamily | (typeof AI_FAMILIES)[number];

interface ReservedTemplate {
  family: ReservedFamily;
  definition: number;
  name: string;
  needs: Need;
}

/**
 * The other cloud knows these by name alone; the numbers are our own, behind those of its presets. A new one goes to the
 * end, so that a number keeps its meaning.
 */
const NAMED_ALONE = [
  ...["720p_h264_sr", "1080p_h264_sr", "1440p_h264_sr", "4k_h265_sr", "4k_h265_sr_hdr", "4k_h265_sr_hdr_cz"],
  ...["scratch", "scratch_noise", "scratch_noise_color", "scratch_noise_enhan"].map((name) => `follow_${name}`),
].map((name, index) => ({ definition: 900_501 + index, name: `mcp.video_mp4_${name}` }));

export const RESERVED_TEMPLATES: readonly ReservedTemplate[] = [
  ...[
    { definition: 11, name: "Adpative-HLS-FairPlay" },
    { definition: 13, name: "Adpative-HLS-Widevine" },
    { definition: 21, name: "Adaptive-DASH-Widevine" },
    { definition: 31, name: "SDMC-Adaptive-HLS-FairPlay" },
    { definition: 41, name: "SDMC-Adaptive-Widevine" },
  ].map((one) => ({ ...one, family: "adaptive-streaming" as const, needs: "drm" as const })),
  ...NAMED_ALONE.map((one) => ({ ...one, family: "transcode" as const, needs: "ai" as const })),
  ...(
    [
      ["content-review", 10],
      ["content-review", 20],
      ["content-analysis", 10],
      ["content-analysis", 20],
      ["content-recognition", 10],
    ] as const
  ).map(([family, definition]) => ({ family, definition, name: `${family} ${definition}`, needs: "ai" as const })),
];

/** Why a template that is not there is not; undefined where it just does not exist. */
export function reservedTemplate(family: ReservedFamily, definition: number): ErrorCode | undefined {
  const found = RESERVED_TEMPLATES.find((one) => one.family === family && one.definition === definition);
  return found && NEEDS[found.needs];
}

const RESERVED_PROCEDURES: Readonly<Record<string, Need>> = {
  WidevineFairPlayPreset: "drm",
  "SDMC-WidevineFairPlayPreset": "drm",
};

export function reservedProcedure(name: string): ErrorCode | undefined {
  const needs = Object.hasOwn(RESERVED_PROCEDURES, name) ? RESERVED_PROCEDURES[name] : undefined;
  return needs && NEEDS[needs];
}
