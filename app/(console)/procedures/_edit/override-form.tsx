"use client";
import { RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { fieldsOf } from "#domain/form.ts";
import { overridden, overrideOf, type Step } from "#domain/procedure.ts";
import type { TemplateRow } from "#server/api/rows.ts";
import { diffParams } from "../../../_forms/diff-params.ts";
import { ParamChanges } from "../../../_forms/param-changes.tsx";
import { SchemaForm } from "../../../_forms/schema-form.tsx";
import { Button } from "../../../_ui/button.tsx";
import { templateSchemaOf } from "../../templates/template-schema.ts";

interface OverrideFormProps {
  /** Of a kind that does something: a watermark is no step. */
  template: TemplateRow;
  override: Step["override"];
  onChange: (override: Step["override"]) => void;
  refused: boolean;
}

/** The template's parameters, to be changed for one step alone: the template stays as it is. */
export function OverrideForm({ template: { kind, params }, override, onChange, refused }: OverrideFormProps) {
  const t = useTranslations("procedures.override");
  const schema = templateSchemaOf(kind);
  const operation = kind === "watermark" || kind === "head-tail" ? null : kind;
  const value = useMemo(
    () => (operation === null ? {} : overridden(operation, params, override)),
    [operation, params, override],
  );
  if (operation === null) return null;
  const changes = diffParams(fieldsOf(schema), { ...params }, value);
  return (
    <div className="flex flex-col gap-4">
      {changes.length > 0 && (
        <div className="flex flex-col gap-2">
          <ParamChanges before={t("template")} after={t("here")} changes={changes} caption={t("changes")} />
          <Button size="sm" icon={<RotateCcw />} className="self-start" onClick={() => onChange({})}>
            {t("reset")}
          </Button>
        </div>
      )}
      <SchemaForm
        schema={schema}
        value={value}
        onChange={(next) => onChange(overrideOf(operation, params, next))}
        refused={refused}
      />
    </div>
  );
}
