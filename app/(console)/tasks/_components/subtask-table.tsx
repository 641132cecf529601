"use client";
import { useTranslations } from "next-intl";
import { makesMedia } from "#domain/operations/operation.ts";
import type { SubtaskRow, TaskDetail } from "#server/api/rows.ts";
import { useFailureSentence } from "../../../_lib/use-failure-message.ts";
import { classes } from "../../../_ui/classes.ts";
import { RelativeTime } from "../../../_ui/relative-time.tsx";
import { MadeMedia } from "./made-media.tsx";
import { OutputSummary } from "./output-summary.tsx";
import { StateBadge } from "./state-badge.tsx";
import { SubtaskActions } from "./subtask-actions.tsx";
import { openSubtask } from "./subtask-address.ts";
import { TaskProgress } from "./task-progress.tsx";
import { TemplateName } from "./template-name.tsx";

const COLUMNS = ["number", "state", "kind", "template", "started", "ended", "progress", "output", "actions"] as const;

/** The subtasks of a task, each with what can be done with it. */
export function SubtaskTable({ task }: { task: TaskDetail }) {
  const t = useTranslations("tasks");
  return (
    <div className="@container overflow-x-auto">
      <table className="w-full border-collapse text-left text-ui">
        <caption className="sr-only">{t("subtasksOf", { media: task.media.name })}</caption>
        <thead className="@max-2xl:sr-only">
          <tr>
            {COLUMNS.map((column) => (
              <th
                key={column}
                scope="col"
                className={classes("h-8 px-2.5 text-xs font-medium whitespace-nowrap text-faint", HIDDEN_BELOW[column])}
              >
                {column === "actions" ? (
                  <span className="sr-only">{t("columns.actions")}</span>
                ) : (
                  t(`subtaskColumns.${column}`)
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {task.subtaskRows.map((subtask) => (
            <SubtaskTableRow key={subtask.id} task={task} subtask={subtask} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const HIDDEN_BELOW: Partial<Record<(typeof COLUMNS)[number], string>> = {
  started: "@max-4xl:hidden",
  ended: "@max-5xl:hidden",
};

/** Below this width of the table a row is a card, as in the list of tasks. */
const CARD =
  "@max-2xl:grid @max-2xl:h-auto @max-2xl:grid-cols-[auto_auto_1fr_auto] @max-2xl:items-center @max-2xl:gap-x-2.5 " +
  "@max-2xl:gap-y-1.5 @max-2xl:px-2 @max-2xl:py-3 @max-2xl:[&>td]:w-auto @max-2xl:[&>td]:p-0";

function SubtaskTableRow({ task, subtask }: { task: TaskDetail; subtask: SubtaskRow }) {
  const kinds = useTranslations("kinds");
  const hidden = (column: (typeof COLUMNS)[number]) => classes("px-2.5 py-1.5", HIDDEN_BELOW[column]);
  return (
    <tr className={classes("h-10 border-t border-line", CARD)}>
      <td className={classes(hidden("number"), "w-8 text-faint @max-2xl:order-0")}>{subtask.number}</td>
      <td className={classes(hidden("state"), "w-28 @max-2xl:order-2")}>
        <StateBadge state={subtask.state} />
      </td>
      <td className={classes(hidden("kind"), "whitespace-nowrap @max-2xl:order-1")}>
        <button
          type="button"
          onClick={() => openSubtask(subtask.id)}
          className="rounded-sm font-medium hover:underline hover:underline-offset-2"
        >
          {kinds(subtask.kind)}
        </button>
      </td>
      <td className={classes(hidden("template"), "whitespace-nowrap @max-2xl:order-4 @max-2xl:col-span-4")}>
        {!makesMedia(subtask.kind) && <TemplateName template={subtask.template} kind={subtask.kind} />}
      </td>
      <td className={hidden("started")}>
        <RelativeTime date={subtask.startedAt} className="whitespace-nowrap text-muted" />
      </td>
      <td className={hidden("ended")}>
        <RelativeTime date={subtask.endedAt} className="whitespace-nowrap text-muted" />
      </td>
      <td className={classes(hidden("progress"), "w-44 @max-2xl:order-5 @max-2xl:col-span-2")}>
        <TaskProgress {...subtask} percent={subtask.progressPercent} />
      </td>
      <td
        className={classes(
          hidden("output"),
          "@max-2xl:order-6",
          // A media with its facts needs the whole width.
          subtask.made === null
            ? "@max-2xl:col-span-2 @max-2xl:justify-self-end"
            : "@max-2xl:col-span-4 @max-2xl:min-w-0",
        )}
      >
        {subtask.error !== null && subtask.state === "failed" ? (
          <SubtaskError error={subtask.error} />
        ) : subtask.made !== null ? (
          <MadeMedia made={subtask.made} />
        ) : (
          <OutputSummary outputs={subtask.outputs} />
        )}
      </td>
      <td className={classes(hidden("actions"), "w-28 text-right @max-2xl:order-3")}>
        <SubtaskActions task={task} subtask={subtask} />
      </td>
    </tr>
  );
}

function SubtaskError({ error }: { error: NonNullable<SubtaskRow["error"]> }) {
  const sentenceOf = useFailureSentence();
  return (
    <span className="line-clamp-2 text-danger-text" title={error.detail}>
      {sentenceOf(error.code)}
    </span>
  );
}
