import type { FormField } from "#domain/form.ts";
import { type Draft, isDraft, valueAt } from "./draft.ts";
import { type FieldOf, fitsInRow, isSimple } from "./field-kinds.ts";
import { isSame } from "./merge-drafts.ts";

/** One thing that two sets of parameters say differently. */
export interface ParamChange {
  /** From the outside in: names of fields, and numbers of items from 1. */
  trail: readonly (string | number)[];
  /** What is different. A whole group, item or shape where only one of the two has it. */
  field: FormField;
  before: Side;
  after: Side;
}

/** `said` is null where there is nothing; `within` is what the field's path begins at. */
export interface Side {
  said: unknown;
  within: Draft;
}

/** Field by field, in the order of the form. The same parameters differ in nothing. */
export function diffParams(fields: readonly FormField[], before: Draft, after: Draft): ParamChange[] {
  return diffWithin(fields, before, after, []);
}

function diffWithin(
  fields: readonly FormField[],
  before: Draft,
  after: Draft,
  parents: ParamChange["trail"],
): ParamChange[] {
  return fields.flatMap((field) => diffField(field, sideOf(field, before), sideOf(field, after), parents));
}

function sideOf(field: FormField, within: Draft): Side {
  const said = valueAt(within, field.path);
  return { said: (said === undefined ? field.default : said) ?? null, within };
}

function diffField(field: FormField, before: Side, after: Side, parents: ParamChange["trail"]): ParamChange[] {
  if (isSame(before.said, after.said)) return [];
  const trail = [...parents, field.name];
  const whole = { trail, field, before, after };
  switch (field.kind) {
    case "group":
      // A number with its unit is one thing.
      if (before.said === null || after.said === null || field.measure || fitsInRow(field.fields)) return [whole];
      return diffWithin(field.fields, before.within, after.within, trail);
    case "list":
      return diffItems(field, before.said, after.said, trail);
    case "variants":
      return diffShapes(field, before, after, trail);
    default:
      return [whole];
  }
}

/** Items are compared by their places. */
function diffItems(
  field: FieldOf<"list">,
  before: unknown,
  after: unknown,
  trail: ParamChange["trail"],
): ParamChange[] {
  const [old, now] = [before, after].map((said) => (Array.isArray(said) ? said.filter(isDraft) : []));
  const places = Array.from({ length: Math.max(old?.length ?? 0, now?.length ?? 0) }, (_, index) => index);
  return places.flatMap((index) => {
    const [one, other] = [old?.[index], now?.[index]];
    const here = [...trail, index + 1];
    if (one !== undefined && other !== undefined) return diffWithin(field.item, one, other, here);
    const sides = { before: itemSide(one), after: itemSide(other) };
    const base = { path: [], name: field.name, default: null, optional: true, forTemplate: null, section: null };
    return [{ trail: here, field: { ...base, kind: "group", fields: field.item, measure: false }, ...sides }];
  });
}

function itemSide(item: Draft | undefined): Side {
  return { said: item ?? null, within: item ?? {} };
}

function diffShapes(field: FieldOf<"variants">, before: Side, after: Side, trail: ParamChange["trail"]): ParamChange[] {
  const { discriminator, variants, path } = field;
  const shapeOf = ({ said }: Side) => variants.find(({ value }) => value === valueAt(said, [discriminator]));
  const [old, now] = [shapeOf(before), shapeOf(after)];
  if (old === now) return diffWithin(now?.fields ?? [], before.within, after.within, trail);
  const shape: FormField = {
    ...{ kind: "select", unit: null, values: variants.map(({ value }) => value) },
    ...{
      path: [...path, discriminator],
      name: discriminator,
      default: null,
      optional: false,
      forTemplate: null,
      section: null,
    },
  };
  const said = (side: Side): Side => ({ ...side, said: valueAt(side.said, [discriminator]) ?? null });
  // What belongs to the new shape is told with it; what belonged to the old one went with that.
  const more = (now?.fields ?? []).filter(isSimple).map((inner): ParamChange => {
    const had = old?.fields.some(({ name, kind }) => name === inner.name && kind === inner.kind);
    const nothing = { said: null, within: {} };
    return {
      trail: [...trail, inner.name],
      field: inner,
      before: had ? sideOf(inner, before.within) : nothing,
      after: sideOf(inner, after.within),
    };
  });
  return [
    { trail: [...trail, discriminator], field: shape, before: said(before), after: said(after) },
    ...more.filter((change) => !isSame(change.before.said, change.after.said)),
  ];
}
