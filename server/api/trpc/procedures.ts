import { z } from "zod";
import { procedureBody, procedureName } from "#domain/procedure.ts";
import { familyOf, TEMPLATE_KIND_OF } from "#domain/template.ts";
import type { Db } from "../../db/client.ts";
import { deleteProcedure } from "../../procedures/delete-procedure.ts";
import { findProcedure } from "../../procedures/find-procedure.ts";
import { listProcedures } from "../../procedures/list-procedures.ts";
import type { ListedProcedure } from "../../procedures/procedure-row.ts";
import { createProcedure, updateProcedure } from "../../procedures/save-procedure.ts";
import { findTemplatesOf } from "../../templates/find-templates.ts";
import { unwrap } from "../failure-error.ts";
import type { ProcedureRow } from "../rows.ts";
import { operator, router, viewer } from "../trpc.ts";

const name = z.string().min(1).max(200);
const key = z.strictObject({ name });
const createInput = procedureBody.extend({ name: procedureName, comment: z.string().trim().max(256).default("") });
/** `version` is the one that was edited: when another has been saved since, this one is refused (STATE_MOVED). */
const updateInput = createInput.extend({ name, version: z.int().min(1) });

export const proceduresRouter = router({
  list: viewer.query(async ({ ctx }) => {
    const procedures = await listProcedures(ctx.db, ctx.me.application.id);
    return nameTemplates(ctx.db, ctx.me.application.id, procedures);
  }),
  get: viewer.input(key).query(async ({ ctx, input }): Promise<ProcedureRow> => {
    const found = unwrap(await findProcedure(ctx.db, ctx.me.application.id, input.name));
    const [row] = await nameTemplates(ctx.db, ctx.me.application.id, [found]);
    return row ?? { ...found, steps: [] };
  }),
  create: operator.input(createInput).mutation(async ({ ctx, input }) =>
    unwrap(
      await createProcedure(ctx.db, {
        ...input,
        applicationId: ctx.me.application.id,
        createdById: ctx.me.user.id,
      }),
    ),
  ),
  update: operator.input(updateInput).mutation(async ({ ctx, input }) =>
    unwrap(
      await updateProcedure(ctx.db, {
        ...input,
        applicationId: ctx.me.application.id,
        createdById: ctx.me.user.id,
      }),
    ),
  ),
  delete: operator
    .input(key)
    .mutation(async ({ ctx, input }) => unwrap(await deleteProcedure(ctx.db, ctx.me.application.id, input.name))),
});

/** Steps hold numbers; people read names. */
async function nameTemplates(db: Db, applicationId: number, procedures: ListedProcedure[]): Promise<ProcedureRow[]> {
  const find = await findTemplatesOf(
    db,
    applicationId,
    procedures.flatMap(({ steps }) => steps),
  );
  return procedures.map((procedure) => ({
    ...procedure,
    steps: procedure.steps.map((step) => ({
      ...step,
      templateName: find(familyOf(TEMPLATE_KIND_OF[step.operation]), step.template)?.name ?? null,
    })),
  }));
}
