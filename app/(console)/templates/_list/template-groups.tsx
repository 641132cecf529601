"use client";
import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import type { TemplateRow } from "#server/api/rows.ts";
import { useComment } from "../../../_lib/use-comment.ts";
import { groupTemplates } from "../group-templates.ts";
import { TemplateRows } from "./template-rows.tsx";
import type { Selection } from "./template-selection.tsx";

interface TemplateGroupsProps {
  templates: readonly TemplateRow[];
  searching: boolean;
  selection: Selection;
}

/** Templates below what they are for. What is searched for is found in closed groups, too. */
export function TemplateGroups({ templates, searching, selection }: TemplateGroupsProps) {
  const t = useTranslations("templates");
  const commentOf = useComment();
  return (
    <div className="flex flex-col gap-4">
      {groupTemplates(templates).map(({ comment, templates, beginsOpen }) => (
        <details key={`${comment} ${searching}`} open={searching || beginsOpen} className="group">
          <summary className="mb-1.5 flex cursor-pointer list-none items-center gap-1.5 rounded-sm text-xs text-muted hover:text-ink [&::-webkit-details-marker]:hidden">
            <ChevronRight className="size-3.5 shrink-0 transition-transform group-open:rotate-90" aria-hidden />
            <span className="min-w-0 truncate">
              {comment === null ? t("yours") : commentOf({ preset: true, comment })}
            </span>
            <span className="text-faint tabular-nums">{templates.length}</span>
          </summary>
          <TemplateRows templates={templates} selection={selection} />
        </details>
      ))}
    </div>
  );
}
