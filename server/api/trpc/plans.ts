import { z } from "zod";
import { operation } from "#domain/operations/operation.ts";
import { procedureBody } from "#domain/procedure.ts";
import { dryRun } from "../../plans/dry-run.ts";
import { unwrap } from "../failure-error.ts";
import type { DryRun } from "../rows.ts";
import { operator, router } from "../trpc.ts";

/** Longer than any procedure that is written by hand. */
const PROCEDURE_CHARACTERS_MAX = 100_000;
const OPERATIONS_MAX = 50;

const dryRunInput = z.strictObject({
  /** Null: a media as they usually are. */
  mediaId: z.string().min(1).max(64).nullable(),
  work: z.union([
    z.strictObject({ procedureName: z.string().min(1).max(PROCEDURE_CHARACTERS_MAX) }),
    z.strictObject({ steps: procedureBody.shape.steps }),
    z.strictObject({ operations: z.array(operation).min(1).max(OPERATIONS_MAX) }),
  ]),
});

export const plansRouter = router({
  /** Asks, and changes nothing; by POST, as what is asked about may be longer than an address. */
  dryRun: operator
    .input(dryRunInput)
    .mutation(
      async ({ ctx, input }): Promise<DryRun> =>
        unwrap(await dryRun(ctx.db, ctx.me.application.id, input.work, input.mediaId)),
    ),
});
