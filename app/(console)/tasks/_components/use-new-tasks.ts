"use client";
import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { type RefObject, useEffect, useRef, useState } from "react";
import type { Page, TaskRow } from "#server/api/rows.ts";
import { useLive } from "../../../_lib/live.tsx";
import { useTRPC, useTRPCClient } from "../../../_lib/trpc.tsx";
import type { toListInput } from "../_filters/task-filters.ts";

type ListInput = ReturnType<typeof toListInput>;
type TaskList = InfiniteData<Page<TaskRow>, string | null>;

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
  const [waiting, setWaiting] = useState<readonly TaskRow[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const inputKey = JSON.stringify(input);

  const add = (rows: readonly TaskRow[]) => {
    queries.setQueryData<TaskList>(trpc.tasks.list.infiniteQueryKey(input), (list) => {
      const [first, ...rest] = list?.pages ?? [];
      if (list === undefined || first === undefined) return list;
      const known = new Set(list.pages.flatMap((page) => page.items.map(({ id }) => id)));
      const fresh = rows.filter(({ id }) => !known.has(id));
      const total = { ...first.total, count: first.total.count + fresh.length };
      return { ...list, pages: [{ ...first, items: [...fresh, ...first.items], total }, ...rest] };
    });
    setWaiting([]);
  };

  const look = async () => {
    const page = await client.tasks.list.query(input).catch(() => null);
    if (page === null) return;
    const known = new Set(shown.map(({ id }) => id));
    const newest = shown[0]?.createdAt.getTime() ?? 0;
    const fresh = page.items.filter(({ id, createdAt }) => !known.has(id) && createdAt.getTime() >= newest);
    if (fresh.length === 0) return;
    if (isQuiet(area.current)) add(fresh);
    else setWaiting(fresh);
  };

  useLive((change) => {
    if (change.type !== "task" || shown.some(({ id }) => id === change.taskId)) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void look(), BURST_MS);
  });

  // Other filters are another list; what waited for the old one is no news there.
  useEffect(() => {
    setWaiting([]);
    return () => clearTimeout(timer.current);
  }, [inputKey]);

  return { count: waiting.length, show: () => add(waiting) };
}

function isQuiet(area: HTMLElement | null): boolean {
  if (area === null) return true;
  return window.scrollY < NEAR_TOP_PX && !area.matches(":hover") && !area.contains(document.activeElement);
}
