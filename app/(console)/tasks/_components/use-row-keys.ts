"use client";
import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";

/** Rows carry `data-row={id}` and can be focused; this moves the focus between them and opens and closes them. */
interface RowKeys {
  isOpen: (id: string) => boolean;
  onToggle: (id: string, open: boolean) => void;
}

const STEPS: Partial<Record<string, number>> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

export function useRowKeys({ isOpen, onToggle }: RowKeys) {
  const ref = useRef<HTMLTableSectionElement>(null);
  const [current, setCurrent] = useState<string | null>(null);

  const rows = () => [...(ref.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];

  const step = (from: HTMLElement | null, by: number) => {
    const all = rows();
    const place = from === null ? -1 : all.indexOf(from);
    const next = all[place === -1 ? 0 : Math.min(all.length - 1, Math.max(0, place + by))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };

  // j and k enter the list from anywhere on the page.
  useEffect(() => {
    const enter = (event: globalThis.KeyboardEvent) => {
      if ((event.key !== "j" && event.key !== "k") || event.metaKey || event.ctrlKey || event.altKey) return;
      if (document.activeElement !== document.body && document.activeElement?.id !== "content") return;
      event.preventDefault();
      step(null, 0);
    };
    window.addEventListener("keydown", enter);
    return () => window.removeEventListener("keydown", enter);
  });

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { target } = event;
    if (!(target instanceof HTMLElement) || event.metaKey || event.ctrlKey || event.altKey) return;
    const row = target.closest<HTMLElement>("[data-row]");
    const onRow = target === row;
    const by = STEPS[event.key];
    const id = row?.dataset.row ?? target.closest<HTMLElement>("[data-row-of]")?.dataset.rowOf;
    if (onRow && by !== undefined) {
      event.preventDefault();
      step(row, by);
    } else if (onRow && id !== undefined && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      onToggle(id, !isOpen(id));
    } else if (id !== undefined && event.key === "Escape" && isOpen(id)) {
      event.preventDefault();
      onToggle(id, false);
      rows()
        .find((each) => each.dataset.row === id)
        ?.focus();
    }
  };

  /** One row at a time takes part in the Tab order, the last one that was used. */
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const id = event.target.closest<HTMLElement>("[data-row]")?.dataset.row;
    if (id !== undefined) setCurrent(id);
  };

  return { ref, current, onKeyDown, onFocus };
}
