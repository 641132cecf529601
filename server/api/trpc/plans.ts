import { z } from "zod";
import { operation } from "#domain/operations/operation.ts";
import { stepsBody } from "#domain/procedure.ts";
import { PROCEDURE_BYTES_MAX } from "#domain/procedure-text.ts";
import { dryRun } from "../../plans/dry-run.ts";
import { unwrap } from "../failure-error.ts";
import type { DryRun } from "../rows.ts";
import { operator, router } from "../trpc.ts";

const OPERATIONS_MAX = 50;

const dryRunInput = z.strictObject({
  /** Null: a media as they usually are. */
  mediaId: z.string().min(1).max(64).nullable(),
  work: z.union([
    z.strictObject({
      procedureName: z.string().min(1).max(PROCEDURE_BYTES_MAX),
      procedureVersion: z.int().min(1).optional(),
    }),
    stepsBody,
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
