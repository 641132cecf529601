import { z } from "zod";
import { ok, type Result } from "#domain/result.ts";
import type { VodContext } from "../context.ts";
import type { Refusal } from "../refusal.ts";
import { refuseValue } from "../refuse-field.ts";
import { said } from "../said.ts";
import { fillFields } from "./sizes.ts";
import { nameFields, type TemplateInput, templateActions } from "./template-actions.ts";

const candidates = z.array(z.string().min(1).max(64)).max(5).optional();
const headTail = z.object({
  ...nameFields,
  HeadCandidateSet: candidates,
  TailCandidateSet: candidates,
  ...fillFields,
});
type HeadTail = z.output<typeof headTail>;

async function headTailOf(
  input: HeadTail,
  current: object,
  { db, applicationId }: VodContext,
): Promise<Result<TemplateInput, Refusal>> {
  for (const field of ["HeadCandidateSet", "TailCandidateSet"] as const) {
    const ids = [...new Set(input[field] ?? [])];
    // Of another application is as if it did not exist.
    const known = await db.media.count({ where: { id: { in: ids }, applicationId, deletedAt: null } });
    if (known < ids.length) return refuseValue(field, "there is no such file.");
  }
  const of = (ids: readonly string[] | undefined) => ids?.map((mediaId) => ({ mediaId }));
  const chosen = said({ heads: of(input.HeadCandidateSet), tails: of(input.TailCandidateSet), fill: input.FillType });
  return ok({ kind: "head-tail", params: { ...current, ...chosen } });
}

export const headTailActions = templateActions({
  name: "HeadTail",
  family: "head-tail",
  countMax: 100,
  create: headTail.required({ Name: true }),
  build: (input, ctx) => headTailOf(input, {}, ctx),
  change: headTail,
  rebuild: (input, current, ctx) => headTailOf(input, current.params, ctx),
  filter: z.object({}),
  matches: () => true,
  show: (templates) =>
    templates.flatMap((one) =>
      one.kind === "head-tail"
        ? {
            HeadCandidateSet: one.params.heads.map(({ mediaId }) => mediaId),
            TailCandidateSet: one.params.tails.map(({ mediaId }) => mediaId),
            FillType: one.params.fill,
          }
        : [],
    ),
  fields: { heads: "HeadCandidateSet", tails: "TailCandidateSet", fill: "FillType" },
});
