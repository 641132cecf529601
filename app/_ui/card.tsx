import type { ReactNode } from "react";
import { classes } from "./classes.ts";

export interface CardProps {
  title?: ReactNode;
  text?: ReactNode;
  actions?: ReactNode;
  /** `flush` leaves the padding to the content: tables and lists that reach the edge. */
  padding?: "normal" | "flush";
  children: ReactNode;
  className?: string;
}

export function Card({ title, text, actions, padding = "normal", children, className }: CardProps) {
  return (
    <section className={classes("min-w-0 rounded-lg border border-line bg-surface shadow-raised", className)}>
      {title !== undefined && (
        <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line px-4 py-2.5">
          <div className="min-w-0">
            <h2 className="text-ui font-semibold">{title}</h2>
            {text !== undefined && <p className="text-xs text-muted">{text}</p>}
          </div>
          {actions}
        </header>
      )}
      <div className={padding === "normal" ? "p-4" : undefined}>{children}</div>
    </section>
  );
}
