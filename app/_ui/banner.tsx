import { CircleAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "./classes.ts";

const LOOKS = {
  danger: { look: "bg-danger-soft text-danger-text", icon: CircleAlert },
  warning: { look: "bg-warning-soft text-warning-text", icon: TriangleAlert },
} as const;

export interface BannerProps {
  tone: keyof typeof LOOKS;
  /** Nothing to say yet is `null`: the place stays, so that what appears in it is announced. */
  children: ReactNode;
  className?: string;
}

/** What is wrong with the form or the list around it, said where it is seen. */
export function Banner({ tone, children, className }: BannerProps) {
  const { look, icon: Icon } = LOOKS[tone];
  return (
    <div role={tone === "danger" ? "alert" : "status"} className="empty:hidden">
      {children !== null && (
        <div className={classes("flex items-start gap-2 rounded-md px-3 py-2 text-ui", look, className)}>
          <Icon className="mt-0.5 size-4 shrink-0" aria-hidden />
          <div className="min-w-0">{children}</div>
        </div>
      )}
    </div>
  );
}
