"use client";
import { useSearchParams } from "next/navigation";

/** One filter, kept in the address: a link, a reload and the back button show the same list. Empty leaves no trace. */
export function useUrlParam(name: string): [string, (value: string) => void] {
  const value = useSearchParams().get(name) ?? "";
  return [
    value,
    (next) => {
      const search = new URLSearchParams(window.location.search);
      if (next === "") search.delete(name);
      else search.set(name, next);
      // Not the router: nothing on the server depends on it, and typing must not wait.
      window.history.replaceState(null, "", search.size === 0 ? window.location.pathname : `?${search}`);
    },
  ];
}
