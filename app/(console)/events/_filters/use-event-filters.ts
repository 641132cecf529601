"use client";
import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { type EventFilters, readFilters, writeFilters } from "./event-filters.ts";

/** The filters, kept in the address: a link, a reload and the back button show the same list. */
export function useEventFilters(): [EventFilters, (change: Partial<EventFilters>) => void] {
  const search = useSearchParams();
  const filters = useMemo(() => readFilters(search), [search]);
  const change = useCallback((changed: Partial<EventFilters>) => {
    const current = new URLSearchParams(window.location.search);
    const next = writeFilters({ ...readFilters(current), ...changed }, current);
    window.history.replaceState(null, "", next.size === 0 ? window.location.pathname : `?${next}`);
  }, []);
  return [filters, change];
}
