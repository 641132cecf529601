import { z } from "zod";
import { TEMPLATE_FAMILIES, TEMPLATE_KINDS, template } from "#domain/template.ts";
import { createTemplate } from "../../templates/create-template.ts";
import { deleteTemplate } from "../../templates/delete-template.ts";
import { getTemplate, listTemplates } from "../../templates/list-templates.ts";
import { unwrap } from "../failure-error.ts";
import type { TemplateKey, TemplateRow } from "../rows.ts";
import { operator, router, viewer } from "../trpc.ts";

const key = z.strictObject({ family: z.enum(TEMPLATE_FAMILIES), definition: z.int().min(1) });

const listInput = z.strictObject({
  kinds: z.array(z.enum(TEMPLATE_KINDS)).optional(),
  search: z.string().trim().max(200).optional(),
});

const createInput = z.strictObject({
  template,
  name: z.string().trim().min(1).max(64),
  comment: z.string().trim().max(256).default(""),
});

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
  create: operator
    .input(createInput)
    .mutation(
      ({ ctx, input }): Promise<TemplateKey> =>
        createTemplate(ctx.db, { ...input, applicationId: ctx.me.application.id, createdById: ctx.me.user.id }),
    ),
  delete: operator
    .input(key)
    .mutation(async ({ ctx, input }) =>
      unwrap(await deleteTemplate(ctx.db, ctx.me.application.id, input.family, input.definition)),
    ),
});
