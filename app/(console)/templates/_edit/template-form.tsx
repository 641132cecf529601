"use client";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";
import {
  TEMPLATE_COMMENT_MAX,
  TEMPLATE_KINDS,
  TEMPLATE_NAME_MAX,
  type Template,
  template as templateSchema,
} from "#domain/template.ts";
import { focusFirstError, SchemaForm } from "../../../_forms/schema-form.tsx";
import type { KeptDraft } from "../../../_lib/use-kept-draft.ts";
import { Banner } from "../../../_ui/banner.tsx";
import { Button } from "../../../_ui/button.tsx";
import { Card } from "../../../_ui/card.tsx";
import { Field } from "../../../_ui/field.tsx";
import { Segmented } from "../../../_ui/segmented.tsx";
import { Select } from "../../../_ui/select.tsx";
import { TextArea, TextInput } from "../../../_ui/text-input.tsx";
import { CommandPreview } from "../_command/command-preview.tsx";
import { KindIcon } from "../_components/kind.tsx";
import { PlacementStage } from "../_placement/placement-stage.tsx";
import { TryPanel } from "../_trial/try-panel.tsx";
import { jsonOf, type TemplateDraft } from "../template-draft.ts";
import { newParamsOf, templateSchemaOf } from "../template-schema.ts";
import { useTemplateSummary } from "../use-template-summary.ts";
import { JsonParams, readParams } from "./json-params.tsx";

export interface TemplateInput {
  template: Template;
  name: string;
  comment: string;
}

interface TemplateFormProps {
  kept: KeptDraft<TemplateDraft>;
  /** `fixed`: what exists already has its kind for ever. */
  kindIs: "free" | "fixed";
  onSubmit: (input: TemplateInput) => void;
  /** Forgets what was kept of an earlier visit. */
  onDiscard: () => void;
  /** What went wrong with saving. */
  error: ReactNode;
  actions: ReactNode;
}

/** The template in words and, beside it, the commands it comes to. */
export function TemplateForm({ kept, kindIs, onSubmit, onDiscard, error, actions }: TemplateFormProps) {
  const t = useTranslations("templates");
  const { draft, restored } = kept;
  const { kind, params, json, name, comment } = draft;
  const [refused, setRefused] = useState(false);
  const broken = json !== null && readParams(json) === null;
  const parsed = templateSchema.safeParse({ kind, params });
  const template = parsed.success && !broken ? parsed.data : null;
  const nameMissing = name.trim() === "";

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (template !== null && !nameMissing) {
      onSubmit({ template, name: name.trim(), comment: comment.trim() });
      return;
    }
    setRefused(true);
    const form = event.currentTarget;
    // Errors that show only now are in the page after the next frame.
    requestAnimationFrame(() => focusFirstError(form));
  }
  return (
    <form
      onSubmit={submit}
      noValidate
      className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_minmax(24rem,30rem)]"
    >
      <div className="flex min-w-0 flex-col gap-4">
        {restored && (
          <Banner tone="warning">
            <span className="mr-3">{t("kept.text")}</span>
            <button type="button" className="font-medium underline underline-offset-2" onClick={onDiscard}>
              {t("kept.discard")}
            </button>
          </Banner>
        )}
        <Basics kept={kept} kindIs={kindIs} nameMissing={refused && nameMissing} />
        <Parameters kept={kept} template={template} broken={broken} refused={refused} />
        {kind === "watermark" && json === null && (
          <Card title={t("placement.title")}>
            <PlacementStage params={params} onChange={(next) => kept.setDraft({ ...draft, params: next })} />
          </Card>
        )}
        <TryPanel template={template} kind={kind} />
        <Banner tone="danger">{error ?? (refused && template === null ? t("parametersWrong") : null)}</Banner>
        <div className="flex flex-wrap justify-end gap-2">{actions}</div>
      </div>
      <div className="min-w-0 xl:sticky xl:top-4">
        <CommandPreview template={template} />
      </div>
    </form>
  );
}

type KeptTemplate = KeptDraft<TemplateDraft>;

function Basics({ kept, kindIs, nameMissing }: { kept: KeptTemplate; kindIs: "free" | "fixed"; nameMissing: boolean }) {
  const t = useTranslations("templates");
  const common = useTranslations("common");
  const kinds = useTranslations("kinds");
  const { draft, setDraft } = kept;
  const { kind, name, comment } = draft;
  return (
    <Card title={t("basics")}>
      <div className="grid items-start gap-x-5 gap-y-4 sm:grid-cols-2">
        <Field label={common("name")} error={nameMissing ? common("required") : undefined}>
          <TextInput
            value={name}
            onChange={(next) => setDraft({ ...draft, name: next })}
            maxLength={TEMPLATE_NAME_MAX}
            autoComplete="off"
          />
        </Field>
        <Field label={t("kind")} hint={kindIs === "fixed" ? t("kindFixed") : undefined}>
          <Select
            value={kind}
            onChange={(next) => setDraft({ ...draft, kind: next, params: newParamsOf(next), json: null })}
            disabled={kindIs === "fixed"}
            options={TEMPLATE_KINDS.map((value) => ({
              value,
              label: kinds(value),
              icon: <KindIcon kind={value} className="text-muted" />,
            }))}
          />
        </Field>
        <Field label={common("comment")} note={common("optional")} className="sm:col-span-2">
          <TextArea
            value={comment}
            onChange={(next) => setDraft({ ...draft, comment: next })}
            maxLength={TEMPLATE_COMMENT_MAX}
            rows={2}
          />
        </Field>
      </div>
    </Card>
  );
}

interface ParametersProps {
  kept: KeptTemplate;
  template: Template | null;
  /** The text is no JSON: there is nothing a form could show. */
  broken: boolean;
  /** Was submitted as it is, and refused. */
  refused: boolean;
}

function Parameters({ kept, template, broken, refused }: ParametersProps) {
  const t = useTranslations("templates");
  const summaryOf = useTemplateSummary();
  const { draft, setDraft } = kept;
  const { kind, params, json } = draft;
  return (
    <Card
      title={t("parameters")}
      text={template === null ? t("parametersWrong") : summaryOf(template)}
      actions={
        <Segmented
          label={t("json.view")}
          value={json === null ? "form" : "json"}
          onChange={(view) => {
            if (view === "json") setDraft({ ...draft, json: jsonOf(params) });
            else if (!broken) setDraft({ ...draft, json: null });
          }}
          options={[
            { value: "form", label: t("json.form"), disabled: broken },
            { value: "json", label: t("json.json") },
          ]}
        />
      }
    >
      {json === null ? (
        <SchemaForm
          schema={templateSchemaOf(kind)}
          value={params}
          onChange={(next) => setDraft({ ...draft, params: next })}
          refused={refused}
        />
      ) : (
        <JsonParams
          kind={kind}
          text={json}
          onChange={(text, read) => setDraft({ ...draft, json: text, params: read ?? params })}
        />
      )}
    </Card>
  );
}

export function SubmitButton({ label, busy }: { label: string; busy: boolean }) {
  return (
    <Button type="submit" variant="primary" busy={busy}>
      {label}
    </Button>
  );
}
