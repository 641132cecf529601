import type { ReactNode } from "react";
import { classes } from "./classes.ts";

export type Tone = "neutral" | "info" | "success" | "warning" | "danger";

const SOFT: Record<Tone, string> = {
  neutral: "bg-neutral-soft text-muted",
  info: "bg-info-soft text-info-text",
  success: "bg-success-soft text-success-text",
  warning: "bg-warning-soft text-warning-text",
  danger: "bg-danger-soft text-danger-text",
};

export interface BadgeProps {
  tone?: Tone;
  icon?: ReactNode;
  children: ReactNode;
  className?: string;
}

export function Badge({ tone = "neutral", icon, children, className }: BadgeProps) {
  return (
    <span
      className={classes(
        "inline-flex h-5 items-center gap-1 rounded-full px-2 text-xs font-medium whitespace-nowrap [&>svg]:size-3 [&>svg]:shrink-0",
        SOFT[tone],
        className,
      )}
    >
      {icon}
      {children}
    </span>
  );
}
