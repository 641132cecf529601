"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { STEP_KINDS } from "#domain/operations/operation.ts";
import { TEMPLATE_KIND_OF } from "#domain/template.ts";
import type { ProcedureRow } from "#server/api/rows.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useComment } from "../../../_lib/use-comment.ts";
import type { SelectOption } from "../../../_ui/select.tsx";
import { useTemplateSummary } from "../../templates/use-template-summary.ts";
import { useRecents } from "./use-recents.ts";

const STEPS_SAID_MAX = 4;

/** What a procedure makes, in a few words. */
export function useProcedureSummary(): (procedure: ProcedureRow) => string {
  const t = useTranslations("procedures");
  const commentOf = useComment();
  return (procedure) => {
    if (procedure.lua !== null) return commentOf(procedure) || t("scriptSteps");
    const names = procedure.steps.map(({ templateName, template }) => templateName ?? `#${template}`);
    const more = names.length - STEPS_SAID_MAX;
    const said = names.slice(0, STEPS_SAID_MAX).join(", ") + (more > 0 ? ` ${t("moreSteps", { count: more })}` : "");
    return [commentOf(procedure), said].filter(Boolean).join(" · ");
  };
}

/** Procedures to choose from, those chosen lately first. `withTemplates`: single templates, too, as procedures of one step. */
export function useProcedureOptions({ withTemplates = false } = {}) {
  const t = useTranslations("procedures");
  const kinds = useTranslations("kinds");
  const trpc = useTRPC();
  const procedures = useQuery(trpc.procedures.list.queryOptions());
  const templates = useQuery({ ...trpc.templates.list.queryOptions({}), enabled: withTemplates });
  const summaryOf = useProcedureSummary();
  const templateSummaryOf = useTemplateSummary();
  const { recents, remember } = useRecents("procedures");
  const named = (procedures.data ?? []).map(
    (procedure): SelectOption<string> => ({
      ...{ value: procedure.name, label: procedure.name, hint: summaryOf(procedure) || undefined },
    }),
  );
  const single = (templates.data ?? []).flatMap((template) =>
    STEP_KINDS.filter((kind) => TEMPLATE_KIND_OF[kind] === template.kind).map((operation) => ({
      value: JSON.stringify([{ operation, template: template.definition }]),
      label: `${template.name} · ${kinds(operation)}`,
      hint: `#${template.definition} · ${templateSummaryOf(template)}`,
    })),
  );
  const all = [...named, ...single];
  const late = recents.flatMap((value) => all.find((option) => option.value === value) ?? []);
  const marked = late.map((option) => ({ ...option, hint: [t("recent"), option.hint].filter(Boolean).join(" · ") }));
  const options = [...marked, ...all.filter((option) => !late.includes(option))];
  return { options, loading: procedures.isPending, remember, procedures: procedures.data ?? [] };
}

/** How a procedure that was asked for is called: its name, or that of the one template it stands for. */
export function useProcedureLabel(): (text: string) => string {
  const t = useTranslations("procedures");
  const { options } = useProcedureOptions({ withTemplates: true });
  return (text) => {
    const known = options.find(({ value }) => value === text);
    if (known !== undefined) return known.label;
    return /^\s*[[{]|\n/u.test(text) ? t("writtenOut") : text;
  };
}
