import type { z } from "zod";
import { type FieldError, fieldErrorsOf } from "#domain/form.ts";
import { type Draft, nameOfPath, type Path, valueAt, withValueAt } from "./draft.ts";
import type { SimpleField } from "./field-kinds.ts";

/**
 * What could be chosen, found out by asking the schema what it would say: nothing about containers and codecs is written
 * down here, and a new constraint of a schema shows in the form by itself.
 */
export interface Choice {
  /** Why the schema does not take it here; null where it does. */
  refusal: FieldError | null;
  /** What else would have to change: names of fields whose value would no longer fit, or would be needed. */
  follows: readonly string[];
}

/** An answer for each value of a field. */
export function choicesOf(schema: z.ZodObject, draft: Draft, path: Path, values: readonly unknown[]): Choice[] {
  const sound = withoutUnreadable(schema, draft);
  const now = new Set(errorsOf(schema, sound).map(({ path, message }) => `${path} ${message}`));
  const name = nameOfPath(path);
  return values.map((value) => {
    const errors = errorsOf(schema, withValueAt(sound, path, value));
    const follows = errors.filter((error) => error.path !== name && !now.has(`${error.path} ${error.message}`));
    return {
      refusal: errors.find((error) => error.path === name) ?? null,
      follows: [...new Set(follows.map((error) => lastName(error.path)))],
    };
  });
}

/** Why a field can say nothing here: whatever else is put into it is refused. Null where it can. */
export function mootness(schema: z.ZodObject, draft: Draft, path: Path, field: SimpleField): FieldError | null {
  const value = valueAt(draft, path) ?? field.default;
  // What holds another value than the usual one has to be reachable, to take it out.
  if (!isEqual(value, field.default)) return null;
  const sound = withoutUnreadable(schema, draft);
  const name = nameOfPath(path);
  const refusals: FieldError[] = [];
  for (const other of samplesOf(field)) {
    if (isEqual(other, field.default)) continue;
    const refusal = errorsOf(schema, withValueAt(sound, path, other)).find((error) => error.path === name);
    if (refusal === undefined) return null;
    refusals.push(refusal);
  }
  // A number out of its own range is refused for that; what most of them are refused for is the reason.
  const groups = Map.groupBy(refusals, ({ message }) => message);
  const [commonest] = [...groups.values()].sort((a, b) => b.length - a.length);
  return commonest?.[0] ?? null;
}

/** Some of everything that may be put into a field, as far as its kind says. */
function samplesOf(field: SimpleField): unknown[] {
  switch (field.kind) {
    case "select":
      return [...field.values];
    case "switch":
      return [true, false];
    case "number":
    case "integer": {
      const { min, max } = field;
      const [low, high] = [min ?? 0, max ?? (min ?? 0) + 100];
      const whole = (value: number) => (field.kind === "integer" ? Math.round(value) : value);
      return [...new Set([low, low + 1, low + (high - low) / 4, low + (high - low) / 2, high].map(whole))];
    }
    default:
      return [];
  }
}

/** The schema looks at contradictions once each value can be read: a half-typed number must not hide all of them. */
function withoutUnreadable(schema: z.ZodObject, draft: Draft): Draft {
  const parsed = schema.safeParse(draft);
  if (parsed.success) return draft;
  return parsed.error.issues
    .filter(({ code }) => code !== "custom")
    .reduce<Draft>((rest, { path }) => withValueAt(rest, path.filter(isStep), undefined), draft);
}

function isStep(step: PropertyKey): step is string | number {
  return typeof step !== "symbol";
}

function errorsOf(schema: z.ZodObject, draft: Draft): FieldError[] {
  const parsed = schema.safeParse(draft);
  return parsed.success ? [] : fieldErrorsOf(parsed.error);
}

function lastName(path: string): string {
  return path.split(".").findLast((step) => !/^\d+$/.test(step)) ?? path;
}

function isEqual(a: unknown, b: unknown): boolean {
  return (a ?? null) === (b ?? null);
}
