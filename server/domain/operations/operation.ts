import { z } from "zod";
import { audioParams, audioUseParams } from "./audio/schema.ts";
import { coverParams, coverUseParams } from "./cover/schema.ts";
import { remuxParams, remuxUseParams } from "./remux/schema.ts";
import { sampledSnapshotParams, sampledSnapshotUseParams } from "./sampled-snapshot/schema.ts";
import { snapshotParams, snapshotUseParams } from "./snapshot/schema.ts";
import { spriteParams, spriteUseParams } from "./sprite/schema.ts";
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
} as const satisfies Record<OperationKind, z.ZodObject>;

/** What is said at each use of a template of this kind, rather than in it. */
export function useParamsOf<K extends OperationKind>(kind: K): (typeof USE_PARAMS)[K] {
  return USE_PARAMS[kind];
}
