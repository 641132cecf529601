"use client";
import { Check, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { STEP_KINDS, type StepKind } from "#domain/operations/operation.ts";
import { STEPS_MAX } from "#domain/procedure.ts";
import { TEMPLATE_KIND_OF } from "#domain/template.ts";
import type { TemplateRow } from "#server/api/rows.ts";
import { useComment } from "../../../_lib/use-comment.ts";
import { Button } from "../../../_ui/button.tsx";
import { classes } from "../../../_ui/classes.ts";
import { Dialog } from "../../../_ui/dialog.tsx";
import { Select } from "../../../_ui/select.tsx";
import { SkeletonRows } from "../../../_ui/skeleton-rows.tsx";
import { SearchInput } from "../../../_ui/text-input.tsx";
import { KindIcon } from "../../templates/_components/kind.tsx";
import { filterTemplates } from "../../templates/filter-templates.ts";
import { useTemplateSummary } from "../../templates/use-template-summary.ts";

const ALL = "all";

interface StepPickerProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** undefined while they load. */
  templates: readonly TemplateRow[] | undefined;
  stepCount: number;
  onPick: (operation: StepKind, template: number) => void;
}

/** Adds as many steps as one likes before it is closed: a flow has several renditions more often than one. */
export function StepPicker({ open, onOpenChange, templates, stepCount, onPick }: StepPickerProps) {
  const t = useTranslations("procedures");
  const common = useTranslations("common");
  const kinds = useTranslations("kinds");
  const commentOf = useComment();
  const [search, setSearch] = useState("");
  const [shown, setShown] = useState<StepKind | typeof ALL>(ALL);
  const found = templates === undefined ? undefined : filterTemplates(templates, { search, origin: "all", commentOf });
  const groups = STEP_KINDS.filter((kind) => shown === ALL || shown === kind)
    .map((operation) => ({
      operation,
      rows: found?.filter(({ kind }) => kind === TEMPLATE_KIND_OF[operation]) ?? [],
    }))
    .filter(({ rows }) => rows.length > 0);

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("addStep")}
      description={t("pickerText")}
      size="lg"
      footer={
        <>
          <span className="mr-auto text-xs text-muted" role="status">
            {t("stepCount", { count: stepCount })}
          </span>
          <Button variant="primary" icon={<Check />} onClick={() => onOpenChange(false)}>
            {t("done")}
          </Button>
        </>
      }
    >
      <div className="mb-4 flex flex-wrap gap-2">
        <SearchInput
          value={search}
          onChange={setSearch}
          label={t("searchTemplates")}
          className="min-w-0 flex-1 basis-64"
        />
        <Select
          value={shown}
          onChange={setShown}
          label={t("operation")}
          options={[
            { value: ALL, label: common("all") },
            ...STEP_KINDS.map((kind) => ({
              value: kind,
              label: kinds(kind),
              icon: <KindIcon kind={kind} className="text-muted" />,
            })),
          ]}
          className="max-sm:w-full sm:w-52!"
        />
      </div>
      {found === undefined && <SkeletonRows count={5} />}
      {found !== undefined && groups.length === 0 && (
        <p className="py-8 text-center text-ui text-muted">{common("noMatch")}</p>
      )}
      <div className="flex flex-col gap-4">
        {groups.map(({ operation, rows }) => (
          <section key={operation}>
            <h3 className="mb-1 flex items-center gap-2 text-xs font-medium text-muted">
              <KindIcon kind={operation} className="size-3.5!" />
              {kinds(operation)}
            </h3>
            <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line">
              {rows.map((row) => (
                <li key={row.definition}>
                  <PickableTemplate
                    row={row}
                    disabled={stepCount >= STEPS_MAX}
                    onPick={() => onPick(operation, row.definition)}
                  />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function PickableTemplate({ row, disabled, onPick }: { row: TemplateRow; disabled: boolean; onPick: () => void }) {
  const summaryOf = useTemplateSummary();
  return (
    <button
      type="button"
      onClick={onPick}
      disabled={disabled}
      className={classes(
        "flex w-full items-center gap-3 px-3 py-2 text-left -outline-offset-2 transition-colors hover:bg-hover active:bg-pressed",
        "disabled:cursor-not-allowed disabled:opacity-55",
      )}
    >
      <span className="min-w-0 flex-1">
        <span className="block truncate text-ui font-medium">{row.name}</span>
        <span className="block truncate text-xs text-muted">{summaryOf(row)}</span>
      </span>
      <span className="font-mono text-xs text-faint">{row.definition}</span>
      <Plus className="size-4 text-accent-text" aria-hidden />
    </button>
  );
}
