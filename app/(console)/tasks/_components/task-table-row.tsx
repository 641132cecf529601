"use client";
import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type MouseEvent, memo, type ReactNode } from "react";
import type { TaskRow } from "#server/api/rows.ts";
import { routes } from "../../../_lib/routes.ts";
import { classes } from "../../../_ui/classes.ts";
import { CopyId } from "../../../_ui/copy-id.tsx";
import { RelativeTime } from "../../../_ui/relative-time.tsx";
import { MediaThumbnail } from "./media-thumbnail.tsx";
import { StateBadge } from "./state-badge.tsx";
import { SubtaskBars } from "./subtask-bars.tsx";
import { SubtaskPanel } from "./subtask-panel.tsx";
import { TaskMenu } from "./task-actions.tsx";
import { COLUMNS, type Column, HIDDEN_BELOW } from "./task-columns.ts";
import { TaskProgress } from "./task-progress.tsx";

interface TaskTableRowProps {
  task: TaskRow;
  expanded: boolean;
  onToggle: (id: string, open: boolean) => void;
  /** Takes part in the Tab order. */
  tabStop: boolean;
}

/** Below this width of the table a row is a card: its cells flow in a grid instead of standing in columns. */
const CARD =
  "@max-2xl:grid @max-2xl:h-auto @max-2xl:grid-cols-[auto_1fr_auto] @max-2xl:items-center @max-2xl:gap-x-3 @max-2xl:gap-y-2.5 " +
  "@max-2xl:p-3 @max-2xl:[&>td]:w-auto @max-2xl:[&>td]:p-0";

const CELLS: Partial<Record<Column, string>> = {
  toggle: "w-8 pr-0! @max-2xl:hidden",
  id: "w-24 min-w-24 @max-2xl:min-w-0 @max-2xl:order-7 @max-2xl:justify-self-end",
  state: "w-28 @max-2xl:order-1",
  media: "max-w-0 w-full min-w-44 @max-2xl:order-4 @max-2xl:col-span-3 @max-2xl:max-w-none",
  procedure: "max-w-36",
  subtasks: "whitespace-nowrap @max-2xl:order-5",
  progress: "w-36 @max-2xl:order-6",
  priority: "text-right tabular-nums",
  created: "whitespace-nowrap @max-2xl:order-2",
  ended: "whitespace-nowrap",
  actions: "w-10 pr-2 text-right @max-2xl:order-3 @max-2xl:justify-self-end",
};

/** Memoised: a progress message changes one row, and the others keep their identity. */
export const TaskTableRow = memo(function TaskTableRow({ task, expanded, onToggle, tabStop }: TaskTableRowProps) {
  const t = useTranslations("tasks");
  const toggleByPointer = ({ target, currentTarget }: MouseEvent<HTMLElement>) => {
    // Not for the row: clicks on what it holds, in dialogs it opened elsewhere on the page, and the end of selecting text.
    if (!(target instanceof Element) || !currentTarget.contains(target) || target.closest("a, button") !== null) return;
    if (window.getSelection()?.isCollapsed !== false) onToggle(task.id, !expanded);
  };
  const cells: Record<Column, ReactNode> = {
    toggle: (
      <button
        type="button"
        // The row itself is the Tab stop, and Enter on it does the same.
        tabIndex={-1}
        aria-label={t("columns.toggle")}
        aria-expanded={expanded}
        onClick={() => onToggle(task.id, !expanded)}
        className="flex rounded-sm p-0.5 text-faint hover:bg-pressed hover:text-ink"
      >
        <ChevronRight
          aria-hidden
          className={classes("size-4 transition-transform duration-150", expanded && "rotate-90")}
        />
      </button>
    ),
    id: <CopyId id={task.id} />,
    state: <StateBadge state={task.state} cancelling={task.cancelling} />,
    media: <MediaCell task={task} />,
    procedure: <ProcedureCell task={task} />,
    subtasks: <SubtaskBars task={task} />,
    progress: <TaskProgress {...task} percent={task.progressPercent} />,
    priority: <span className={task.priority === 0 ? "text-faint" : undefined}>{task.priority}</span>,
    startedBy: <StartedBy task={task} />,
    created: <RelativeTime date={task.createdAt} className="text-muted" />,
    ended: <RelativeTime date={task.endedAt} className="text-muted" />,
    actions: <TaskMenu task={task} />,
  };
  return (
    <>
      <tr
        data-row={task.id}
        tabIndex={tabStop ? 0 : -1}
        aria-expanded={expanded}
        aria-label={t("rowLabel", { media: task.media.name, id: task.id })}
        onClick={toggleByPointer}
        className={classes(
          "h-13 cursor-pointer border-b border-line -outline-offset-2 transition-colors last:border-b-0 hover:bg-hover",
          expanded && "bg-sunken/50",
          CARD,
        )}
      >
        {COLUMNS.map((column) => (
          <td key={column} className={classes("px-2.5 py-1.5", CELLS[column], HIDDEN_BELOW[column])}>
            {cells[column]}
          </td>
        ))}
      </tr>
      {expanded && (
        <tr data-row-of={task.id} className="border-b border-line bg-sunken/50 last:border-b-0 @max-2xl:block">
          <td colSpan={COLUMNS.length} className="p-0 @max-2xl:block">
            <SubtaskPanel taskId={task.id} />
          </td>
        </tr>
      )}
    </>
  );
});

function MediaCell({ task }: { task: TaskRow }) {
  return (
    <span className="flex items-center gap-2.5">
      <MediaThumbnail kind={task.media.kind} url={task.media.thumbnailUrl} />
      <Link
        href={routes.task(task.id)}
        title={task.media.name}
        className="line-clamp-2 min-w-0 font-medium break-all hover:underline hover:underline-offset-2"
      >
        {task.media.name}
      </Link>
    </span>
  );
}

function ProcedureCell({ task }: { task: TaskRow }) {
  const t = useTranslations("tasks");
  if (task.procedureName === null) return <span className="whitespace-nowrap text-faint">{t("ownOperations")}</span>;
  return (
    <span className="block truncate" title={task.procedureName}>
      {task.procedureName}
    </span>
  );
}

function StartedBy({ task }: { task: TaskRow }) {
  const t = useTranslations("states.startedBy");
  return <span className="whitespace-nowrap text-muted">{t(task.startedBy)}</span>;
}
