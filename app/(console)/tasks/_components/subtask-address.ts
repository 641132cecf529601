"use client";
import { useSearchParams } from "next/navigation";

export const SUBTASK_VIEWS = ["overview", "outputs", "runs", "log"] as const;
export type SubtaskView = (typeof SUBTASK_VIEWS)[number];

const KEYS = { subtask: "subtask", view: "view" } as const;

/** Which subtask is looked at stands in the address, so the back button closes it and a link opens it. */
export function useShownSubtask(): { id: string | null; view: SubtaskView } {
  const search = useSearchParams();
  const named = search.get(KEYS.view);
  return { id: search.get(KEYS.subtask), view: SUBTASK_VIEWS.find((view) => view === named) ?? "overview" };
}

export function openSubtask(id: string, view: SubtaskView = "overview"): void {
  window.history.pushState(null, "", addressWith({ subtask: id, view: view === "overview" ? null : view }));
}

export function showSubtaskView(view: SubtaskView): void {
  window.history.replaceState(null, "", addressWith({ view: view === "overview" ? null : view }));
}

export function closeSubtask(): void {
  window.history.replaceState(null, "", addressWith({ subtask: null, view: null }));
}

function addressWith(changes: Partial<Record<keyof typeof KEYS, string | null>>): string {
  const search = new URLSearchParams(window.location.search);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) search.delete(key);
    else search.set(key, value);
  }
  return search.size === 0 ? window.location.pathname : `?${search}`;
}
