"use client";
import { useEffect, useRef, useState } from "react";
import { SearchInput } from "../../../_ui/text-input.tsx";

const TYPING_MS = 250;

/** What is typed shows at once and counts a moment later; `/` leads here from anywhere on the page. */
export function SearchFilter({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const [applied, setApplied] = useState(value);
  // Changed from outside: filters were cleared, or the back button was used.
  if (value !== applied) {
    setApplied(value);
    setText(value);
  }

  useEffect(() => {
    if (text === applied) return;
    const timer = setTimeout(() => {
      setApplied(text);
      onChange(text);
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, applied, onChange]);

  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.closest("input, textarea, [contenteditable]");
      if (event.key !== "/" || typing || event.metaKey || event.ctrlKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    window.addEventListener("keydown", focus);
    return () => window.removeEventListener("keydown", focus);
  }, []);

  return (
    <SearchInput
      inputRef={input}
      label={label}
      value={text}
      onChange={(next) => {
        setText(next);
        // Emptying is meant at once.
        if (next === "") {
          setApplied("");
          onChange("");
        }
      }}
      className="min-w-0 flex-1 md:max-w-xl"
    />
  );
}
