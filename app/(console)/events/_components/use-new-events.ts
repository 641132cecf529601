"use client";
import { useQueryClient } from "@tanstack/react-query";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useLive } from "../../../_lib/live.tsx";
import { useTRPC } from "../../../_lib/trpc.tsx";

const BURST_MS = 400;
const NEAR_TOP_PX = 120;

/**
 * Events that came after the list was read. The list reads itself anew while nobody is using it, and waits for a click while
 * somebody is: rows must not move away from under a pointer or the reader's eye.
 */
export function useNewEvents(shown: readonly { id: string }[], area: RefObject<HTMLElement | null>) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [waiting, setWaiting] = useState<ReadonlySet<string>>(new Set());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const show = () => {
    setWaiting(new Set());
    void queries.resetQueries(trpc.events.list.infiniteQueryFilter());
  };

  useLive((change) => {
    if (change.type !== "delivery") return;
    const fresh = change.deliveryIds.filter((id) => !shown.some((row) => row.id === id));
    // Old ones move as well, further down than the list has been read.
    const newest = shown[0]?.id ?? "";
    const later = fresh.filter((id) => id > newest);
    if (later.length === 0) return;
    setWaiting((before) => new Set([...before, ...later]));
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      if (!isQuiet(area.current)) return;
      setWaiting(new Set());
      void queries.invalidateQueries(trpc.events.list.infiniteQueryFilter());
    }, BURST_MS);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return { count: waiting.size, show };
}

function isQuiet(area: HTMLElement | null): boolean {
  if (area === null) return true;
  return window.scrollY < NEAR_TOP_PX && !area.matches(":hover") && !area.contains(document.activeElement);
}
