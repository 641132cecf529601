import { z } from "zod";
import { TEMPLATE_FAMILIES, TEMPLATE_KINDS, template } from "#domain/template.ts";
import type { TemplateKey, TemplateRow } from "../rows.ts";
import { operator, router, viewer } from "../trpc.ts";
import { unbuilt } from "./unbuilt.ts";

const key = z.strictObject({ family: z.enum(TEMPLATE_FAMILIES), definition: z.int().min(1) });

export const templatesRouter = router({
  list: viewer
    .input(
      z.strictObject({
        kinds: z.array(z.enum(TEMPLATE_KINDS)).optional(),
        search: z.string().trim().max(200).optional(),
      }),
    )
    .query(() => unbuilt<TemplateRow[]>()),
  get: viewer.input(key).query(() => unbuilt<TemplateRow>()),
  create: operator
    .input(
      z.strictObject({
        template,
        name: z.string().trim().min(1).max(64),
        comment: z.string().trim().max(256).default(""),
      }),
    )
    .mutation(() => unbuilt<TemplateKey>()),
  delete: operator.input(key).mutation(() => unbuilt<void>()),
});
