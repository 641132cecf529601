"use client";
import type { FormField } from "#domain/form.ts";
import type { Path } from "./draft.ts";
import { GroupField } from "./group-field.tsx";
import { ListField } from "./list-field.tsx";
import { SimpleField } from "./simple-field.tsx";
import { VariantsField } from "./variants-field.tsx";

/**
 * Simple fields in a grid; what holds fields of its own takes a row. Each simple field spans three rows of the grid (its
 * words, its control, its error), so that controls stand in line however long the words above them are.
 */
export function SchemaFields({ fields, prefix }: { fields: readonly FormField[]; prefix: Path }) {
  return (
    <div className="-mb-5 grid grid-cols-[repeat(auto-fill,minmax(min(14rem,100%),1fr))] items-start gap-x-5">
      {fields.map((field) => (
        <SchemaField key={field.path.join(".")} field={field} prefix={prefix} />
      ))}
    </div>
  );
}

function SchemaField({ field, prefix }: { field: FormField; prefix: Path }) {
  switch (field.kind) {
    case "number":
    case "integer":
    case "select":
    case "switch":
    case "text":
      return <SimpleField field={field} prefix={prefix} />;
    case "group":
      return <GroupField field={field} prefix={prefix} />;
    case "list":
      return <ListField field={field} prefix={prefix} />;
    case "variants":
      return <VariantsField field={field} prefix={prefix} />;
  }
}
