"use client";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { useLive } from "../../../_lib/live.tsx";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { type TaskFilters, toListInput } from "./task-filters.ts";

/** While tasks pour in, counting once in so long is enough. */
const REFRESH_MS = 1000;

/** How many tasks of each state the other filters leave; undefined until it is known, null where it is too much to count. */
export function useStateCounts(filters: TaskFilters) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const input = useMemo(() => {
    const { states: _, ...others } = toListInput(filters, new Date());
    return others;
  }, [filters]);
  const counts = useQuery(trpc.tasks.countByState.queryOptions(input, { placeholderData: keepPreviousData }));
  useLive((change) => {
    if (change.type !== "task") return;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void queries.invalidateQueries(trpc.tasks.countByState.pathFilter());
    }, REFRESH_MS);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return counts.data;
}
