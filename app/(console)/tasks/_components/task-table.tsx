"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { TaskRow } from "#server/api/rows.ts";
import { classes } from "../../../_ui/classes.ts";
import { Skeleton } from "../../../_ui/skeleton.tsx";
import { TableFrame, Th } from "../../../_ui/table.tsx";
import { COLUMNS, type Column, HIDDEN_BELOW } from "./task-columns.ts";
import { TaskTableRow } from "./task-table-row.tsx";
import { useRowKeys } from "./use-row-keys.ts";

interface TaskTableProps {
  tasks: readonly TaskRow[];
  /** What is shown belongs to the filters before; the new answer is on its way. */
  stale?: boolean;
}

export function TaskTable({ tasks, stale = false }: TaskTableProps) {
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string, open: boolean) =>
    setExpanded((before) => {
      const after = new Set(before);
      if (open) after.add(id);
      else after.delete(id);
      return after;
    });
  const keys = useRowKeys({ isOpen: (id) => expanded.has(id), onToggle: toggle });
  return (
    <TaskTableFrame className={classes("transition-opacity", stale && "opacity-60")}>
      <tbody ref={keys.ref} onKeyDown={keys.onKeyDown} onFocus={keys.onFocus}>
        {tasks.map((task, index) => (
          <TaskTableRow
            key={task.id}
            task={task}
            expanded={expanded.has(task.id)}
            onToggle={toggle}
            tabStop={keys.current === null ? index === 0 : keys.current === task.id}
          />
        ))}
      </tbody>
    </TaskTableFrame>
  );
}

const SKELETON_WIDTHS: Partial<Record<Column, string>> = {
  media: "h-8 w-48",
  subtasks: "h-3.5 w-16",
  actions: "size-6",
};

export function TaskTableSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <TaskTableFrame>
      <tbody aria-hidden>
        {Array.from({ length: rows }, (_, index) => (
          <tr key={index} className="h-13 border-b border-line last:border-b-0">
            {COLUMNS.map((column) => (
              <td key={column} className={classes("px-2.5", HIDDEN_BELOW[column])}>
                {column !== "toggle" && <Skeleton className={SKELETON_WIDTHS[column] ?? "h-4 w-14"} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </TaskTableFrame>
  );
}

function TaskTableFrame({ children, className }: { children: React.ReactNode; className?: string }) {
  const t = useTranslations("tasks.columns");
  return (
    <div className={classes("@container", className)}>
      <TableFrame>
        <table className="w-full border-collapse text-left text-ui">
          <caption className="sr-only">{t("caption")}</caption>
          <thead className="@max-2xl:sr-only">
            <tr>
              {COLUMNS.map((column) => (
                <Th
                  key={column}
                  className={classes("px-2.5!", column === "priority" && "text-right", HIDDEN_BELOW[column])}
                >
                  {column === "toggle" || column === "actions" ? (
                    <span className="sr-only">{t(column)}</span>
                  ) : (
                    t(column)
                  )}
                </Th>
              ))}
            </tr>
          </thead>
          {children}
        </table>
      </TableFrame>
    </div>
  );
}
