"use client";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";
import { type ProcedureBody, procedureName } from "#domain/procedure.ts";
import { focusFirstError } from "../../../_forms/schema-form.tsx";
import type { KeptDraft } from "../../../_lib/use-kept-draft.ts";
import { Banner } from "../../../_ui/banner.tsx";
import { Card } from "../../../_ui/card.tsx";
import { Field } from "../../../_ui/field.tsx";
import { TextArea, TextInput } from "../../../_ui/text-input.tsx";
import { DryRunPanel } from "../../_plan/dry-run-panel.tsx";
import { bodyOf, type ProcedureDraft } from "../procedure-draft.ts";
import { stepsIn } from "./json-steps.tsx";
import { LuaScript } from "./lua-script.tsx";
import { StepsCard } from "./steps-card.tsx";

const COMMENT_MAX = 256;

export interface ProcedureInput {
  name: string;
  comment: string;
  body: ProcedureBody;
}

interface ProcedureFormProps {
  kept: KeptDraft<ProcedureDraft>;
  /** Its name is how others refer to a procedure that exists. */
  nameIs: "new" | "fixed";
  onSubmit: (input: ProcedureInput) => void;
  /** Forgets what was kept of an earlier visit. */
  onDiscard: () => void;
  /** What went wrong with saving. */
  error: ReactNode;
  actions: ReactNode;
}

/** The procedure, and beside it what it would do to a media. */
export function ProcedureForm({ kept, nameIs, onSubmit, onDiscard, error, actions }: ProcedureFormProps) {
  const t = useTranslations("procedures");
  const common = useTranslations("common");
  const validation = useTranslations("validation");
  const { draft, setDraft, restored } = kept;
  const { name, comment, steps, json, lua } = draft;
  const [refused, setRefused] = useState(false);
  const nameOk = nameIs === "fixed" || procedureName.safeParse(name).success;
  const broken = lua === null && json !== null && stepsIn(json) === null;
  const body = broken ? null : bodyOf(draft);

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (nameOk && body !== null) {
      onSubmit({ name, comment: comment.trim(), body });
      return;
    }
    setRefused(true);
    const form = event.currentTarget;
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
        <Card title={t("basics")}>
          <div className="grid items-start gap-x-5 gap-y-4">
            <Field
              label={common("name")}
              hint={nameIs === "new" ? t("nameHint") : t("nameFixed")}
              error={refused && !nameOk ? validation("procedureName") : undefined}
              className="max-w-md"
            >
              <TextInput
                value={name}
                onChange={(next) => setDraft({ ...draft, name: next })}
                disabled={nameIs === "fixed"}
                autoComplete="off"
                spellCheck={false}
              />
            </Field>
            <Field label={common("comment")} note={common("optional")}>
              <TextArea
                value={comment}
                onChange={(next) => setDraft({ ...draft, comment: next })}
                maxLength={COMMENT_MAX}
                rows={2}
              />
            </Field>
          </div>
        </Card>
        {lua === null ? (
          <StepsCard draft={draft} onChange={setDraft} refused={refused} />
        ) : (
          <Card title={t("views.lua")} text={t("script.text")}>
            <LuaScript text={lua} onChange={(next) => setDraft({ ...draft, lua: next })} />
          </Card>
        )}
        <Banner tone="danger">
          {error ?? (refused && body === null ? t(steps.length === 0 && lua === null ? "stepsNeeded" : "wrong") : null)}
        </Banner>
        <div className="flex flex-wrap justify-end gap-2">{actions}</div>
      </div>
      <div className="min-w-0 xl:sticky xl:top-4">
        <DryRunPanel work={body === null ? null : "steps" in body ? body : { procedureName: JSON.stringify(body) }} />
      </div>
    </form>
  );
}
