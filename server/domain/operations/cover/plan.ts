import type { Failure } from "../../error.ts";
import type { Plan, PlanContext } from "../../plan.ts";
import { ok, type Result } from "../../result.ts";
import { planPictures } from "../snapshot/plan.ts";
import type { CoverParams } from "./schema.ts";

/** A snapshot that becomes the media's cover. */
export function planCover({ position, ...look }: CoverParams, context: PlanContext): Result<Plan, Failure> {
  const plan = planPictures(look, [position], context);
  return plan.ok ? ok({ ...plan.value, setsCover: true }) : plan;
}
