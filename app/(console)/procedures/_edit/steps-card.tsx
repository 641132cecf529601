"use client";
import { useQuery } from "@tanstack/react-query";
import { Braces, FileCode2, ListTree, Plus, Workflow } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type ProcedureBody, STEPS_MAX } from "#domain/procedure.ts";
import { luaOfSteps } from "#domain/procedure-lua.ts";
import type { TemplateRow } from "#server/api/rows.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { Button } from "../../../_ui/button.tsx";
import { Card } from "../../../_ui/card.tsx";
import { CodeEditor } from "../../../_ui/code-editor.tsx";
import { Segmented } from "../../../_ui/segmented.tsx";
import { useStepName } from "../_components/use-step-name.ts";
import { GraphView } from "../_graph/graph-view.tsx";
import {
  draftsOf,
  freeKey,
  jsonOf,
  moved,
  newStep,
  type ProcedureDraft,
  parsedSteps,
  type StepDraft,
} from "../procedure-draft.ts";
import { JsonSteps, stepsIn } from "./json-steps.tsx";
import { StepEditor } from "./step-editor.tsx";
import { StepPicker } from "./step-picker.tsx";

const VIEWS = ["outline", "graph", "json", "lua"] as const;
type View = (typeof VIEWS)[number];

interface StepsCardProps {
  draft: ProcedureDraft;
  onChange: (draft: ProcedureDraft) => void;
  refused: boolean;
}

/** The same steps in four ways: as a list, as a graph, as JSON, and as the script that would do the same. */
export function StepsCard({ draft, onChange, refused }: StepsCardProps) {
  const t = useTranslations("procedures");
  const { steps, json } = draft;
  const [shown, setView] = useState<View>(json === null ? "outline" : "json");
  const [picking, setPicking] = useState(false);
  const templates = useQuery(useTRPC().templates.list.queryOptions({}));
  const parsed = parsedSteps(steps);
  // A text that is no procedure yet has no other look.
  const broken = json !== null && stepsIn(json) === null;
  const view = broken ? "json" : shown;
  const setSteps = (next: readonly StepDraft[]) => onChange({ ...draft, steps: next, json: null });
  const icons = { outline: <ListTree />, graph: <Workflow />, json: <Braces />, lua: <FileCode2 /> };

  function show(next: View): void {
    setView(next);
    const body: ProcedureBody | null = parsed === null ? null : { steps: parsed };
    if (next !== "json") onChange({ ...draft, json: null });
    else onChange({ ...draft, json: body === null ? "" : jsonOf(body) });
  }
  return (
    <Card
      title={t("steps")}
      text={t("stepsText")}
      padding="flush"
      actions={
        (view === "outline" || view === "graph") && (
          <Button size="sm" icon={<Plus />} onClick={() => setPicking(true)} disabled={steps.length >= STEPS_MAX}>
            {t("addStep")}
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-3 overflow-x-auto border-b border-line px-4 py-2.5">
        <Segmented
          label={t("views.label")}
          value={view}
          onChange={show}
          options={VIEWS.map((value) => ({
            value,
            label: t(`views.${value}`),
            icon: icons[value],
            // Half-typed steps have no text yet.
            disabled:
              value !== view &&
              (broken || (value !== "outline" && value !== "graph" && steps.length > 0 && parsed === null)),
          }))}
        />
      </div>
      {view === "outline" && (
        <Outline steps={steps} onChange={setSteps} templates={templates.data ?? []} refused={refused} />
      )}
      {view === "graph" && (
        <Graph steps={steps} onChange={setSteps} templates={templates.data ?? []} refused={refused} />
      )}
      {view === "json" && (
        <div className="p-4">
          <JsonSteps
            text={json ?? ""}
            onChange={(text, read) => onChange({ ...draft, json: text, steps: read === null ? steps : draftsOf(read) })}
          />
        </div>
      )}
      {view === "lua" && (
        <div className="flex flex-col gap-3 p-4">
          <p className="text-xs text-muted">{t("script.same")}</p>
          <CodeEditor language="lua" label={t("views.lua")} value={parsed === null ? "" : luaOfSteps(parsed)} />
          <Button
            size="sm"
            className="self-start"
            disabled={parsed === null}
            onClick={() => onChange({ ...draft, json: null, lua: luaOfSteps(parsed ?? []) })}
          >
            {t("script.goOn")}
          </Button>
        </div>
      )}
      <StepPicker
        open={picking}
        onOpenChange={setPicking}
        templates={templates.data}
        stepCount={steps.length}
        onPick={(operation, template) => setSteps([...steps, newStep(freeKey(steps), operation, template)])}
      />
    </Card>
  );
}

interface ViewProps {
  steps: readonly StepDraft[];
  onChange: (steps: readonly StepDraft[]) => void;
  templates: readonly TemplateRow[];
  refused: boolean;
}

function Outline({ steps, onChange, templates, refused }: ViewProps) {
  const t = useTranslations("procedures");
  if (steps.length === 0) {
    const tone = refused ? "text-danger-text" : "text-muted";
    return <p className={`px-4 py-8 text-center text-ui ${tone}`}>{refused ? t("stepsNeeded") : t("stepsEmpty")}</p>;
  }
  return (
    <ol className="divide-y divide-line">
      {steps.map((step, index) => (
        <StepEditor
          key={step.key}
          step={step}
          number={index + 1}
          count={steps.length}
          templates={templates}
          onChange={(next) => onChange(steps.map((each) => (each.key === step.key ? next : each)))}
          onMove={(by) => onChange(moved(steps, index, by))}
          onRemove={() => onChange(steps.filter((each) => each.key !== step.key))}
          refused={refused}
        />
      ))}
    </ol>
  );
}

/** The graph, and below it the step that is selected in it. */
function Graph({ steps, onChange, templates, refused }: ViewProps) {
  const t = useTranslations("procedures.graph");
  const nameOf = useStepName(templates);
  const [selected, setSelected] = useState<number | null>(null);
  const index = steps.findIndex(({ key }) => key === selected);
  const step = steps[index];
  return (
    <div className="flex flex-col gap-3 p-4">
      <GraphView steps={steps} nameOf={nameOf} onChange={onChange} selected={selected} onSelect={setSelected} />
      {step === undefined ? (
        <p className="text-xs text-muted">{t("hint")}</p>
      ) : (
        <ol className="rounded-lg border border-line">
          <StepEditor
            key={step.key}
            step={step}
            number={index + 1}
            count={steps.length}
            templates={templates}
            onChange={(next) => onChange(steps.map((each) => (each.key === step.key ? next : each)))}
            onMove={(by) => onChange(moved(steps, index, by))}
            onRemove={() => onChange(steps.filter((each) => each.key !== step.key))}
            refused={refused}
            initiallyOpen
          />
        </ol>
      )}
    </div>
  );
}
