import { classes } from "./classes.ts";

/** Holds the place of what is loading, in its size, so that nothing jumps when it comes. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={classes("animate-pulse rounded-md bg-neutral-soft", className ?? "h-4 w-full")} />;
}
