import { z } from "zod";
import type { Failure } from "../error.ts";
import type { Plan, PlanContext } from "../plan.ts";
import type { Result } from "../result.ts";
import { planAdaptiveStreaming } from "./adaptive-streaming/plan.ts";
import { adaptiveStreamingParams, adaptiveStreamingUseParams } from "./adaptive-streaming/schema.ts";
import { planAnimatedGraphic } from "./animated-graphic/plan.ts";
import { animatedGraphicParams, animatedGraphicUseParams } from "./animated-graphic/schema.ts";
import { planAudio } from "./audio/plan.ts";
import { audioParams, audioUseParams } from "./audio/schema.ts";
import { planCover } from "./cover/plan.ts";
import { coverParams, coverUseParams } from "./cover/schema.ts";
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
]);
export type Operation = z.output<typeof operation>;
export type OperationKind = Operation["kind"];

export const OPERATION_KINDS = operation.options.map((option) => option.shape.kind.value);

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
} as const satisfies Record<OperationKind, z.ZodObject>;

/** What is said at each use of a template of this kind, rather than in it. */
export function useParamsOf<K extends OperationKind>(kind: K): (typeof USE_PARAMS)[K] {
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
  }
}
