"use client";
import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { readFilters, type TaskFilters, writeFilters } from "./task-filters.ts";

/** The filters, kept in the address: a link, a reload and the back button show the same list. */
export function useTaskFilters(): [TaskFilters, (change: Partial<TaskFilters>) => void] {
  const search = useSearchParams();
  const filters = useMemo(() => readFilters(search), [search]);
  const change = useCallback((changed: Partial<TaskFilters>) => {
    const current = new URLSearchParams(window.location.search);
    const next = writeFilters({ ...readFilters(current), ...changed }, current);
    // Not the router: nothing on the server depends on the filters, and typing must not wait for it.
    window.history.replaceState(null, "", next.size === 0 ? window.location.pathname : `?${next}`);
  }, []);
  return [filters, change];
}
