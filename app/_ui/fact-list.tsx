import type { ReactNode } from "react";
import { classes } from "./classes.ts";

export interface Fact {
  label: string;
  value: ReactNode;
}

/** Names and values, in as many columns as fit. */
export function FactList({ facts, className }: { facts: readonly Fact[]; className?: string }) {
  return (
    <dl
      className={classes(
        "grid grid-cols-2 sm:grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-x-6 gap-y-3",
        className,
      )}
    >
      {facts.map(({ label, value }) => (
        <div key={label} className="min-w-0">
          <dt className="text-xs text-faint">{label}</dt>
          <dd className="min-w-0 text-ui break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
