"use client";
import { useLocale, useTranslations } from "next-intl";
import { Fragment, type ReactNode, useMemo } from "react";
import type { z } from "zod";
import { type FormField, fieldsOf } from "#domain/form.ts";
import { formatNumber, NONE } from "../_lib/format.ts";
import { FactList } from "../_ui/fact-list.tsx";
import { AssetFact } from "./asset-fact.tsx";
import { type Draft, isDraft, valueAt } from "./draft.ts";
import { type FieldOf, fitsInRow, isSimple, type SimpleField } from "./field-kinds.ts";
import { type FieldWords, useFieldWords } from "./field-words.ts";
import { MediaFact, TemplateFact } from "./named-fact.tsx";

/** What `SchemaForm` would let one enter, to read. */
export function SchemaFacts({ schema, value }: { schema: z.ZodObject; value: Draft }) {
  const fields = useMemo(() => fieldsOf(schema), [schema]);
  return <Fields fields={fields} value={value} />;
}

/** One field's part of it, whatever its kind. `value` is what the field's path begins at. */
export function FieldFact({ field, value }: { field: FormField; value: Draft }) {
  const t = useTranslations("common");
  const factOf = useFactOf();
  if (isSimple(field) || isPair(field)) return factOf(field, value);
  return isNothing(valueAt(value, field.path)) ? t("none") : <Section field={field} value={value} />;
}

function Fields({ fields, value }: { fields: readonly FormField[]; value: Draft }) {
  const words = useFieldWords();
  const t = useTranslations("common");
  const factOf = useFactOf();
  const isEmpty = (field: FormField) => !isSimple(field) && isNothing(valueAt(value, field.path));
  const isLine = (field: FormField) => isSimple(field) || isPair(field) || isEmpty(field);
  const lines = fields.filter(isLine);
  const sections = fields.filter((field) => !isLine(field));
  return (
    <div className="flex flex-col gap-5">
      {lines.length > 0 && (
        <FactList
          facts={lines.map((field) => ({
            label: words.label(field.name),
            value: isEmpty(field) ? t("none") : factOf(field, value),
          }))}
          className="max-sm:grid-cols-2!"
        />
      )}
      {sections.map((field) => (
        <section key={field.name}>
          <h3 className="mb-2 border-b border-line pb-1.5 text-ui font-semibold">{words.label(field.name)}</h3>
          <Section field={field} value={value} />
        </section>
      ))}
    </div>
  );
}

function Section({ field, value }: { field: FormField; value: Draft }) {
  const factOf = useFactOf();
  const here = valueAt(value, field.path);
  switch (field.kind) {
    case "group":
      return <Fields fields={field.fields} value={value} />;
    case "list": {
      const items = Array.isArray(here) ? here.filter(isDraft) : [];
      if (!fitsInRow(field.item)) return <Items fields={field.item} items={items} />;
      return (
        <ol className="list-inside list-decimal text-ui">
          {items.map((item, index) => (
            <li key={index}>
              {inReadingOrder(field.item).map((inner) => (
                <Fragment key={inner.name}>{factOf(inner, item)} </Fragment>
              ))}
            </li>
          ))}
        </ol>
      );
    }
    case "variants": {
      const chosen = field.variants.find((variant) => variant.value === valueAt(here, [field.discriminator]));
      return <Fields fields={chosen === undefined ? [] : [shapeOf(field), ...chosen.fields]} value={value} />;
    }
    default:
      return factOf(field, value);
  }
}

/** What tells the shapes apart, as a field like those that it brings. */
function shapeOf({ discriminator, path, variants }: FieldOf<"variants">): FormField {
  const base = {
    path: [...path, discriminator],
    name: discriminator,
    default: null,
    optional: false,
    forTemplate: null,
    section: null,
  };
  return { ...base, kind: "select", unit: null, values: variants.map(({ value }) => value) };
}

/** Those that do not fit into a line each. */
function Items({ fields, items }: { fields: readonly FormField[]; items: readonly Draft[] }) {
  return (
    <ol className="flex flex-col gap-2">
      {items.map((item, index) => (
        <li key={index} className="rounded-lg border border-line p-3">
          <p className="mb-2 text-ui font-semibold tabular-nums">{index + 1}</p>
          <Fields fields={fields} value={item} />
        </li>
      ))}
    </ol>
  );
}

/** Left out, or a list of nothing: one line says so. */
function isNothing(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

/** A number with its unit, such as an interval, reads as one fact. */
function isPair(field: FormField): boolean {
  if (field.kind !== "group" || field.optional || !fitsInRow(field.fields)) return false;
  return field.fields.some(({ kind }) => kind === "select");
}

/** A number before what says its unit: `10 seconds`. */
function inReadingOrder(fields: readonly FormField[]): FormField[] {
  const isNumber = ({ kind }: FormField) => kind === "number" || kind === "integer";
  return [...fields.filter(isNumber), ...fields.filter((field) => !isNumber(field))];
}

/** What a field says: what it names by a number or an id is shown by its name. */
function useFactOf(): (field: FormField, value: Draft) => ReactNode {
  const textOf = useTextOf();
  return (field, value) => {
    const here = valueAt(value, field.path);
    if (field.kind === "asset") return <AssetFact id={here} />;
    if (field.kind === "media" && typeof here === "string") return <MediaFact id={here} />;
    if (field.kind === "template" && typeof here === "number")
      return <TemplateFact kind={field.template} definition={here} />;
    return textOf(field, value);
  };
}

function useTextOf(): (field: FormField, value: Draft) => string {
  const words = useFieldWords();
  const locale = useLocale();
  const t = useTranslations("common");
  const textOf = (field: FormField, value: Draft): string => {
    if (field.kind === "group" && field.measure) {
      const number = valueAt(value, [...field.path, "value"]);
      const said = typeof number === "number" ? words.said(field.name, number) : undefined;
      if (said !== undefined) return said;
    }
    if (field.kind === "group")
      return (
        inReadingOrder(field.fields)
          .map((inner) => textOf(inner, value))
          .filter((text) => text !== NONE)
          .join(" ") || NONE
      );
    if (!isSimple(field)) return NONE;
    const here = valueAt(value, field.path) ?? null;
    if (typeof here === "boolean") return here ? t("yes") : t("no");
    if (typeof here === "number") return numberText(field, here, words, locale);
    if (typeof here === "string")
      return field.kind === "select" ? words.valueLabel(field.name, here) : shortened(here) || NONE;
    return words.said(field.name, "null") ?? NONE;
  };
  return textOf;
}

const TEXT_SHOWN_MAX = 200;

/** The source of a drawing may be megabytes. */
function shortened(text: string): string {
  return text.length > TEXT_SHOWN_MAX ? `${text.slice(0, TEXT_SHOWN_MAX)}…` : text;
}

function numberText(field: SimpleField, value: number, words: FieldWords, locale: string): string {
  const said = words.said(field.name, value);
  if (said !== undefined) return said;
  const unit = "unit" in field && field.unit !== null ? ` ${words.unit(field.unit)}` : "";
  return `${formatNumber(locale, value, 3)}${unit}`;
}
