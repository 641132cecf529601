"use client";
import { ChevronRight } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Fragment, useId, useState } from "react";
import type { DryRun } from "#server/api/rows.ts";
import { IconButton } from "../../_ui/button.tsx";
import { classes } from "../../_ui/classes.ts";
import { Table, TableFrame, Td, Th, Tr } from "../../_ui/table.tsx";
import { FailureNote } from "../tasks/_components/failure-note.tsx";
import { TemplateName } from "../tasks/_components/template-name.tsx";
import { CommandLines } from "../templates/_command/command-lines.tsx";
import { useRanges } from "./estimate-facts.tsx";

type Subtask = DryRun["subtasks"][number];

/** Beside a form there is no room for it; it stands below the name then. */
const WIDE_ONLY = "hidden @lg:table-cell";
/** On a phone it stands below the size. */
const TIME = "hidden @sm:table-cell";

export function DryRunTable({ run }: { run: DryRun }) {
  const t = useTranslations("plan");
  const ranges = useRanges();
  return (
    <TableFrame className="@container shadow-none">
      <Table>
        <caption className="sr-only">{t("columns.caption")}</caption>
        <thead>
          <tr>
            <Th className="w-16">{t("columns.number")}</Th>
            <Th>{t("columns.kind")}</Th>
            <Th className={WIDE_ONLY}>{t("columns.makes")}</Th>
            <Th className="text-right">{t("columns.size")}</Th>
            <Th className={`${TIME} text-right`}>{t("columns.time")}</Th>
          </tr>
        </thead>
        <tbody>
          {run.subtasks.map((subtask) => (
            <SubtaskRows key={subtask.number} subtask={subtask} run={run} />
          ))}
        </tbody>
        <tfoot>
          <tr className="bg-sunken/50 font-medium">
            <Td colSpan={2}>{t("total")}</Td>
            <Td className={WIDE_ONLY} />
            <Td className="text-right whitespace-nowrap tabular-nums">
              {ranges.bytes(run.total.sizeBytes)}
              <span className="block @sm:hidden">{ranges.seconds(run.total.seconds)}</span>
            </Td>
            <Td className={`${TIME} text-right whitespace-nowrap tabular-nums`}>
              {ranges.seconds(run.total.seconds)}
              {run.runs.length > 1 && <span className="block text-xs font-normal text-muted">{t("totalTime")}</span>}
            </Td>
          </tr>
        </tfoot>
      </Table>
    </TableFrame>
  );
}

function SubtaskRows({ subtask, run }: { subtask: Subtask; run: DryRun }) {
  const t = useTranslations("plan");
  const kinds = useTranslations("kinds");
  const ranges = useRanges();
  const [open, setOpen] = useState(false);
  const detailsId = useId();
  const { number, kind, template, failure, sizeBytes } = subtask;
  const makes = useMakes(subtask);
  const own = run.runs.find(({ numbers }) => numbers.includes(number));
  const first = own?.numbers[0] === number;
  const time = own !== undefined && (first ? ranges.seconds(own.seconds) : <SharedWith numbers={own.numbers} />);
  return (
    <Fragment>
      <Tr className={open ? "border-b-0" : undefined}>
        <Td className="pr-0 whitespace-nowrap">
          <span className="flex items-center gap-1 tabular-nums">
            <IconButton
              size="sm"
              label={t("show", { number })}
              aria-expanded={open}
              aria-controls={detailsId}
              icon={<ChevronRight className={classes("transition-transform", open && "rotate-90")} />}
              onClick={() => setOpen(!open)}
            />
            {number}
          </span>
        </Td>
        <Td>
          <span className="block font-medium">{kinds(kind)}</span>
          <span className="block text-xs text-muted">
            <TemplateName template={template} kind={kind} />
          </span>
          {failure === null && <span className="block text-xs text-muted @lg:hidden">{makes}</span>}
        </Td>
        {failure === null ? (
          <>
            <Td className={WIDE_ONLY}>{makes}</Td>
            <Td className="text-right whitespace-nowrap tabular-nums">
              {sizeBytes === null ? null : ranges.bytes(sizeBytes)}
              <span className="block @sm:hidden">{time}</span>
            </Td>
            <Td className={`${TIME} text-right whitespace-nowrap tabular-nums`}>{time}</Td>
          </>
        ) : (
          <>
            <Td className={WIDE_ONLY} />
            <Td colSpan={2} className="text-danger-text">
              {t("fails")}
            </Td>
          </>
        )}
      </Tr>
      <tr id={detailsId} hidden={!open} className="border-b border-line last:border-b-0">
        {/* No wider than the table, however long a command is. */}
        <td colSpan={5} className="max-w-0 px-3 pb-3">
          {open && <Details subtask={subtask} run={own} />}
        </td>
      </tr>
      {failure !== null && !open && (
        <tr className="border-b border-line">
          <td colSpan={5} className="px-3 pb-3">
            <FailureNote error={failure} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}

function useMakes({ outputs, outputsUnknown }: Subtask): string {
  const t = useTranslations("plan");
  const [only] = outputs;
  if (outputsUnknown) return t("makesUnknown");
  return outputs.length === 1 && only !== undefined ? only.name : t("makes", { count: outputs.length });
}

function SharedWith({ numbers }: { numbers: readonly number[] }) {
  const t = useTranslations("plan");
  const list = useNumberList();
  return <span className="text-muted">{t("shared", { numbers: list(numbers.slice(0, 1)) })}</span>;
}

function useNumberList(): (numbers: readonly number[]) => string {
  const format = new Intl.ListFormat(useLocale(), { type: "conjunction" });
  return (numbers) => format.format(numbers.map(String));
}

function Details({ subtask, run }: { subtask: Subtask; run: DryRun["runs"][number] | undefined }) {
  const t = useTranslations("plan");
  const list = useNumberList();
  const { failure, continues, dependsOnKeyFrames } = subtask;
  return (
    <div className="flex flex-col gap-3">
      {failure !== null && <FailureNote error={failure} />}
      {run !== undefined && run.numbers.length > 1 && (
        <p className="text-xs text-muted">{t("sharedText", { numbers: list(run.numbers) })}</p>
      )}
      {run?.commands.map((argv, index) => (
        <CommandLines
          key={index}
          title={t("command", { number: index + 1, total: run.commands.length })}
          argv={argv}
          before={null}
        />
      ))}
      {continues && <p className="text-xs text-muted">{t("continues")}</p>}
      {dependsOnKeyFrames && <p className="text-xs text-muted">{t("keyFrames")}</p>}
    </div>
  );
}
