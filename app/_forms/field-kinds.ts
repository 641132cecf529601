import type { FormField } from "#domain/form.ts";

type Kind = FormField["kind"];
export type FieldOf<K extends Kind> = Extract<FormField, { kind: K }>;
/** Entered with one control. */
export type SimpleField = Exclude<FormField, { kind: "group" | "list" | "variants" }>;

export function isSimple(field: FormField): field is SimpleField {
  return field.kind !== "group" && field.kind !== "list" && field.kind !== "variants";
}

const ROW_FIELDS_MAX = 3;

/** A value with its unit, a pair of times: few enough to stand side by side in one line. */
export function fitsInRow(fields: readonly FormField[]): fields is readonly SimpleField[] {
  return fields.length <= ROW_FIELDS_MAX && fields.every(isSimple);
}
