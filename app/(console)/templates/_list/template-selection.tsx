"use client";
import { Columns2, Download, Trash2, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { TemplateRow } from "#server/api/rows.ts";
import { routes } from "../../../_lib/routes.ts";
import { Button, ButtonLink, IconButton } from "../../../_ui/button.tsx";
import { keyText } from "../template-key.ts";

/** The templates chosen in the list, by their keys, in the order they were chosen. */
export interface Selection {
  keys: readonly string[];
  toggle: (key: string) => void;
}

export function SelectTemplate({ template, selection }: { template: TemplateRow; selection: Selection }) {
  const t = useTranslations("templates.selection");
  const key = keyText(template);
  return (
    <label className="relative z-10 -ml-1.5 flex size-6 shrink-0 cursor-pointer items-center justify-center rounded-md pointer-coarse:size-9">
      <input
        type="checkbox"
        checked={selection.keys.includes(key)}
        onChange={() => selection.toggle(key)}
        aria-label={t("select", { name: template.name })}
        className="size-4 cursor-pointer accent-accent"
      />
    </label>
  );
}

interface SelectionBarProps {
  chosen: readonly TemplateRow[];
  onClear: () => void;
  onExport: () => void;
  /** Absent for whoever may not. */
  onDelete?: () => void;
}

/** What can be done with the chosen templates; stays in sight while there are any. */
export function SelectionBar({ chosen, onClear, onExport, onDelete }: SelectionBarProps) {
  const t = useTranslations("templates.selection");
  const templates = useTranslations("templates");
  const common = useTranslations("common");
  const [a, b] = chosen;
  const comparable = chosen.length === 2 && a?.kind === b?.kind && a !== undefined && b !== undefined;
  return (
    <div role="status" className="sticky bottom-4 z-20 mt-5 flex justify-center empty:hidden">
      {chosen.length > 0 && (
        <div className="flex flex-wrap items-center gap-2 rounded-lg border border-line bg-raised py-1.5 pr-1.5 pl-4 text-ui shadow-popup">
          <span className="mr-1 whitespace-nowrap">{t("count", { count: chosen.length })}</span>
          {comparable && (
            <ButtonLink icon={<Columns2 />} href={routes.compareTemplates({ a: keyText(a), b: keyText(b) })}>
              {templates("compare.short")}
            </ButtonLink>
          )}
          <Button icon={<Download />} onClick={onExport}>
            {templates("export")}
          </Button>
          {onDelete !== undefined && chosen.every(({ preset }) => !preset) && (
            <Button variant="danger" icon={<Trash2 />} onClick={onDelete}>
              {common("delete")}
            </Button>
          )}
          <IconButton label={t("clear")} icon={<X />} onClick={onClear} />
        </div>
      )}
    </div>
  );
}
