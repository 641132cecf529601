"use client";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useComment } from "../../../_lib/use-comment.ts";
import { Button } from "../../../_ui/button.tsx";
import { Combobox } from "../../../_ui/combobox.tsx";
import { Segmented } from "../../../_ui/segmented.tsx";
import { StepChips } from "../../procedures/_components/step-chips.tsx";
import { StepEditor } from "../../procedures/_edit/step-editor.tsx";
import { StepPicker } from "../../procedures/_edit/step-picker.tsx";
import { freeKey, moved, newStep, type StepDraft } from "../../procedures/procedure-draft.ts";

/** What is to be done: a named flow, or operations one by one. */
export type Work = { by: "procedure"; name: string | null } | { by: "operations"; steps: readonly StepDraft[] };

interface WorkPickerProps {
  work: Work;
  onChange: (work: Work) => void;
  error?: string;
}

export function WorkPicker({ work, onChange, error }: WorkPickerProps) {
  const t = useTranslations("tasks.create");
  return (
    <section className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="text-ui font-medium">{t("work")}</h3>
        <Segmented
          label={t("work")}
          value={work.by}
          onChange={(by) => onChange(by === "procedure" ? { by, name: null } : { by, steps: [] })}
          options={[
            { value: "procedure", label: t("byProcedure") },
            { value: "operations", label: t("byOperations") },
          ]}
        />
      </div>
      {work.by === "procedure" ? (
        <ProcedureChoice name={work.name} onChange={(name) => onChange({ by: "procedure", name })} />
      ) : (
        <StepsChoice
          steps={work.steps}
          onChange={(steps) => onChange({ by: "operations", steps })}
          refused={error !== undefined}
        />
      )}
      <p role="alert" className="text-xs text-danger-text empty:hidden">
        {error}
      </p>
    </section>
  );
}

function ProcedureChoice({ name, onChange }: { name: string | null; onChange: (name: string) => void }) {
  const t = useTranslations("tasks.create");
  const commentOf = useComment();
  const procedures = useQuery(useTRPC().procedures.list.queryOptions());
  const chosen = procedures.data?.find((procedure) => procedure.name === name);
  return (
    <>
      <Combobox
        value={name}
        onChange={onChange}
        label={t("byProcedure")}
        placeholder={t("chooseProcedure")}
        loading={procedures.isPending}
        options={(procedures.data ?? []).map((procedure) => ({
          value: procedure.name,
          label: procedure.name,
          hint: commentOf(procedure) || undefined,
        }))}
      />
      {chosen !== undefined && (
        <div className="rounded-lg border border-line bg-sunken/50 p-3">
          <p className="mb-2 text-xs text-muted">{commentOf(chosen)}</p>
          <StepChips steps={chosen.steps} />
        </div>
      )}
    </>
  );
}

function StepsChoice({
  steps,
  onChange,
  refused,
}: {
  steps: readonly StepDraft[];
  onChange: (steps: readonly StepDraft[]) => void;
  refused: boolean;
}) {
  const t = useTranslations("tasks.create");
  const templates = useQuery(useTRPC().templates.list.queryOptions({}));
  const [picking, setPicking] = useState(false);
  const add = (operation: StepDraft["operation"], template: number) =>
    onChange([...steps, newStep(freeKey(steps), operation, template)]);
  return (
    <>
      {steps.length > 0 && (
        <ol className="divide-y divide-line rounded-lg border border-line">
          {steps.map((step, index) => (
            <StepEditor
              key={step.key}
              step={step}
              number={index + 1}
              count={steps.length}
              templates={templates.data ?? []}
              onChange={(next) => onChange(steps.map((each) => (each.key === step.key ? next : each)))}
              onMove={(by) => onChange(moved(steps, index, by))}
              onRemove={() => onChange(steps.filter((each) => each.key !== step.key))}
              refused={refused}
              conditional={false}
            />
          ))}
        </ol>
      )}
      <div>
        <Button icon={<Plus />} onClick={() => setPicking(true)}>
          {t("addOperation")}
        </Button>
      </div>
      <StepPicker
        open={picking}
        onOpenChange={setPicking}
        templates={templates.data}
        stepCount={steps.length}
        onPick={add}
      />
    </>
  );
}
