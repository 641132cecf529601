"use client";
import { Combine, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { CLIPS_MAX } from "#domain/operations/edit/schema.ts";
import type { MediaRow } from "#server/api/rows.ts";
import { routes } from "../../../_lib/routes.ts";
import { ButtonLink, IconButton } from "../../../_ui/button.tsx";
import { classes } from "../../../_ui/classes.ts";

/** The media chosen in the library, in the order they were chosen. */
export interface Selection {
  ids: readonly string[];
  toggle: (id: string) => void;
}

/** The tick of one media. A still picture has no stretch to take, so it has none. */
export function SelectMedia({
  row,
  selection,
  className,
}: {
  row: MediaRow;
  selection: Selection;
  className?: string;
}) {
  const t = useTranslations("edit");
  const checked = selection.ids.includes(row.id);
  if (row.kind === "image") return null;
  return (
    <label
      className={classes(
        "relative z-10 flex size-6 cursor-pointer items-center justify-center rounded-md pointer-coarse:size-9",
        className,
      )}
    >
      <input
        type="checkbox"
        checked={checked}
        onChange={() => selection.toggle(row.id)}
        aria-label={t("selectMedia", { name: row.name })}
        className="size-4 cursor-pointer accent-accent"
      />
    </label>
  );
}

/** What can be done with the chosen media; stays in sight while there are any. */
export function SelectionBar({ selection, onClear }: { selection: Selection; onClear: () => void }) {
  const t = useTranslations("edit");
  const { ids } = selection;
  return (
    <div role="status" className="sticky bottom-4 z-20 mt-5 flex justify-center empty:hidden">
      {ids.length > 0 && (
        <div className="flex items-center gap-3 rounded-lg border border-line bg-raised py-1.5 pr-1.5 pl-4 text-ui shadow-popup">
          <span className="whitespace-nowrap">{t("selected", { count: ids.length })}</span>
          <ButtonLink variant="primary" icon={<Combine />} href={routes.editMedia("join", ids.slice(0, CLIPS_MAX))}>
            {t("actions.join")}
          </ButtonLink>
          <IconButton label={t("clearSelection")} icon={<X />} onClick={onClear} />
        </div>
      )}
    </div>
  );
}
