"use client";
import { Progress } from "@base-ui/react/progress";
import type { Tone } from "./badge.tsx";
import { classes } from "./classes.ts";

const FILL: Record<Tone | "accent", string> = {
  accent: "bg-accent",
  neutral: "bg-faint",
  info: "bg-info",
  success: "bg-success",
  warning: "bg-warning",
  danger: "bg-danger",
};

export interface ProgressBarProps {
  /** 0 to 100; null while nobody knows. */
  percent: number | null;
  /** What makes progress; read aloud. */
  label: string;
  tone?: Tone | "accent";
  className?: string;
}

export function ProgressBar({ percent, label, tone = "info", className }: ProgressBarProps) {
  const value = percent === null ? null : Math.min(100, Math.max(0, percent));
  return (
    <Progress.Root value={value} aria-label={label} className={classes("block w-full", className)}>
      <Progress.Track className="h-1.5 overflow-hidden rounded-full bg-neutral-bar">
        <Progress.Indicator
          className={classes(
            "h-full rounded-full transition-[width] duration-500 ease-linear",
            FILL[tone],
            value === null && "w-1/3! animate-slide",
          )}
        />
      </Progress.Track>
    </Progress.Root>
  );
}
