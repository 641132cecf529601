"use client";
import { useLocale, useNow, useTimeZone } from "next-intl";
import { useSyncExternalStore } from "react";
import { formatDateTime, formatRelative, NONE } from "../_lib/format.ts";

const TICK_MS = 20_000;

// One clock for every time on the page.
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** `3 min. ago`, and the exact time on hover and for assistive technology. */
export function RelativeTime({ date, className }: { date: Date | null; className?: string }) {
  const locale = useLocale();
  const timeZone = useTimeZone() ?? "UTC";
  // Until the page is interactive it must show what the server printed, by the server's clock.
  const serverNow = useNow().getTime();
  const current = useSyncExternalStore(
    subscribe,
    () => now,
    () => serverNow,
  );
  if (date === null) return <span className={className}>{NONE}</span>;
  // A date after the last tick has just happened; it is not in the future.
  const shown = formatRelative(locale, date, new Date(Math.max(current, Math.min(date.getTime(), current + TICK_MS))));
  return (
    <time dateTime={date.toISOString()} title={formatDateTime(locale, timeZone, date)} className={className}>
      {shown}
    </time>
  );
}
