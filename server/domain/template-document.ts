import { z } from "zod";
import { type FieldError, fieldErrorsOf } from "./form.ts";
import { readJson } from "./json.ts";
import { type Template, template, templateComment, templateName } from "./template.ts";

/** What `reelflow` says at the beginning of a document: which release's way of writing it follows. */
const DOCUMENT_VERSION = 1;
export const DOCUMENT_TEMPLATES_MAX = 500;

const documentHead = z.strictObject({
  reelflow: z.literal(DOCUMENT_VERSION),
  templates: z.array(z.unknown()).min(1).max(DOCUMENT_TEMPLATES_MAX),
});

const words = { name: templateName, comment: templateComment.default("") };
const entryWords = z.looseObject(words);

/** A template apart from where it is kept. */
export type PortableTemplate = Template & { name: string; comment: string };

/** Templates as a text that this or another installation takes in again; it loses nothing of them. */
export function writeTemplateDocument(templates: readonly PortableTemplate[]): string {
  const entries = templates.map(({ kind, name, comment, params }) => ({ kind, name, comment, params }));
  return `${JSON.stringify({ reelflow: DOCUMENT_VERSION, templates: entries }, null, 2)}\n`;
}

export interface DocumentReading {
  /** Those that nothing is wrong with, by their places in the document. */
  templates: readonly { index: number; template: PortableTemplate }[];
  /** Paths begin at the document: `templates.2.params.video.codec`. */
  faults: readonly FieldError[];
}

export function readTemplateDocument(text: string): DocumentReading {
  const json = readJson(text);
  if ("fault" in json) return { templates: [], faults: [json.fault] };
  const head = documentHead.safeParse(json.value);
  if (!head.success) return { templates: [], faults: fieldErrorsOf(head.error) };
  const read = head.data.templates.map((entry, index) => ({ index, ...readEntry(entry, `templates.${index}`) }));
  return {
    templates: read.flatMap(({ index, template }) => (template === null ? [] : [{ index, template }])),
    faults: read.flatMap(({ faults }) => faults),
  };
}

function readEntry(entry: unknown, at: string): { template: PortableTemplate | null; faults: FieldError[] } {
  const faultsAt = (error: z.core.$ZodError) =>
    fieldErrorsOf(error).map((fault) => ({ ...fault, path: [at, fault.path].filter(Boolean).join(".") }));
  const said = entryWords.safeParse(entry);
  const rest = said.success ? withoutWords(said.data) : isObject(entry) ? withoutWords(entry) : entry;
  const parsed = template.safeParse(rest);
  const faults = [said.error, parsed.error].flatMap((error) => (error === undefined ? [] : faultsAt(error)));
  // What is no object is so twice.
  const unique = faults.filter(({ path }, index) => faults.findIndex((other) => other.path === path) === index);
  if (!said.success || !parsed.success) return { template: null, faults: unique };
  const { name, comment } = said.data;
  return { template: { ...parsed.data, name, comment }, faults: [] };
}

function withoutWords({ name: _, comment: __, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return rest;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
