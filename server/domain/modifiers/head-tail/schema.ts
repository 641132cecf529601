import { z } from "zod";

const CANDIDATES_MAX = 5;
const HEAD_TAILS_MAX = 10;

/** One video for several shapes of screens: that whose shape is nearest to the main one's is taken, of equals the first. */
const candidates = z
  .array(z.strictObject({ mediaId: z.string().min(1).max(64).meta({ media: true }) }))
  .max(CANDIDATES_MAX)
  .default([]);

const templateFields = {
  heads: candidates,
  tails: candidates,
  fill: z.enum(["stretch", "black", "white", "gauss"]).default("stretch"),
};

const templateParams = z.strictObject(templateFields);

function refuseNothing({ heads, tails }: z.output<typeof templateParams>, context: z.core.$RefinementCtx): void {
  if (heads.length + tails.length === 0)
    context.addIssue({ code: "custom", path: ["heads"], message: "headOrTailNeeded" });
}

export const headTailTemplateParams = templateParams.superRefine(refuseNothing);

const useFields = { template: z.int().min(0).meta({ template: "head-tail" }) };

/** What a step says. Several put their heads one after another, and their tails. */
export const headTailUses = z.array(z.strictObject(useFields)).max(HEAD_TAILS_MAX).default([]);

/** With all that its template says. */
const headTail = z.strictObject({ ...useFields, ...templateFields }).superRefine(refuseNothing);
export type HeadTail = z.output<typeof headTail>;
export const headTails = z.array(headTail).max(HEAD_TAILS_MAX).default([]);
