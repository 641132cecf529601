"use client";
import { useTranslations } from "next-intl";
import type { ImportedTemplate, ImportPreview } from "#server/api/rows.ts";
import { Badge } from "../../../_ui/badge.tsx";
import { KindIcon } from "../_components/kind.tsx";
import { useTemplateSummary } from "../use-template-summary.ts";

/** What would be made. With anything wrong in the document, nothing is. */
export function ImportList({ preview: { templates, faults } }: { preview: ImportPreview }) {
  const t = useTranslations("templates.import");
  if (templates.length === 0) return null;
  return (
    <section className="flex flex-col gap-2">
      <h3 className="text-ui font-semibold">
        {faults.length === 0 ? t("willMake", { count: templates.length }) : t("wouldMake", { count: templates.length })}
      </h3>
      <ul className="max-h-72 divide-y divide-line overflow-y-auto rounded-lg border border-line">
        {templates.map((one) => (
          <Row key={one.index} one={one} />
        ))}
      </ul>
    </section>
  );
}

function Row({ one: { template, namesakes } }: { one: ImportedTemplate }) {
  const t = useTranslations("templates.import");
  const kinds = useTranslations("kinds");
  const summaryOf = useTemplateSummary();
  return (
    <li className="flex items-center gap-3 px-3 py-2">
      <KindIcon kind={template.kind} className="text-muted" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 text-ui font-medium">
          <span className="min-w-0 truncate">{template.name}</span>
          {namesakes.length > 0 && (
            <Badge tone="warning">
              {t("namesake", { numbers: namesakes.map(({ definition }) => definition).join(", ") })}
            </Badge>
          )}
        </p>
        <p className="truncate text-xs text-muted">{summaryOf(template)}</p>
      </div>
      <span className="text-xs text-faint max-sm:hidden">{kinds(template.kind)}</span>
    </li>
  );
}
