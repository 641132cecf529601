import { z } from "zod";
import { headTailTemplateParams } from "./modifiers/head-tail/schema.ts";
import { watermarkTemplateParams } from "./modifiers/watermark/schema.ts";
import { adaptiveStreamingTemplateParams } from "./operations/adaptive-streaming/schema.ts";
import { animatedGraphicTemplateParams } from "./operations/animated-graphic/schema.ts";
import { audioTemplateParams } from "./operations/audio/schema.ts";
import { healthCheckTemplateParams } from "./operations/health-check/schema.ts";
import { inspectionTemplateParams } from "./operations/inspection/schema.ts";
import type { StepKind } from "./operations/operation.ts";
import { remuxTemplateParams } from "./operations/remux/schema.ts";
import { sampledSnapshotTemplateParams } from "./operations/sampled-snapshot/schema.ts";
import { snapshotTemplateParams } from "./operations/snapshot/schema.ts";
import { spriteTemplateParams } from "./operations/sprite/schema.ts";
import { transcodeTemplateParams } from "./operations/transcode/schema.ts";

/** Named parameters of one kind. */
export const template = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("transcode"), params: transcodeTemplateParams }),
  z.strictObject({ kind: z.literal("remux"), params: remuxTemplateParams }),
  z.strictObject({ kind: z.literal("audio"), params: audioTemplateParams }),
  z.strictObject({ kind: z.literal("snapshot"), params: snapshotTemplateParams }),
  z.strictObject({ kind: z.literal("sampled-snapshot"), params: sampledSnapshotTemplateParams }),
  z.strictObject({ kind: z.literal("sprite"), params: spriteTemplateParams }),
  z.strictObject({ kind: z.literal("animated-graphic"), params: animatedGraphicTemplateParams }),
  z.strictObject({ kind: z.literal("adaptive-streaming"), params: adaptiveStreamingTemplateParams }),
  z.strictObject({ kind: z.literal("inspection"), params: inspectionTemplateParams }),
  z.strictObject({ kind: z.literal("health-check"), params: healthCheckTemplateParams }),
  z.strictObject({ kind: z.literal("watermark"), params: watermarkTemplateParams }),
  z.strictObject({ kind: z.literal("head-tail"), params: headTailTemplateParams }),
]);
export type Template = z.output<typeof template>;
export type TemplateKind = Template["kind"];

export const TEMPLATE_KINDS = template.options.map((option) => option.shape.kind.value);

/** Templates of one family share one numbering: the wire knows transcode, remux and audio as one. */
const FAMILY_OF = {
  transcode: "transcode",
  remux: "transcode",
  audio: "transcode",
  snapshot: "snapshot",
  "sampled-snapshot": "sampled-snapshot",
  sprite: "sprite",
  "animated-graphic": "animated-graphic",
  "adaptive-streaming": "adaptive-streaming",
  inspection: "inspection",
  "health-check": "health-check",
  watermark: "watermark",
  "head-tail": "head-tail",
} as const satisfies Record<TemplateKind, string>;
export type TemplateFamily = (typeof FAMILY_OF)[TemplateKind];

export const TEMPLATE_FAMILIES: readonly TemplateFamily[] = [...new Set(Object.values(FAMILY_OF))];

export function familyOf(kind: TemplateKind): TemplateFamily {
  return FAMILY_OF[kind];
}

/** Kind of the templates an operation takes. */
export const TEMPLATE_KIND_OF: Record<StepKind, TemplateKind> = {
  transcode: "transcode",
  remux: "remux",
  audio: "audio",
  snapshot: "snapshot",
  cover: "snapshot",
  "sampled-snapshot": "sampled-snapshot",
  sprite: "sprite",
  "animated-graphic": "animated-graphic",
  "adaptive-streaming": "adaptive-streaming",
  inspection: "inspection",
  "health-check": "health-check",
};

/** Custom templates are numbered from here, above every preset; those known by name alone begin at 900,001. */
export const CUSTOM_DEFINITION_MIN = 1_000_001;

/** A template as the product lists it, preset or custom. */
export type StoredTemplate = Template & {
  definition: number;
  family: TemplateFamily;
  name: string;
  comment: string;
  preset: boolean;
  /** Of a custom template; a preset never changes. */
  version: number | null;
};

export const TEMPLATE_NAME_MAX = 64;
export const TEMPLATE_COMMENT_MAX = 256;

/** What a custom template is called, beside its number; several may have the same. */
export const templateName = z.string().trim().min(1).max(TEMPLATE_NAME_MAX);
export const templateComment = z.string().trim().max(TEMPLATE_COMMENT_MAX);
