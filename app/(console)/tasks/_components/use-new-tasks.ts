"use client";
import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { type RefObject, useEffect, useRef, useState } from "react";
import type { Page, TaskRow } from "#server/api/rows.ts";
import { useLive } from "../../../_lib/live.tsx";
import { useTRPC, useTRPCClient } from "../../../_lib/trpc.tsx";
import type { toListInput } from "../_filters/task-filters.ts";

type ListInput = ReturnType<typeof toListInput>;
type TaskList = InfiniteData<Page<TaskRow>, string | null>;

interface News {
  rows: readonly TaskRow[];
  /** More came than one page holds: between these and what is shown there are others. */
  gap: boolean;
}
const NO_NEWS: News = { rows: [], gap: false };

const BURST_MS = 400;
const NEAR_TOP_PX = 120;

/**
 * Tasks that came after the list was read. They go to its top at once while nobody is using it, and wait behind a button
 * while somebody is: rows must not move away from under a pointer or the reader's eye.
 */
export function useNewTasks(input: ListInput, shown: readonly TaskRow[], area: RefObject<HTMLElement | null>) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const [waiting, setWaiting] = useState(NO_NEWS);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const inputKey = JSON.stringify(input);

  const add = ({ rows, gap }: News) => {
    setWaiting(NO_NEWS);
    if (gap) {
      void queries.resetQueries({ queryKey: trpc.tasks.list.infiniteQueryKey(input) });
      return;
    }
    queries.setQueryData<TaskList>(trpc.tasks.list.infiniteQueryKey(input), (list) => {
      const [first, ...rest] = list?.pages ?? [];
      if (list === undefined || first === undefined) return list;
      const known = new Set(list.pages.flatMap((page) => page.items.map(({ id }) => id)));
      const fresh = rows.filter(({ id }) => !known.has(id));
      const total = { ...first.total, count: first.total.count + fresh.length };
      return { ...list, pages: [{ ...first, items: [...fresh, ...first.items], total }, ...rest] };
    });
  };

  const look = async (): Promise<News> => {
    const page = await client.tasks.list.query(input).catch(() => null);
    if (page === null) return NO_NEWS;
    const known = new Set(shown.map(({ id }) => id));
    const newest = shown[0]?.createdAt.getTime() ?? 0;
    const rows = page.items.filter(({ id, createdAt }) => !known.has(id) && createdAt.getTime() >= newest);
    return { rows, gap: page.nextCursor !== null && rows.length === page.items.length };
  };

  const tell = async () => {
    const news = await look();
    if (news.rows.length === 0) return;
    if (isQuiet(area.current)) add(news);
    else setWaiting(news);
  };

  // The list may have grown between the message and the look.
  const latestTell = useRef(tell);
  useEffect(() => {
    latestTell.current = tell;
  });

  useLive((change) => {
    if (change.type !== "task" || shown.some(({ id }) => id === change.taskId)) return;
    // Not put off by each further message: while tasks pour in, the news must still come.
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void latestTell.current();
    }, BURST_MS);
  });

  // Other filters are another list; what waited for the old one is no news there.
  useEffect(() => {
    setWaiting(NO_NEWS);
    return () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, [inputKey]);

  return {
    count: waiting.rows.length,
    // Read again: what waited may have moved on meanwhile.
    show: () => void look().then((news) => add(news.rows.length > 0 ? news : waiting)),
  };
}

function isQuiet(area: HTMLElement | null): boolean {
  if (area === null) return true;
  return window.scrollY < NEAR_TOP_PX && !area.matches(":hover") && !area.contains(document.activeElement);
}
