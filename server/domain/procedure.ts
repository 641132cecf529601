import { z } from "zod";
import { conditions } from "./condition.ts";
import type { Failure } from "./error.ts";
import { type FormField, fieldErrorsOf, fieldsOf } from "./form.ts";
import {
  type Operation,
  type OperationKind,
  operation,
  STEP_KINDS,
  type StepKind,
  useParamsOf,
} from "./operations/operation.ts";
import { reservedTemplate } from "./presets/reserved.ts";
import { fail, ok, type Result } from "./result.ts";
import { familyOf, type StoredTemplate, TEMPLATE_KIND_OF, type TemplateFamily } from "./template.ts";

export const STEPS_MAX = 50;

const stepFields = {
  /** The template's `definition`. */
  template: z.int().min(0),
  /** Parameters that replace those of the template; checked together with it, when the steps are expanded. */
  override: z.record(z.string(), z.json()).default({}),
  when: conditions.default([]),
};

/** One operation of a procedure; `use` holds what is said at this use of the template, `when` on which media it is done. */
export const step = z.discriminatedUnion("operation", [
  z.strictObject({ operation: z.literal("transcode"), ...stepFields, use: useParamsOf("transcode").prefault({}) }),
  z.strictObject({ operation: z.literal("remux"), ...stepFields, use: useParamsOf("remux").prefault({}) }),
  z.strictObject({ operation: z.literal("audio"), ...stepFields, use: useParamsOf("audio").prefault({}) }),
  z.strictObject({ operation: z.literal("snapshot"), ...stepFields, use: useParamsOf("snapshot").prefault({}) }),
  z.strictObject({ operation: z.literal("cover"), ...stepFields, use: useParamsOf("cover").prefault({}) }),
  z.strictObject({
    operation: z.literal("sampled-snapshot"),
    ...stepFields,
    use: useParamsOf("sampled-snapshot").prefault({}),
  }),
  z.strictObject({ operation: z.literal("sprite"), ...stepFields, use: useParamsOf("sprite").prefault({}) }),
  z.strictObject({
    operation: z.literal("animated-graphic"),
    ...stepFields,
    use: useParamsOf("animated-graphic").prefault({}),
  }),
  z.strictObject({
    operation: z.literal("adaptive-streaming"),
    ...stepFields,
    use: useParamsOf("adaptive-streaming").prefault({}),
  }),
  z.strictObject({ operation: z.literal("inspection"), ...stepFields, use: useParamsOf("inspection").prefault({}) }),
  z.strictObject({
    operation: z.literal("health-check"),
    ...stepFields,
    use: useParamsOf("health-check").prefault({}),
  }),
]);
export type Step = z.output<typeof step>;

export interface TemplateKey {
  family: TemplateFamily;
  definition: number;
}

/** Fields of `use` whose items name templates of their own by `template`, and of which family. */
const NAMED_IN_USE: Readonly<Record<string, TemplateFamily>> = { watermarks: "watermark", headTails: "head-tail" };

const namingItems = z.array(z.looseObject({ template: z.int() }));

function itemsNaming(step: Step): { field: string; family: TemplateFamily; items: z.output<typeof namingItems> }[] {
  return Object.entries(step.use).flatMap(([field, value]) => {
    const family = NAMED_IN_USE[field];
    return family === undefined ? [] : [{ field, family, items: namingItems.parse(value) }];
  });
}

/** Every template a step names: its own, and those of what it lays on its picture or puts around it. */
export function templatesOf(step: Step): [own: TemplateKey, ...named: TemplateKey[]] {
  const own = { family: familyOf(TEMPLATE_KIND_OF[step.operation]), definition: step.template };
  const named = itemsNaming(step).flatMap(({ family, items }) =>
    items.map(({ template }) => ({ family, definition: template })),
  );
  return [own, ...named];
}

export const stepsBody = z.strictObject({ steps: z.array(step).min(1).max(STEPS_MAX) });

export const LUA_CHARACTERS_MAX = 65_536;

export const luaBody = z.strictObject({
  lua: z.string().max(LUA_CHARACTERS_MAX).regex(/\S/, { message: "procedureTextNeeded" }),
});

export type ProcedureBody = z.output<typeof stepsBody> | z.output<typeof luaBody>;

/** What a procedure is: its steps, or a script that finds them for each media. Wrong ones are wrong as what they are meant to be. */
export const procedureBody = z.looseObject({}).transform((value, context): ProcedureBody => {
  const parsed = "lua" in value ? luaBody.safeParse(value) : stepsBody.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const { path, message, values } of fieldErrorsOf(parsed.error))
    context.addIssue({ code: "custom", path: path === "" ? [] : path.split("."), message, params: values });
  return z.NEVER;
});

/** `transcode(100010`, `addTranscodeDefinition(10)`: what a script names outright. */
const NAMED_IN_SCRIPT = /\b(?<word>[A-Za-z_]+)\s*\(\s*(?<definition>\d{1,9})\b/gu;

/**
 * Every template that a procedure names: whoever wants to delete one of them is refused. Of a script those that it calls by
 * their number; what it works out is known only when it runs.
 */
export function templatesOfBody(body: ProcedureBody): TemplateKey[] {
  if (!isScript(body)) return body.steps.flatMap(templatesOf);
  return [...body.lua.matchAll(NAMED_IN_SCRIPT)].flatMap(({ groups: { word = "", definition } = {} }) => {
    const named = word === "addTranscodeDefinition" ? "transcode" : word.replaceAll("_", "-");
    const kind = STEP_KINDS.find((one) => one === named);
    return kind === undefined ? [] : [{ family: familyOf(TEMPLATE_KIND_OF[kind]), definition: Number(definition) }];
  });
}

export function isScript(body: ProcedureBody): body is z.output<typeof luaBody> {
  return "lua" in body;
}

/** Of a custom procedure. Letters of any script, so that 任务流 is a name; no spaces, as it stands in upload contexts. */
export const procedureName = z.string().regex(/^[\p{L}\p{M}\p{N}_-]{1,20}$/u, { message: "procedureName" });

/** A subtask as it will be stored: its parameters are frozen here. */
export interface SubtaskDraft {
  kind: OperationKind;
  operation: Operation | null;
  template: { definition: number; version: number | null; name: string } | null;
  /** Set when the subtask is to fail without being tried. */
  failure: Failure | null;
}

type FindTemplate = (family: TemplateFamily, definition: number) => StoredTemplate | undefined;

/**
 * Turns steps into subtasks with parameters of their own. A step whose template does not exist becomes a subtask that
 * fails, so that the others still run; parameters that make no sense refuse the whole request, naming step and field.
 */
export function expandSteps(steps: readonly Step[], findTemplate: FindTemplate): Result<SubtaskDraft[], Failure> {
  const drafts: SubtaskDraft[] = [];
  for (const [index, step] of steps.entries()) {
    const [own, ...named] = templatesOf(step);
    const found = findTemplate(own.family, own.definition);
    const missing =
      found === undefined ? own : named.find((key) => findTemplate(key.family, key.definition) === undefined);
    if (found === undefined || missing !== undefined) {
      const { family, definition } = missing ?? own;
      const code = reservedTemplate(family, definition) ?? "TEMPLATE_NOT_FOUND";
      const failure: Failure = { code, detail: `${family} ${definition}` };
      const { version = null, name = "" } = found ?? {};
      const template = { definition: own.definition, version, name };
      drafts.push({ kind: step.operation, operation: null, template, failure });
      continue;
    }
    // Within a family the template decides what is done: transcoding "with" a remux template is a remux.
    const kind =
      step.operation === "cover" ? "cover" : (STEP_KINDS.find((one) => one === found.kind) ?? step.operation);
    const params = { ...overridden(kind, found.params, step.override), ...useFor(kind, step, findTemplate) };
    const parsed = operation.safeParse({ kind, params });
    if (!parsed.success) {
      const wrong = fieldErrorsOf(parsed.error).map(
        ({ path, message }) => `${path.replace(/^params\./, "")}: ${message}`,
      );
      return fail({ code: "INVALID_PARAMETER", detail: `steps.${index}.${wrong[0]}` });
    }
    const { definition, version, name } = found;
    drafts.push({
      kind: parsed.data.kind,
      operation: parsed.data,
      template: { definition, version, name },
      failure: null,
    });
  }
  return ok(drafts);
}

/**
 * What a step says of its use, as an operation of this kind takes it: each item that names a template has that template's
 * parameters beside its own. What a step leaves unsaid is not said of a kind that has no word for it; what it says is, and
 * is refused by name.
 */
function useFor(kind: StepKind, step: Step, findTemplate: FindTemplate): Record<string, unknown> {
  const known = useParamsOf(kind).shape;
  const unsaid: Record<string, unknown> = useParamsOf(step.operation).parse({});
  const use: Record<string, unknown> = { ...step.use };
  for (const { field, family, items } of itemsNaming(step)) {
    use[field] = items.map((item) => ({ ...findTemplate(family, item.template)?.params, ...item }));
  }
  const said = ([field, value]: [string, unknown]) =>
    field in known || JSON.stringify(value) !== JSON.stringify(unsaid[field]);
  return Object.fromEntries(Object.entries(use).filter(said));
}

type Json = z.output<ReturnType<typeof z.json>>;
type JsonObject = { [key: string]: Json };

/** Describing a schema takes far longer than checking by it, and every task asks. */
const forms = new Map<OperationKind, FormField[]>();

function formOf(kind: OperationKind): FormField[] {
  const found = operation.options.find((option) => option.shape.kind.value === kind);
  const form = forms.get(kind) ?? (found === undefined ? [] : fieldsOf(found.shape.params));
  forms.set(kind, form);
  return form;
}

/** A template's parameters with what an override says instead. */
export function overridden(kind: OperationKind, params: object, override: Step["override"]): Record<string, unknown> {
  return merge(params, override, formOf(kind));
}

/**
 * Objects are merged field by field, everything else is replaced; so `{ video: { bitrateKbps: 800 } }` changes one number.
 * Where the override chooses another shape of a value, the fields of the old shape make no sense any more.
 */
function merge(base: object, override: JsonObject, fields: readonly FormField[]): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(override)) {
    const old = merged[key];
    const field = fields.find(({ name }) => name === key);
    const mergeable = isObject(old) && isJsonObject(value) && !changesShape(field, old, value);
    merged[key] = mergeable ? merge(old, value, field?.kind === "group" ? field.fields : []) : value;
  }
  return merged;
}

/**
 * What has to be said over the template's parameters to come to these: the fields that differ, and nothing else. Lists, and
 * values of another shape, are said whole.
 */
export function overrideOf(kind: OperationKind, base: object, wanted: object): Step["override"] {
  return z.record(z.string(), z.json()).parse(difference({ ...base }, { ...wanted }, formOf(kind)));
}

function difference(
  base: Record<string, unknown>,
  wanted: Record<string, unknown>,
  fields: readonly FormField[],
): Record<string, unknown> {
  const said: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(wanted)) {
    const old = base[key];
    if (value === undefined || JSON.stringify(value) === JSON.stringify(old)) continue;
    const field = fields.find(({ name }) => name === key);
    const within = isObject(old) && isObject(value) && field?.kind === "group";
    said[key] = within ? difference(old, value, field.fields) : value;
  }
  return said;
}

function changesShape(field: FormField | undefined, old: Record<string, unknown>, value: JsonObject): boolean {
  if (field?.kind !== "variants") return false;
  const shape = value[field.discriminator];
  return shape !== undefined && shape !== old[field.discriminator];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isJsonObject(value: Json): value is JsonObject {
  return isObject(value);
}
