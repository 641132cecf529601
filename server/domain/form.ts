import { z } from "zod";
import { ASSET_KINDS, type AssetKind } from "./asset.ts";
import type { TemplateKind } from "./template.ts";

/**
 * What a form needs to draw a schema. It holds no words: labels, descriptions and the names of values are messages
 * (`fields.<name>.label`, `fields.<name>.description`, `values.<name>.<value>`), found by `name`.
 */
export type FormField = FieldBase &
  (
    | { kind: "number" | "integer"; unit: string | null; min: number | null; max: number | null; step: number }
    | { kind: "select"; unit: string | null; values: readonly (string | number)[] }
    | { kind: "switch" }
    | { kind: "text"; maxLength: number | null; lines: boolean }
    | { kind: "colour" }
    /** The id of an uploaded file. */
    | { kind: "asset"; asset: AssetKind }
    /** The id of a media. */
    | { kind: "media" }
    /** The number of a template of this kind. */
    | { kind: "template"; template: TemplateKind }
    /** `measure`: a number and what it counts, `value` and `unit`, entered in one control. */
    | { kind: "group"; fields: readonly FormField[]; measure: boolean }
    | { kind: "list"; item: readonly FormField[]; minItems: number; maxItems: number | null }
    | { kind: "variants"; discriminator: string; variants: readonly { value: string; fields: readonly FormField[] }[] }
  );

interface FieldBase {
  /** Place in the parameters: `["video", "widthPx"]`. Items of a list have paths of their own, from the item down. */
  path: readonly string[];
  name: string;
  /** What the schema fills in when nothing is given. */
  default: unknown;
  /** Null is a value too: a track that is left out, a number the encoder chooses. */
  optional: boolean;
  /** Only of use where the template that is named beside it says this. */
  forTemplate: TemplateSaying | null;
  /** Where few look; null for what everybody should see. */
  section: FieldSection | null;
}

/** Forms keep what few need in these, closed. */
export const FIELD_SECTIONS = ["encoder", "picture", "sound", "hls", "stretch", "subtitles"] as const;
export type FieldSection = (typeof FIELD_SECTIONS)[number];

export interface TemplateSaying {
  /** Place in the template's parameters. */
  at: readonly string[];
  is: string;
  /** There it has to be said, although elsewhere it may be left out. */
  needed?: boolean;
}

/** What a schema says of a field's control, by `.meta`. */
interface FieldMeta {
  unit?: unknown;
  control?: "measure" | "colour" | "lines";
  asset?: AssetKind;
  media?: boolean;
  template?: TemplateKind;
  forTemplate?: TemplateSaying;
  section?: FieldSection;
}

declare module "zod" {
  interface GlobalMeta extends FieldMeta {}
}

/** The fields of an object schema, in the order the schema lists them. */
export function fieldsOf(schema: z.ZodObject, parents: readonly string[] = []): FormField[] {
  return Object.entries(schema.shape).map(([name, field]) => fieldOf(field, [...parents, name]));
}

function fieldOf(schema: z.core.$ZodType, path: readonly string[]): FormField {
  const { inner, filled, optional, meta } = unwrap(schema);
  const unit = typeof meta.unit === "string" ? meta.unit : null;
  const parsed = z.safeParse(schema, undefined);
  const base = {
    path,
    name: path.at(-1) ?? "",
    default: filled && parsed.success ? parsed.data : null,
    optional,
    forTemplate: meta.forTemplate ?? null,
    section: meta.section ?? null,
  };
  const asset = ASSET_KINDS.find((kind) => kind === meta.asset);
  if (asset !== undefined) return { ...base, kind: "asset", asset };
  if (meta.media) return { ...base, kind: "media" };
  if (meta.template !== undefined) return { ...base, kind: "template", template: meta.template };
  if (inner instanceof z.ZodNumber) {
    const integer = inner.format === "safeint";
    const [min, max] = [boundOf(inner.minValue), boundOf(inner.maxValue)];
    return { ...base, kind: integer ? "integer" : "number", unit, min, max, step: integer ? 1 : 0.1 };
  }
  if (inner instanceof z.ZodEnum) return { ...base, kind: "select", unit, values: inner.options };
  if (inner instanceof z.ZodLiteral)
    return { ...base, kind: "select", unit, values: [...inner.values].filter(isChoice) };
  if (inner instanceof z.ZodBoolean) return { ...base, kind: "switch" };
  if (inner instanceof z.ZodString && meta.control === "colour") return { ...base, kind: "colour" };
  if (inner instanceof z.ZodString)
    return { ...base, kind: "text", maxLength: inner.maxLength, lines: meta.control === "lines" };
  if (inner instanceof z.ZodObject)
    return { ...base, kind: "group", fields: fieldsOf(inner, path), measure: meta.control === "measure" };
  if (inner instanceof z.ZodArray && inner.element instanceof z.ZodObject) {
    const { minItems = 0, maxItems = null } = z.toJSONSchema(inner);
    return { ...base, kind: "list", item: fieldsOf(inner.element), minItems, maxItems };
  }
  if (inner instanceof z.ZodDiscriminatedUnion) {
    const { discriminator } = inner.def;
    const variants = inner.options.flatMap((option) => {
      if (!(option instanceof z.ZodObject)) return [];
      const { [discriminator]: tag, ...rest } = option.shape;
      // The variant that is meant when none is named has a tag with a default.
      const literal = tag === undefined ? tag : unwrap(tag).inner;
      const [value] = literal instanceof z.ZodLiteral ? literal.values : [];
      return typeof value === "string" ? [{ value, fields: fieldsOf(z.object(rest), path) }] : [];
    });
    return { ...base, kind: "variants", discriminator, variants };
  }
  throw new Error(`No form control for ${path.join(".")}.`);
}

/** Takes off what is wrapped around the type that says how a value is entered, and collects what was said on the way. */
function unwrap(schema: z.core.$ZodType): {
  inner: z.core.$ZodType;
  filled: boolean;
  optional: boolean;
  meta: FieldMeta;
} {
  let inner = schema;
  let filled = false;
  let optional = false;
  let meta: FieldMeta = {};
  for (;;) {
    meta = { ...z.globalRegistry.get(inner), ...meta };
    if (inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault) filled = true;
    else if (inner instanceof z.ZodNullable || inner instanceof z.ZodOptional) optional = true;
    else return { inner, filled, optional, meta };
    inner = inner.unwrap();
  }
}

/** zod answers with the largest safe integer, or infinity, where a schema names no bound. */
function boundOf(value: number | null): number | null {
  return value === null || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? null : value;
}

function isChoice(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

/** One thing wrong with an input: `message` is a key of `validation.*`, and `values` are what its text speaks of. */
export interface FieldError {
  /** `video.widthPx`, `positions.0.value`; for an unknown field, its own path. */
  path: string;
  message: string;
  values: Readonly<Record<string, string | number>>;
}

/** What is wrong, field by field, in words that can be translated. Messages of our own refinements are keys already. */
export function fieldErrorsOf(error: z.core.$ZodError): FieldError[] {
  return error.issues.flatMap((issue): FieldError[] => {
    const at = (...more: string[]) => [...issue.path.map(String), ...more].join(".");
    switch (issue.code) {
      case "custom":
        return [{ path: at(), message: issue.message, values: issue.params ?? {} }];
      case "unrecognized_keys":
        return issue.keys.map((key) => ({ path: at(key), message: "unknownField", values: { field: key } }));
      case "too_small":
        return [
          {
            path: at(),
            message: issue.origin === "array" ? "tooFew" : issue.origin === "string" ? "tooShort" : "tooSmall",
            values: { minimum: Number(issue.minimum) },
          },
        ];
      case "too_big":
        return [
          {
            path: at(),
            message: issue.origin === "array" ? "tooMany" : issue.origin === "string" ? "tooLong" : "tooBig",
            values: { maximum: Number(issue.maximum) },
          },
        ];
      case "invalid_format":
        // A pattern says in a key of ours what it wants; the formats zod knows have none.
        return [{ path: at(), message: issue.format === "regex" ? issue.message : issue.format, values: {} }];
      case "invalid_value":
        return [{ path: at(), message: "notAChoice", values: { choices: issue.values.map(String).join(", ") } }];
      case "invalid_type":
        // `number`, `int`, `string`, `boolean`, …
        return [{ path: at(), message: "wrongType", values: { expected: issue.expected } }];
      default:
        return [{ path: at(), message: "wrongType", values: { expected: "" } }];
    }
  });
}
