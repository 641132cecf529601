import type { Failure } from "../../error.ts";
import { displaySizeOf, type MediaInfo } from "../../media.ts";
import { clip } from "../../operations/edit/schema.ts";
import { type Stretch, stretchesOf } from "../../operations/edit/stretches.ts";
import type { Fill, Size } from "../../operations/picture-size.ts";
import { mediaFile, type PlanContext } from "../../plan.ts";
import { ok, type Result } from "../../result.ts";
import type { HeadTail } from "./schema.ts";

/** What is shown before or after the main part, and how it is brought into its frame. */
export interface Bracket {
  stretch: Stretch;
  fill: Fill;
}

export interface Brackets {
  heads: Bracket[];
  tails: Bracket[];
}

export function chooseBrackets(
  headTails: readonly HeadTail[],
  frame: Size,
  context: PlanContext,
): Result<Brackets, Failure> {
  const brackets: Brackets = { heads: [], tails: [] };
  for (const headTail of headTails) {
    for (const end of ["heads", "tails"] as const) {
      const chosen = nearestShape(headTail[end], frame, context);
      if (chosen === undefined) continue;
      const stretches = stretchesOf([clip.parse(chosen)], context);
      if (!stretches.ok) return stretches;
      brackets[end].push(...stretches.value.map((stretch) => ({ stretch, fill: headTail.fill })));
    }
  }
  return ok(brackets);
}

function nearestShape<C extends { mediaId: string }>(candidates: readonly C[], frame: Size, context: PlanContext) {
  const distances = candidates.map(({ mediaId }) => distanceOf(mediaFile(context, mediaId).info, frame));
  return candidates[distances.indexOf(Math.min(...distances))];
}

/** Twice as wide is as far as half as wide. Sound alone has no shape. */
function distanceOf({ video }: MediaInfo, frame: Size): number {
  if (video === null) return Number.POSITIVE_INFINITY;
  const shape = ({ widthPx, heightPx }: Size) => Math.log(widthPx / heightPx);
  return Math.abs(shape(displaySizeOf(video)) - shape(frame));
}
