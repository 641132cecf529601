"use client";
import { useQuery } from "@tanstack/react-query";
import { Plus, SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFaultSentence } from "../../../_lib/field-sentences.ts";
import { useTRPC, useTRPCClient } from "../../../_lib/trpc.tsx";
import { useDebounced } from "../../../_lib/use-debounced.ts";
import { Button } from "../../../_ui/button.tsx";
import { Combobox } from "../../../_ui/combobox.tsx";
import { Field } from "../../../_ui/field.tsx";
import { Segmented } from "../../../_ui/segmented.tsx";
import { Select } from "../../../_ui/select.tsx";
import { TextArea } from "../../../_ui/text-input.tsx";
import { useProcedureOptions, useProcedureSummary } from "../../procedures/_components/use-procedure-options.ts";
import { StepEditor } from "../../procedures/_edit/step-editor.tsx";
import { StepPicker } from "../../procedures/_edit/step-picker.tsx";
import { draftsOf, freeKey, moved, newStep, type StepDraft } from "../../procedures/procedure-draft.ts";

/** What is to be done: a named flow, or operations one by one. */
export type Work =
  | { by: "procedure"; name: string | null; version?: number }
  | { by: "operations"; steps: readonly StepDraft[] }
  | { by: "text"; text: string };

const BEGINNINGS: Record<Work["by"], Work> = {
  procedure: { by: "procedure", name: null },
  operations: { by: "operations", steps: [] },
  text: { by: "text", text: "" },
};
const TYPING_MS = 400;
const VERSIONS_MAX = 50;

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
          onChange={(by) => onChange(BEGINNINGS[by])}
          options={[
            { value: "procedure", label: t("byProcedure") },
            { value: "operations", label: t("byOperations") },
            { value: "text", label: t("byText") },
          ]}
        />
      </div>
      {work.by === "procedure" && (
        <ProcedureChoice
          name={work.name}
          version={work.version}
          onChange={(name, version) => onChange({ by: "procedure", name, version })}
          onSteps={(steps) => onChange({ by: "operations", steps })}
        />
      )}
      {work.by === "operations" && (
        <StepsChoice
          steps={work.steps}
          onChange={(steps) => onChange({ by: "operations", steps })}
          refused={error !== undefined}
        />
      )}
      {work.by === "text" && <TextChoice text={work.text} onChange={(text) => onChange({ by: "text", text })} />}
      <p role="alert" className="text-xs text-danger-text empty:hidden">
        {error}
      </p>
    </section>
  );
}

interface ProcedureChoiceProps {
  name: string | null;
  version: number | undefined;
  onChange: (name: string, version: number | undefined) => void;
  /** Its steps, to be changed for these tasks alone. */
  onSteps: (steps: readonly StepDraft[]) => void;
}

const NEWEST = "";

function ProcedureChoice({ name, version, onChange, onSteps }: ProcedureChoiceProps) {
  const t = useTranslations("tasks.create");
  const summaryOf = useProcedureSummary();
  const { options, loading, remember, procedures } = useProcedureOptions();
  const chosen = procedures.find((procedure) => procedure.name === name);
  const current = chosen?.version ?? null;
  const asked = useQuery({
    ...useTRPC().procedures.get.queryOptions({ name: name ?? "", version }),
    enabled: name !== null && version !== undefined,
  });

  async function takeSteps(): Promise<void> {
    const shown = version === undefined ? chosen : (asked.data ?? (await asked.refetch()).data);
    if (shown !== undefined) onSteps(draftsOf(shown.steps));
  }
  const older = current === null ? [] : Array.from({ length: Math.min(current, VERSIONS_MAX) }, (_, n) => current - n);
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Combobox
          value={name}
          onChange={(next) => {
            remember(next);
            onChange(next, undefined);
          }}
          label={t("byProcedure")}
          placeholder={t("chooseProcedure")}
          loading={loading}
          options={options}
          className="min-w-0 flex-1 basis-60"
        />
        {name !== null && older.length > 1 && (
          <Select
            label={t("version")}
            value={version === undefined ? NEWEST : String(version)}
            onChange={(next) => onChange(name, next === NEWEST ? undefined : Number(next))}
            options={[
              { value: NEWEST, label: t("newest", { version: current ?? 1 }) },
              ...older.map((each) => ({ value: String(each), label: t("versionNumber", { version: each }) })),
            ]}
            className="w-44!"
          />
        )}
      </div>
      {chosen !== undefined && (
        <div className="rounded-lg border border-line bg-sunken/50 p-3">
          <p className="text-xs text-muted">{summaryOf(chosen)}</p>
          {chosen.lua === null && (
            <Button
              size="sm"
              variant="ghost"
              icon={<SlidersHorizontal />}
              className="mt-2 -ml-2"
              busy={asked.isPending && asked.fetchStatus === "fetching"}
              onClick={() => void takeSteps()}
            >
              {t("changeSteps")}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

/** A call with arguments, JSON, or a script, typed for these tasks alone. */
function TextChoice({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const t = useTranslations("tasks.create");
  const sentenceOf = useFaultSentence();
  const client = useTRPCClient();
  const settled = useDebounced(text, TYPING_MS);
  const checked = useQuery({
    queryKey: ["procedureText", settled, "any"],
    queryFn: () => client.procedures.validate.mutate({ text: settled }),
    enabled: settled.trim() !== "",
  });
  const faults = settled === text ? (checked.data?.faults ?? []) : [];
  return (
    <Field
      label={t("text")}
      hint={t("textHint")}
      error={faults.length === 0 ? undefined : faults.map(sentenceOf).join(" ")}
    >
      <TextArea
        value={text}
        onChange={onChange}
        rows={4}
        spellCheck={false}
        placeholder="QCVB_SimpleProcessFile({100010,100030}, 0, 10, 10)"
        className="font-mono"
      />
    </Field>
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
