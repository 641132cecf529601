/** Templates of every kind for property tests, made from nothing but their schemas. Never imported by the product. */
import fc from "fast-check";
import { type FormField, fieldsOf } from "./form.ts";
import { type Template, type TemplateKind, template } from "./template.ts";

/** Valid parameters: whatever the schema refuses of random ones is taken out until it takes them. */
export function anyTemplate(kind: TemplateKind): fc.Arbitrary<Template> {
  const option = template.options.find(({ shape }) => shape.kind.value === kind);
  if (option === undefined) throw new Error(kind);
  return anyObject(fieldsOf(option.shape.params))
    .map((params) => repaired(kind, params))
    .filter((made) => made !== null);
}

export function anyTemplateOfAnyKind(): fc.Arbitrary<Template> {
  return fc.oneof(...template.options.map(({ shape }) => anyTemplate(shape.kind.value)));
}

const REPAIRS_MAX = 50;

function repaired(kind: TemplateKind, params: Record<string, unknown>): Template | null {
  const draft = structuredClone(params);
  for (let repairs = 0; repairs < REPAIRS_MAX; repairs += 1) {
    const parsed = template.safeParse({ kind, params: draft });
    if (parsed.success) return parsed.data;
    for (const { path } of parsed.error.issues) takeOut(draft, path.slice(1));
  }
  return null;
}

function takeOut(within: Record<PropertyKey, unknown>, [first, ...rest]: readonly PropertyKey[]): void {
  if (first === undefined) return;
  const inner = within[first];
  if (rest.length > 0 && typeof inner === "object" && inner !== null) takeOut(inner as typeof within, rest);
  else delete within[first];
}

function anyObject(fields: readonly FormField[]): fc.Arbitrary<Record<string, unknown>> {
  const entries = fields.map(({ name, ...field }) => [name, anyValue({ name, ...field } as FormField)] as const);
  return fc.record(Object.fromEntries(entries), { requiredKeys: [], noNullPrototype: true });
}

function anyValue(field: FormField): fc.Arbitrary<unknown> {
  const value = anyOf(field);
  return field.optional ? fc.option(value) : value;
}

function anyOf(field: FormField): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case "number": {
      const min = Math.ceil((field.min ?? 0) * 10);
      return fc.integer({ min, max: Math.floor((field.max ?? 1000) * 10) }).map((tenths) => tenths / 10);
    }
    case "integer":
      return fc.integer({ min: field.min ?? 0, max: field.max ?? 1000 });
    case "select":
      return fc.constantFrom(...field.values);
    case "switch":
      return fc.boolean();
    case "text":
      return fc.string({ maxLength: field.maxLength ?? 20, unit: "grapheme" });
    case "colour":
      return fc.integer({ min: 0, max: 0xffffff }).map((number) => `#${number.toString(16).padStart(6, "0")}`);
    case "asset":
    case "media":
      return fc.stringMatching(/^[a-z0-9]{1,20}$/);
    case "template":
      return fc.nat();
    case "group":
      return anyObject(field.fields);
    case "list": {
      const { minItems } = field;
      return fc.array(anyObject(field.item), { minLength: minItems, maxLength: Math.min(field.maxItems ?? 3, 3) });
    }
    case "variants":
      return fc.oneof(
        ...field.variants.map(({ value, fields }) =>
          anyObject(fields).map((rest) => ({ [field.discriminator]: value, ...rest })),
        ),
      );
  }
}
