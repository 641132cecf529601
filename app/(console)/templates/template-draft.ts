import { z } from "zod";
import { TEMPLATE_KINDS, type TemplateKind } from "#domain/template.ts";
import type { Draft } from "../../_forms/draft.ts";

/** A template while it is being written. */
export interface TemplateDraft {
  kind: TemplateKind;
  name: string;
  comment: string;
  params: Draft;
  /** The parameters as text, while they are edited as such. It may be no JSON yet; `params` is then what it last said. */
  json: string | null;
  /** What it began from, where that is an existing template; it tells whose change a difference is. */
  base: TemplateBase | null;
}

export interface TemplateBase {
  version: number;
  name: string;
  comment: string;
  params: Draft;
}

const params = z.record(z.string(), z.unknown());

const storedDraft = z.object({
  kind: z.enum(TEMPLATE_KINDS),
  name: z.string(),
  comment: z.string(),
  params,
  json: z.string().nullable(),
  base: z.object({ version: z.number(), name: z.string(), comment: z.string(), params }).nullable(),
});

/** As it was kept; null for what is none. */
export function readTemplateDraft(stored: unknown): TemplateDraft | null {
  return storedDraft.safeParse(stored).data ?? null;
}

export function jsonOf(params: Draft): string {
  return JSON.stringify(params, null, 2);
}
