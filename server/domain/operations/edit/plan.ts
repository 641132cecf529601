import type { Failure } from "../../error.ts";
import type { Plan, PlanContext } from "../../plan.ts";
import { ok, type Result } from "../../result.ts";
import { copyStretches } from "./copy-stretches.ts";
import { encodeStretches } from "./encode-stretches.ts";
import { type EditParams, editParams, type SplitParams } from "./schema.ts";
import { stretchesOf } from "./stretches.ts";

/** Stretches of one or several media become one new media. */
export function planEdit(params: EditParams, context: PlanContext): Result<Plan, Failure> {
  const stretches = stretchesOf(params.clips, context);
  if (!stretches.ok) return stretches;
  const joined =
    params.cutMode === "exact"
      ? encodeStretches(params, stretches.value, context)
      : copyStretches(stretches.value, context);
  return joined.ok ? ok({ ...joined.value, newMedia: params.result }) : joined;
}

/** A part of a media is an edit of one clip. */
export function planSplit({ cutMode, result, ...offsets }: SplitParams, context: PlanContext): Result<Plan, Failure> {
  return planEdit(editParams.parse({ clips: [{ mediaId: null, ...offsets }], cutMode, result }), context);
}
