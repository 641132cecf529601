"use client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { ArrowUp, SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useRef } from "react";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Button } from "../../../_ui/button.tsx";
import { EmptyState } from "../../../_ui/empty-state.tsx";
import { ErrorState } from "../../../_ui/error-state.tsx";
import { isFiltering, NO_FILTERS, type TaskFilters, toListInput } from "../_filters/task-filters.ts";
import { TaskTable, TaskTableSkeleton } from "./task-table.tsx";
import { useNewTasks } from "./use-new-tasks.ts";

interface TaskListProps {
  filters: TaskFilters;
  onFilters: (change: Partial<TaskFilters>) => void;
  /** Shown while the system holds no task at all. */
  empty: ReactNode;
}

export function TaskList({ filters, onFilters, empty }: TaskListProps) {
  const t = useTranslations("tasks");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const messageOf = useFailureMessage();
  const area = useRef<HTMLDivElement>(null);
  // "The last hour" is counted from when it was asked for, or every render would ask anew.
  const input = useMemo(() => toListInput(filters, new Date()), [filters]);
  const list = useInfiniteQuery(
    trpc.tasks.list.infiniteQueryOptions(input, {
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
      // A list that is read again reorders itself; live messages keep it fresh without.
      refetchOnWindowFocus: false,
    }),
  );
  const tasks = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const news = useNewTasks(input, tasks, area);

  if (list.isPending) return <TaskTableSkeleton />;
  if (list.isError && tasks.length === 0) {
    return <ErrorState title={messageOf(list.error).text} onRetry={() => void list.refetch()} />;
  }
  if (tasks.length === 0) {
    if (!isFiltering(filters)) return empty;
    return (
      <EmptyState
        icon={<SearchX />}
        title={t("noMatch")}
        text={t("noMatchText")}
        actions={<Button onClick={() => onFilters(NO_FILTERS)}>{common("clearFilters")}</Button>}
      />
    );
  }
  const { count, capped } = list.data?.pages[0]?.total ?? { count: tasks.length, capped: false };
  return (
    <div ref={area}>
      {news.count > 0 && (
        <div className="pointer-events-none sticky top-16 z-10 flex h-0 justify-center md:top-3">
          <Button
            variant="primary"
            size="sm"
            icon={<ArrowUp />}
            className="pointer-events-auto mt-1 rounded-full! shadow-popup"
            onClick={() => {
              news.show();
              window.scrollTo({ top: 0, behavior: "smooth" });
            }}
          >
            {t("newTasks", { count: news.count })}
          </Button>
        </div>
      )}
      <TaskTable tasks={tasks} stale={list.isPlaceholderData} />
      <footer className="mt-3 flex flex-wrap items-center justify-between gap-3 text-ui text-muted">
        <p aria-live="polite">
          {t("shown", { shown: tasks.length, total: common(capped ? "countCapped" : "count", { count }) })}
        </p>
        {list.hasNextPage && (
          <Button onClick={() => void list.fetchNextPage()} busy={list.isFetchingNextPage}>
            {common("loadMore")}
          </Button>
        )}
      </footer>
    </div>
  );
}
