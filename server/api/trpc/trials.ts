import { z } from "zod";
import { RUNGS_MAX } from "#domain/operations/adaptive-streaming/schema.ts";
import { template } from "#domain/template.ts";
import { stretch, type TrialResult } from "#domain/trial/trial.ts";
import { cancelTrial } from "../../trials/cancel-trial.ts";
import { createTrial } from "../../trials/create-trial.ts";
import { readTrial } from "../../trials/read-trial.ts";
import { unwrap } from "../failure-error.ts";
import type { Me, TrialRow } from "../rows.ts";
import { operator, router } from "../trpc.ts";

const id = z.string().min(1).max(64);
const key = z.strictObject({ id });

const createInput = z.strictObject({
  template,
  mediaId: id,
  stretch: stretch.prefault({}),
  rung: z.int().min(0).max(RUNGS_MAX).default(0),
});

function whose({ application, user }: Me) {
  return { applicationId: application.id, createdById: user.id };
}

/** Trials are those of the user who asks: another's answers as one that does not exist. */
export const trialsRouter = router({
  create: operator
    .input(createInput)
    .mutation(async ({ ctx, input }) => unwrap(await createTrial(ctx.db, { ...input, ...whose(ctx.me) }))),
  get: operator.input(key).query(async ({ ctx, input }): Promise<TrialRow> => {
    const { failure: error, prefix, ...trial } = unwrap(await readTrial(ctx.db, { ...input, ...whose(ctx.me) }));
    const names = trial.result === null ? [] : namesOf(trial.result);
    return {
      ...trial,
      error,
      urls: Object.fromEntries(names.map((name) => [name, ctx.links.url(`${prefix}/${name}`)])),
    };
  }),
  cancel: operator.input(key).mutation(async ({ ctx, input }) => cancelTrial(ctx.db, { ...input, ...whose(ctx.me) })),
});

function namesOf({ shown }: TrialResult): string[] {
  switch (shown.kind) {
    case "film":
      return [shown.pairName];
    case "sound":
      return [shown.originalName, shown.madeName];
    case "pictures":
      return [...(shown.frameName === null ? [] : [shown.frameName]), ...shown.pictures.map(({ name }) => name)];
  }
}
