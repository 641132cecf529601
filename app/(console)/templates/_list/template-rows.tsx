"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { TemplateRow } from "#server/api/rows.ts";
import { routes } from "../../../_lib/routes.ts";
import { Badge } from "../../../_ui/badge.tsx";
import { classes } from "../../../_ui/classes.ts";
import { CopyId } from "../../../_ui/copy-id.tsx";
import { KindIcon } from "../_components/kind.tsx";
import { useTemplateUses } from "../_components/use-template-uses.ts";
import { keyText } from "../template-key.ts";
import { useTemplateSummary } from "../use-template-summary.ts";
import { type Selection, SelectTemplate } from "./template-selection.tsx";

export function TemplateRows({ templates, selection }: { templates: readonly TemplateRow[]; selection: Selection }) {
  const t = useTranslations("templates");
  const common = useTranslations("common");
  const kinds = useTranslations("kinds");
  const summaryOf = useTemplateSummary();
  const usesOf = useTemplateUses();
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-raised">
      {templates.map((template) => {
        const users = usesOf(template) ?? [];
        return (
          <li
            key={keyText(template)}
            className={classes(
              "relative flex items-center gap-3 px-4 py-2.5 transition-colors hover:bg-hover",
              selection.keys.includes(keyText(template)) && "bg-accent-soft/40",
            )}
          >
            <SelectTemplate template={template} selection={selection} />
            <KindIcon kind={template.kind} className="text-muted max-sm:hidden" />
            <div className="min-w-0 flex-1">
              <div className="flex items-center gap-2">
                <Link
                  href={routes.template(template.family, template.definition)}
                  // The link covers its row, except for what lies above it.
                  className="truncate text-ui font-medium after:absolute after:inset-0 after:content-['']"
                >
                  {template.name}
                </Link>
                {!template.preset && <Badge tone="info">{common("custom")}</Badge>}
              </div>
              <p className="truncate text-xs text-muted">{summaryOf(template)}</p>
            </div>
            {users.length > 0 && (
              <span className="hidden text-xs whitespace-nowrap text-faint md:block" title={users.join(", ")}>
                {t("usedByCount", { count: users.length })}
              </span>
            )}
            <span className="hidden w-32 truncate text-right text-xs text-faint sm:block">{kinds(template.kind)}</span>
            <span className="relative z-10 w-20 text-right" title={t("definition")}>
              <CopyId id={String(template.definition)} length="full" />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
