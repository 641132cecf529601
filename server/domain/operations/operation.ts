import { z } from "zod";
import type { Failure } from "../error.ts";
import type { Plan, PlanContext } from "../plan.ts";
import type { ScratchFiles } from "../report/scratch-files.ts";
import type { Result } from "../result.ts";
import { planAdaptiveStreaming } from "./adaptive-streaming/plan.ts";
import { adaptiveStreamingParams, adaptiveStreamingUseParams } from "./adaptive-streaming/schema.ts";
import { planAnimatedGraphic } from "./animated-graphic/plan.ts";
import { animatedGraphicParams, animatedGraphicUseParams } from "./animated-graphic/schema.ts";
import { planAudio } from "./audio/plan.ts";
import { audioParams, audioUseParams } from "./audio/schema.ts";
import { planCompose } from "./compose/plan.ts";
import { composeParams } from "./compose/schema.ts";
import { planCover } from "./cover/plan.ts";
import { coverParams, coverUseParams } from "./cover/schema.ts";
import { planEdit, planSplit } from "./edit/plan.ts";
import { editParams, splitParams } from "./edit/schema.ts";
import { continueHealthCheck } from "./health-check/continue.ts";
import { planHealthCheck } from "./health-check/plan.ts";
import { healthCheckParams, healthCheckUseParams } from "./health-check/schema.ts";
import { continueInspection } from "./inspection/continue.ts";
import { planInspection } from "./inspection/plan.ts";
import { inspectionParams, inspectionUseParams } from "./inspection/schema.ts";
import { planRemux } from "./remux/plan.ts";
import { remuxParams, remuxUseParams } from "./remux/schema.ts";
import { planSampledSnapshot } from "./sampled-snapshot/plan.ts";
import { sampledSnapshotParams, sampledSnapshotUseParams } from "./sampled-snapshot/schema.ts";
import { planSnapshot } from "./snapshot/plan.ts";
import { snapshotParams, snapshotUseParams } from "./snapshot/schema.ts";
import { planSprite } from "./sprite/plan.ts";
import { spriteParams, spriteUseParams } from "./sprite/schema.ts";
import { planTranscode } from "./transcode/plan.ts";
import { transcodeParams, transcodeUseParams } from "./transcode/schema.ts";

/** One kind of work, with everything it needs: what its template says and what is said at each use. */
export const operation = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("transcode"), params: transcodeParams }),
  z.strictObject({ kind: z.literal("remux"), params: remuxParams }),
  z.strictObject({ kind: z.literal("audio"), params: audioParams }),
  z.strictObject({ kind: z.literal("snapshot"), params: snapshotParams }),
  z.strictObject({ kind: z.literal("cover"), params: coverParams }),
  z.strictObject({ kind: z.literal("sampled-snapshot"), params: sampledSnapshotParams }),
  z.strictObject({ kind: z.literal("sprite"), params: spriteParams }),
  z.strictObject({ kind: z.literal("animated-graphic"), params: animatedGraphicParams }),
  z.strictObject({ kind: z.literal("adaptive-streaming"), params: adaptiveStreamingParams }),
  z.strictObject({ kind: z.literal("inspection"), params: inspectionParams }),
  z.strictObject({ kind: z.literal("health-check"), params: healthCheckParams }),
  z.strictObject({ kind: z.literal("edit"), params: editParams }),
  z.strictObject({ kind: z.literal("split"), params: splitParams }),
  z.strictObject({ kind: z.literal("compose"), params: composeParams }),
]);
export type Operation = z.output<typeof operation>;
export type OperationKind = Operation["kind"];

export const OPERATION_KINDS = operation.options.map((option) => option.shape.kind.value);

/**
 * What they make is a media of its own, not an output of the one they work on. They speak of certain media and certain
 * seconds, so no template or procedure holds them.
 */
const MEDIA_MAKING_KINDS = ["edit", "split", "compose"] as const satisfies readonly OperationKind[];
type MediaMakingKind = (typeof MEDIA_MAKING_KINDS)[number];
/** The kinds that steps of a procedure may be of. */
export type StepKind = Exclude<OperationKind, MediaMakingKind>;

/** Of any text, as kinds are stored. */
export function makesMedia(kind: string): kind is MediaMakingKind {
  return MEDIA_MAKING_KINDS.some((making) => making === kind);
}

function isStepKind(kind: OperationKind): kind is StepKind {
  return !makesMedia(kind);
}

export const STEP_KINDS = OPERATION_KINDS.filter(isStepKind);

const USE_PARAMS = {
  transcode: transcodeUseParams,
  remux: remuxUseParams,
  audio: audioUseParams,
  snapshot: snapshotUseParams,
  cover: coverUseParams,
  "sampled-snapshot": sampledSnapshotUseParams,
  sprite: spriteUseParams,
  "animated-graphic": animatedGraphicUseParams,
  "adaptive-streaming": adaptiveStreamingUseParams,
  inspection: inspectionUseParams,
  "health-check": healthCheckUseParams,
} as const satisfies Record<StepKind, z.ZodObject>;

/** What is said at each use of a template of this kind, rather than in it. */
export function useParamsOf<K extends StepKind>(kind: K): (typeof USE_PARAMS)[K] {
  return USE_PARAMS[kind];
}

/** Whether its plan depends on the key frames of the source, which probing does not find: the whole file has to be read. */
export function needsKeyFrames({ kind, params }: Operation): boolean {
  return kind === "adaptive-streaming" && params.copyFittingRung;
}

/** Pure: the same operation on the same media is the same plan. */
export function planOperation(operation: Operation, context: PlanContext): Result<Plan, Failure> {
  switch (operation.kind) {
    case "transcode":
      return planTranscode(operation.params, context);
    case "remux":
      return planRemux(operation.params, context);
    case "audio":
      return planAudio(operation.params, context);
    case "snapshot":
      return planSnapshot(operation.params, context);
    case "cover":
      return planCover(operation.params, context);
    case "sampled-snapshot":
      return planSampledSnapshot(operation.params, context);
    case "sprite":
      return planSprite(operation.params, context);
    case "animated-graphic":
      return planAnimatedGraphic(operation.params, context);
    case "adaptive-streaming":
      return planAdaptiveStreaming(operation.params, context);
    case "inspection":
      return planInspection(operation.params, context);
    case "health-check":
      return planHealthCheck(operation.params, context);
    case "edit":
      return planEdit(operation.params, context);
    case "split":
      return planSplit(operation.params, context);
    case "compose":
      return planCompose(operation.params, context);
  }
}

/** The second plan of an operation whose first one `continues`, by what that found: as pure as the first. */
export async function continueOperation(
  operation: Operation,
  context: PlanContext,
  files: ScratchFiles,
): Promise<Plan> {
  if (operation.kind === "inspection") return continueInspection(operation.params, context, files);
  if (operation.kind === "health-check") return continueHealthCheck(operation.params, context, files);
  throw new Error(`A plan of ${operation.kind} does not continue`);
}
