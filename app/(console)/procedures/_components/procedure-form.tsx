"use client";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { Step } from "#domain/procedure.ts";
import { procedureName, STEPS_MAX } from "#domain/procedure.ts";
import { focusFirstError } from "../../../_forms/schema-form.tsx";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Banner } from "../../../_ui/banner.tsx";
import { Button, ButtonLink } from "../../../_ui/button.tsx";
import { Card } from "../../../_ui/card.tsx";
import { Field } from "../../../_ui/field.tsx";
import { TextArea, TextInput } from "../../../_ui/text-input.tsx";
import { moved, newStep, parsedSteps, type StepDraft } from "../step-draft.ts";
import { StepEditor } from "./step-editor.tsx";
import { StepPicker } from "./step-picker.tsx";

const COMMENT_MAX = 256;

export interface ProcedureInput {
  name: string;
  comment: string;
  steps: Step[];
}

interface ProcedureFormProps {
  initial: { name: string; comment: string; steps: StepDraft[] };
  /** Its name is how others refer to a procedure that exists. */
  nameIs: "new" | "fixed";
  cancelHref: string;
  submitLabel: string;
  busy: boolean;
  /** What the server said of the last try. */
  error: unknown;
  onSubmit: (input: ProcedureInput) => void;
}

export function ProcedureForm(props: ProcedureFormProps) {
  const { initial, nameIs, cancelHref, submitLabel, busy, error, onSubmit } = props;
  const t = useTranslations("procedures");
  const common = useTranslations("common");
  const validation = useTranslations("validation");
  const [name, setName] = useState(initial.name);
  const [comment, setComment] = useState(initial.comment);
  const [steps, setSteps] = useState<readonly StepDraft[]>(initial.steps);
  const [picking, setPicking] = useState(false);
  const [refused, setRefused] = useState(false);
  const templates = useQuery(useTRPC().templates.list.queryOptions({}));
  const nameOk = nameIs === "fixed" || procedureName.safeParse(name).success;

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const ready = parsedSteps(steps);
    if (nameOk && ready !== null) {
      onSubmit({ name, comment, steps: ready });
      return;
    }
    setRefused(true);
    const form = event.currentTarget;
    requestAnimationFrame(() => focusFirstError(form));
  }
  function addStep(operation: StepDraft["operation"], template: number): void {
    setSteps((before) => [...before, newStep(1 + Math.max(-1, ...before.map(({ key }) => key)), operation, template)]);
  }
  return (
    <form onSubmit={submit} noValidate className="flex max-w-4xl flex-col gap-4">
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
              onChange={setName}
              disabled={nameIs === "fixed"}
              autoComplete="off"
              spellCheck={false}
            />
          </Field>
          <Field label={common("comment")} note={common("optional")}>
            <TextArea value={comment} onChange={setComment} maxLength={COMMENT_MAX} rows={2} />
          </Field>
        </div>
      </Card>
      <Card
        title={t("steps")}
        text={t("stepsText")}
        padding="flush"
        actions={
          <Button size="sm" icon={<Plus />} onClick={() => setPicking(true)} disabled={steps.length >= STEPS_MAX}>
            {t("addStep")}
          </Button>
        }
      >
        {steps.length === 0 ? (
          <p
            className={
              refused ? "px-4 py-8 text-center text-ui text-danger-text" : "px-4 py-8 text-center text-ui text-muted"
            }
          >
            {refused ? t("stepsNeeded") : t("stepsEmpty")}
          </p>
        ) : (
          <ol className="divide-y divide-line">
            {steps.map((step, index) => (
              <StepEditor
                key={step.key}
                step={step}
                number={index + 1}
                count={steps.length}
                templates={templates.data ?? []}
                onChange={(next) => setSteps(steps.map((each) => (each.key === step.key ? next : each)))}
                onMove={(by) => setSteps(moved(steps, index, by))}
                onRemove={() => setSteps(steps.filter((each) => each.key !== step.key))}
                refused={refused}
              />
            ))}
          </ol>
        )}
      </Card>
      <Banner tone="danger">{error === null ? null : <RefusalText error={error} />}</Banner>
      <div className="flex justify-end gap-2">
        <ButtonLink href={cancelHref}>{common("cancel")}</ButtonLink>
        <Button type="submit" variant="primary" busy={busy}>
          {submitLabel}
        </Button>
      </div>
      <StepPicker
        open={picking}
        onOpenChange={setPicking}
        templates={templates.data}
        stepCount={steps.length}
        onPick={addStep}
      />
    </form>
  );
}

function RefusalText({ error }: { error: unknown }) {
  const { text, detail } = useFailureMessage()(error);
  return (
    <>
      {text}
      {detail !== "" && <span className="block font-mono text-xs">{detail}</span>}
    </>
  );
}
