import { z } from "zod";
import { isScript, procedureBody, procedureName, STEPS_MAX } from "#domain/procedure.ts";
import { PROCEDURE_BYTES_MAX } from "#domain/procedure-text.ts";
import { familyOf, TEMPLATE_KIND_OF } from "#domain/template.ts";
import { readProcessingDefaults, setProcessingDefaults } from "../../applications/processing-defaults.ts";
import type { Db } from "../../db/client.ts";
import { deleteProcedure } from "../../procedures/delete-procedure.ts";
import { findProcedure } from "../../procedures/find-procedure.ts";
import { listProcedures } from "../../procedures/list-procedures.ts";
import { listVersions } from "../../procedures/list-versions.ts";
import type { ListedProcedure } from "../../procedures/procedure-row.ts";
import { createProcedure, restoreProcedure, updateProcedure } from "../../procedures/save-procedure.ts";
import { validateProcedure } from "../../procedures/validate-procedure.ts";
import { findTemplatesOf } from "../../templates/find-templates.ts";
import { unwrap } from "../failure-error.ts";
import type { Me, ProcedureRow, ProcedureVersionRow } from "../rows.ts";
import { admin, operator, router, viewer } from "../trpc.ts";

const name = z.string().min(1).max(200);
const version = z.int().min(1);
const key = z.strictObject({ name });
const createInput = z.strictObject({
  name: procedureName,
  comment: z.string().trim().max(256).default(""),
  body: procedureBody,
});
/** `version` is the one that was edited: when another has been saved since, this one is refused (STATE_MOVED). */
const updateInput = createInput.extend({ name, version });
const restoreInput = key.extend({ version, restoredVersion: version });
const definition = z
  .int()
  .min(0)
  .max(2 ** 31 - 1);
const defaultsInput = z.strictObject({
  transcodes: z.array(definition).max(STEPS_MAX),
  watermark: definition.nullable(),
});

function whose({ application, user }: Me) {
  return { applicationId: application.id, createdById: user.id };
}

export const proceduresRouter = router({
  list: viewer.query(async ({ ctx }) => {
    const procedures = await listProcedures(ctx.db, ctx.me.application.id);
    return nameTemplates(ctx.db, ctx.me.application.id, procedures);
  }),
  get: viewer
    .input(key.extend({ version: version.optional() }))
    .query(async ({ ctx, input }): Promise<ProcedureRow> => {
      const found = unwrap(await findProcedure(ctx.db, ctx.me.application.id, input.name, input.version));
      const [row] = await nameTemplates(ctx.db, ctx.me.application.id, [found]);
      if (row === undefined) throw new Error(`Procedure ${input.name} has no row`);
      return row;
    }),
  versions: viewer
    .input(key)
    .query(
      async ({ ctx, input }): Promise<ProcedureVersionRow[]> =>
        unwrap(await listVersions(ctx.db, ctx.me.application.id, input.name)),
    ),
  /** Asks, and changes nothing; by POST, as a text may be longer than an address. */
  validate: viewer
    .input(z.strictObject({ text: z.string().max(PROCEDURE_BYTES_MAX) }))
    .mutation(async ({ ctx, input }) => {
      const valid = await validateProcedure(ctx.db, ctx.me.application.id, input.text);
      return valid.ok ? { ...valid.value, faults: [] } : { form: null, body: null, faults: valid.failure };
    }),
  /** What `1` stands for in a call of a built-in procedure. */
  defaults: viewer.query(({ ctx }) => readProcessingDefaults(ctx.db, ctx.me.application.id)),
  setDefaults: admin
    .input(defaultsInput)
    .mutation(async ({ ctx, input }) => unwrap(await setProcessingDefaults(ctx.db, ctx.me.application.id, input))),
  create: operator
    .input(createInput)
    .mutation(async ({ ctx, input }) => unwrap(await createProcedure(ctx.db, { ...input, ...whose(ctx.me) }))),
  update: operator
    .input(updateInput)
    .mutation(async ({ ctx, input }) => unwrap(await updateProcedure(ctx.db, { ...input, ...whose(ctx.me) }))),
  restore: operator
    .input(restoreInput)
    .mutation(async ({ ctx, input }) => unwrap(await restoreProcedure(ctx.db, { ...input, ...whose(ctx.me) }))),
  delete: operator
    .input(key)
    .mutation(async ({ ctx, input }) => unwrap(await deleteProcedure(ctx.db, ctx.me.application.id, input.name))),
});

/** Steps hold numbers; people read names. */
async function nameTemplates(db: Db, applicationId: number, procedures: ListedProcedure[]): Promise<ProcedureRow[]> {
  const steps = procedures.flatMap(({ body }) => (isScript(body) ? [] : body.steps));
  const find = await findTemplatesOf(db, applicationId, steps);
  return procedures.map(({ body, ...procedure }) => ({
    ...procedure,
    lua: isScript(body) ? body.lua : null,
    steps: isScript(body)
      ? []
      : body.steps.map((step) => ({
          ...step,
          templateName: find(familyOf(TEMPLATE_KIND_OF[step.operation]), step.template)?.name ?? null,
        })),
  }));
}
