"use client";
import { CircleX } from "lucide-react";
import type { StoredError } from "#server/api/rows.ts";
import { useFailureSentence } from "../../../_lib/use-failure-message.ts";

/** Why it failed: a sentence for everyone, and what the program said for who must mend it. */
export function FailureNote({ error }: { error: StoredError }) {
  const sentenceOf = useFailureSentence();
  return (
    <div className="flex gap-2.5 rounded-lg bg-danger-soft px-3 py-2.5 text-ui text-danger-text">
      <CircleX className="mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="min-w-0">
        <p className="font-medium">{sentenceOf(error.code)}</p>
        {error.detail !== "" && (
          <pre className="mt-1 max-h-40 overflow-auto font-mono text-xs whitespace-pre-wrap break-words">
            {error.detail}
          </pre>
        )}
        <p className="mt-1 font-mono text-2xs opacity-80">{error.code}</p>
      </div>
    </div>
  );
}
