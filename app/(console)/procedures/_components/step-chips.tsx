"use client";
import { useTranslations } from "next-intl";
import type { ProcedureRow } from "#server/api/rows.ts";
import { classes } from "../../../_ui/classes.ts";
import { KindIcon } from "../../templates/_components/kind.tsx";

const SHOWN_MAX = 8;

/** The steps of a procedure at a glance, in their order. */
export function StepChips({ steps }: { steps: ProcedureRow["steps"] }) {
  const t = useTranslations("procedures");
  const kinds = useTranslations("kinds");
  const hidden = steps.length - SHOWN_MAX;
  return (
    <ul className="flex flex-wrap gap-1.5">
      {steps.slice(0, SHOWN_MAX).map((step, index) => (
        <li
          key={`${index} ${step.template}`}
          title={kinds(step.operation)}
          className={classes(
            "flex h-6 max-w-56 items-center gap-1.5 rounded-md border px-2 text-xs",
            step.templateName === null ? "border-danger/40 text-danger-text" : "border-line bg-sunken/60 text-muted",
          )}
        >
          <KindIcon kind={step.operation} className="size-3.5!" />
          <span className="sr-only">{kinds(step.operation)}</span>
          <span className="truncate">{step.templateName ?? t("templateGone", { definition: step.template })}</span>
        </li>
      ))}
      {hidden > 0 && (
        <li className="flex h-6 items-center px-1 text-xs text-faint">{t("moreSteps", { count: hidden })}</li>
      )}
    </ul>
  );
}
