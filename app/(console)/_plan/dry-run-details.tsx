"use client";
import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { DryRunPanel, type DryRunPanelProps } from "./dry-run-panel.tsx";

/** The same, asked for only once it is opened. */
export function DryRunDetails(props: DryRunPanelProps) {
  const t = useTranslations("plan");
  const [open, setOpen] = useState(false);
  return (
    <details className="group" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="flex w-fit cursor-pointer list-none items-center gap-1 rounded text-ui font-medium text-muted hover:text-ink">
        <ChevronRight className="size-4 transition-transform group-open:rotate-90" aria-hidden />
        {t("open")}
      </summary>
      <div className="mt-3">{open && <DryRunPanel {...props} />}</div>
    </details>
  );
}
