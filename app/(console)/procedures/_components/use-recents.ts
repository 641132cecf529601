"use client";
import { useCallback, useEffect, useState } from "react";
import { z } from "zod";
import { useMe } from "../../../_lib/me.tsx";

const KEPT_MAX = 5;
const stored = z.array(z.string()).max(KEPT_MAX);

/** What this user has chosen lately in this browser, the latest first. */
export function useRecents(of: string): { recents: readonly string[]; remember: (value: string) => void } {
  const { user, application } = useMe();
  const key = `reelflow.recent:${application.id}:${user.id}:${of}`;
  const [recents, setRecents] = useState<readonly string[]>([]);
  useEffect(() => setRecents(read(key)), [key]);
  const remember = useCallback(
    (value: string) => {
      const next = [value, ...read(key).filter((each) => each !== value)].slice(0, KEPT_MAX);
      try {
        window.localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // A browser that keeps nothing still lets people choose.
      }
    },
    [key],
  );
  return { recents, remember };
}

function read(key: string): readonly string[] {
  try {
    return stored.safeParse(JSON.parse(window.localStorage.getItem(key) ?? "[]")).data ?? [];
  } catch {
    return [];
  }
}
