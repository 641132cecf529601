"use client";
import { useEffect, useRef, useState } from "react";

/** Everything that is kept for this tab begins like this. */
const PREFIX = "reelflow.draft:";

export interface KeptDraft<Draft> {
  draft: Draft;
  setDraft: (draft: Draft) => void;
  /** It was here already when the page came up: an earlier visit was left without saving. */
  restored: boolean;
  changed: boolean;
  /** Saved, or not wanted any more: the next visit begins anew. */
  forget: () => void;
}

/**
 * What is being typed into a form, kept in the tab while it is not saved: a click on a link, the back button and a reload
 * lose nothing. Before the tab is closed the browser asks. Texts of another release are not taken up.
 */
export function useKeptDraft<Draft>(
  name: string,
  initial: Draft,
  read: (stored: unknown) => Draft | null,
): KeptDraft<Draft> {
  const key = `${PREFIX}${name}`;
  const [draft, setDraft] = useState(initial);
  const [changed, setChanged] = useState(false);
  const [restored, setRestored] = useState(false);
  const reader = useRef(read);

  useEffect(() => {
    const kept = readStored(key);
    const found = kept === null ? null : reader.current(kept);
    if (found === null) return;
    setDraft(found);
    setChanged(true);
    setRestored(true);
  }, [key]);

  useEffect(() => {
    if (!changed) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [changed]);

  return {
    draft,
    restored,
    changed,
    setDraft: (next) => {
      setDraft(next);
      setChanged(true);
      store(key, JSON.stringify(next));
    },
    forget: () => {
      window.sessionStorage.removeItem(key);
      setChanged(false);
      setRestored(false);
    },
  };
}

/** A browser that keeps nothing, or is full, still lets people type. */
function store(key: string, text: string): void {
  try {
    window.sessionStorage.setItem(key, text);
  } catch {
    window.sessionStorage.removeItem(key);
  }
}

function readStored(key: string): unknown {
  const text = window.sessionStorage.getItem(key);
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
