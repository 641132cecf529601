"use client";
import { ArrowDown, ArrowUp, ChevronRight, Filter, SlidersHorizontal, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentProps, type KeyboardEvent, useRef, useState } from "react";
import { conditions } from "#domain/condition.ts";
import { useParamsOf } from "#domain/operations/operation.ts";
import { familyOf, TEMPLATE_KIND_OF } from "#domain/template.ts";
import type { TemplateRow } from "#server/api/rows.ts";
import { SchemaForm } from "../../../_forms/schema-form.tsx";
import { IconButton } from "../../../_ui/button.tsx";
import { classes } from "../../../_ui/classes.ts";
import { KindIcon } from "../../templates/_components/kind.tsx";
import { useTemplateSummary } from "../../templates/use-template-summary.ts";
import { useConditionWords } from "../_components/use-condition-words.ts";
import type { StepDraft } from "../procedure-draft.ts";
import { ConditionList } from "./condition-list.tsx";
import { OverrideForm } from "./override-form.tsx";

interface StepEditorProps {
  step: StepDraft;
  number: number;
  count: number;
  templates: readonly TemplateRow[];
  onChange: (step: StepDraft) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
  /** Somebody tried to save the procedure. */
  refused: boolean;
  /** Whether it may depend on the media; where a media is chosen already there is nothing to ask. */
  conditional?: boolean;
  initiallyOpen?: boolean;
}

/** One step: which template, and what is said at this use of it. Alt and an arrow key move it. */
export function StepEditor(props: StepEditorProps) {
  const { step, number, count, templates, onChange, onMove, onRemove, refused } = props;
  const { conditional = true, initiallyOpen = false } = props;
  const t = useTranslations("procedures");
  const common = useTranslations("common");
  const kinds = useTranslations("kinds");
  const summaryOf = useTemplateSummary();
  const item = useRef<HTMLLIElement>(null);
  const useSchema = useParamsOf(step.operation);
  const wordsOf = useConditionWords();
  const adjustable = Object.keys(useSchema.shape).length > 0;
  const wrong = !useSchema.safeParse(step.use).success || !conditions.safeParse(step.when).success;
  const [open, setOpen] = useState(initiallyOpen);
  const family = familyOf(TEMPLATE_KIND_OF[step.operation]);
  const template = templates.find((each) => each.family === family && each.definition === step.template);
  const overridden = Object.keys(step.override).length > 0;

  function move(by: -1 | 1): void {
    onMove(by);
    // The focus goes along; at the end of the list its button is disabled, and the one beside it takes over.
    requestAnimationFrame(() => {
      const buttons = [...(item.current?.querySelectorAll<HTMLButtonElement>("[data-move]") ?? [])];
      const wanted = buttons.find((button) => button.dataset.move === String(by));
      const target = wanted?.disabled ? buttons.find((button) => !button.disabled) : wanted;
      target?.focus();
    });
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    move(event.key === "ArrowUp" ? -1 : 1);
  }
  return (
    <li ref={item} onKeyDown={onKeyDown} className="px-4 py-2.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="w-5 text-right text-xs text-faint" aria-hidden>
          {number}
        </span>
        <KindIcon kind={step.operation} className="text-muted" />
        <div className="min-w-0 flex-1">
          <p className="truncate text-ui">
            <span className="font-medium">{template?.name ?? t("templateGone", { definition: step.template })}</span>
            <span className="ml-2 text-xs text-faint">{kinds(step.operation)}</span>
          </p>
          <p className="truncate text-xs text-muted">
            {template !== undefined && summaryOf(template)}
            {overridden && ` · ${t("overridden")}`}
          </p>
          {step.when.length > 0 && (
            <p className="mt-0.5 flex items-center gap-1 text-xs text-warning-text">
              <Filter className="size-3 shrink-0" aria-hidden />
              <span className="truncate">{t("when.only", { conditions: wordsOf(step.when) })}</span>
            </p>
          )}
        </div>
        <div className="flex items-center">
          <IconButton
            size="sm"
            label={t("adjust")}
            icon={<SlidersHorizontal />}
            aria-expanded={open || (wrong && refused)}
            onClick={() => setOpen(!open)}
            className={wrong && refused ? "text-danger-text!" : undefined}
          />
          <IconButton
            size="sm"
            label={t("moveUp", { number })}
            icon={<ArrowUp />}
            disabled={number === 1}
            data-move={-1}
            onClick={() => move(-1)}
          />
          <IconButton
            size="sm"
            label={t("moveDown", { number })}
            icon={<ArrowDown />}
            disabled={number === count}
            data-move={1}
            onClick={() => move(1)}
          />
          <IconButton size="sm" label={common("remove")} icon={<X />} onClick={onRemove} />
        </div>
      </div>
      {(open || (wrong && refused)) && (
        <div className="mt-3 mb-1 flex flex-col gap-5 rounded-lg border border-line bg-sunken/40 p-4 sm:ml-8">
          {conditional && (
            <ConditionList value={step.when} onChange={(when) => onChange({ ...step, when })} refused={refused} />
          )}
          {adjustable && (
            <SchemaForm
              schema={useSchema}
              value={step.use}
              onChange={(use) => onChange({ ...step, use })}
              refused={refused}
            />
          )}
          {template !== undefined && (
            <Override
              template={template}
              override={step.override}
              onChange={(override) => onChange({ ...step, override })}
              refused={refused}
            />
          )}
        </div>
      )}
    </li>
  );
}

/** Closed until it is wanted: most steps are what their template says. */
function Override(props: ComponentProps<typeof OverrideForm>) {
  const t = useTranslations("procedures.override");
  const [open, setOpen] = useState(Object.keys(props.override).length > 0);
  return (
    <div className="flex flex-col gap-3">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex items-center gap-1.5 self-start text-ui font-medium"
      >
        <ChevronRight className={classes("size-4 transition-transform", open && "rotate-90")} aria-hidden />
        {t("title")}
      </button>
      {open && <OverrideForm {...props} />}
    </div>
  );
}
