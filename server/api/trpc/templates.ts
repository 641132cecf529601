import { z } from "zod";
import { DOCUMENT_CHARACTERS_MAX } from "#domain/json.ts";
import { TEMPLATE_FAMILIES, TEMPLATE_KINDS, template, templateComment, templateName } from "#domain/template.ts";
import { countTasksOf } from "../../templates/count-tasks.ts";
import { createTemplate } from "../../templates/create-template.ts";
import { deleteTemplate } from "../../templates/delete-template.ts";
import { importTemplates, previewImport } from "../../templates/import-templates.ts";
import { getTemplate, listTemplates } from "../../templates/list-templates.ts";
import { listVersions } from "../../templates/list-versions.ts";
import { previewTemplate } from "../../templates/preview-template.ts";
import { restoreTemplate } from "../../templates/restore-template.ts";
import { listTemplateUses } from "../../templates/template-users.ts";
import { updateTemplate } from "../../templates/update-template.ts";
import { unwrap } from "../failure-error.ts";
import type { TemplateKey, TemplatePreview, TemplateRow, TemplateUse, TemplateVersionRow } from "../rows.ts";
import { operator, router, viewer } from "../trpc.ts";

const key = z.strictObject({ family: z.enum(TEMPLATE_FAMILIES), definition: z.int().min(1) });
const version = z.int().min(1);

const listInput = z.strictObject({
  kinds: z.array(z.enum(TEMPLATE_KINDS)).optional(),
  search: z.string().trim().max(200).optional(),
});

const createInput = z.strictObject({ template, name: templateName, comment: templateComment.default("") });
const updateInput = z.strictObject({ ...key.shape, ...createInput.shape, version });
const restoreInput = z.strictObject({ ...key.shape, version, restoredVersion: version });
const previewInput = z.strictObject({ template, mediaId: z.string().min(1).max(64).nullable() });
const documentInput = z.strictObject({ text: z.string().max(DOCUMENT_CHARACTERS_MAX) });

export const templatesRouter = router({
  list: viewer
    .input(listInput)
    .query(({ ctx, input }): Promise<TemplateRow[]> => listTemplates(ctx.db, ctx.me.application.id, input)),
  get: viewer
    .input(key)
    .query(
      async ({ ctx, input }): Promise<TemplateRow> =>
        unwrap(await getTemplate(ctx.db, ctx.me.application.id, input.family, input.definition)),
    ),
  versions: viewer
    .input(key)
    .query(
      async ({ ctx, input }): Promise<TemplateVersionRow[]> =>
        unwrap(await listVersions(ctx.db, { ...input, applicationId: ctx.me.application.id })),
    ),
  uses: viewer.query(({ ctx }): Promise<TemplateUse[]> => listTemplateUses(ctx.db, ctx.me.application.id)),
  countTasks: viewer
    .input(key)
    .query(({ ctx, input }) => countTasksOf(ctx.db, { ...input, applicationId: ctx.me.application.id })),
  /** Asks, and changes nothing; by POST, as a template may be longer than an address. */
  preview: viewer
    .input(previewInput)
    .mutation(
      async ({ ctx, input }): Promise<TemplatePreview> =>
        unwrap(await previewTemplate(ctx.db, ctx.me.application.id, input.template, input.mediaId)),
    ),
  create: operator
    .input(createInput)
    .mutation(
      ({ ctx, input }): Promise<TemplateKey> =>
        createTemplate(ctx.db, { ...input, applicationId: ctx.me.application.id, createdById: ctx.me.user.id }),
    ),
  update: operator.input(updateInput).mutation(async ({ ctx, input }) => {
    const { application, user } = ctx.me;
    return unwrap(await updateTemplate(ctx.db, { ...input, applicationId: application.id, savedById: user.id }));
  }),
  restore: operator.input(restoreInput).mutation(async ({ ctx, input }) => {
    const { application, user } = ctx.me;
    return unwrap(await restoreTemplate(ctx.db, { ...input, applicationId: application.id, savedById: user.id }));
  }),
  delete: operator
    .input(key)
    .mutation(async ({ ctx, input }) =>
      unwrap(await deleteTemplate(ctx.db, ctx.me.application.id, input.family, input.definition)),
    ),
  previewImport: operator
    .input(documentInput)
    .mutation(({ ctx, input }) => previewImport(ctx.db, ctx.me.application.id, input.text)),
  import: operator.input(documentInput).mutation(async ({ ctx, input }) => {
    const { application, user } = ctx.me;
    return unwrap(await importTemplates(ctx.db, { ...input, applicationId: application.id, createdById: user.id }));
  }),
});
