"use client";
import { useSearchParams } from "next/navigation";

const KEY = "event";

/** Which delivery is looked at stands in the address, so the back button closes it and a link opens it. */
export function useShownEvent(): string | null {
  return useSearchParams().get(KEY);
}

export function openEvent(id: string): void {
  window.history.pushState(null, "", addressWith(id));
}

export function closeEvent(): void {
  window.history.replaceState(null, "", addressWith(null));
}

function addressWith(id: string | null): string {
  const search = new URLSearchParams(window.location.search);
  if (id === null) search.delete(KEY);
  else search.set(KEY, id);
  return search.size === 0 ? window.location.pathname : `?${search}`;
}
