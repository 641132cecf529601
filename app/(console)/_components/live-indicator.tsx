"use client";
import { useTranslations } from "next-intl";
import { type LiveStatus, useLiveStatus } from "../../_lib/live.tsx";
import { classes } from "../../_ui/classes.ts";
import { Tooltip } from "../../_ui/tooltip.tsx";
import { NAVIGATION_WORDS, type NavigationShape } from "./navigation.tsx";

const DOT: Record<LiveStatus, string> = {
  on: "bg-success",
  connecting: "bg-warning animate-pulse",
  off: "bg-danger animate-pulse",
};

export function LiveIndicator({ shape }: { shape: NavigationShape }) {
  const t = useTranslations("nav.live");
  const status = useLiveStatus();
  return (
    <Tooltip text={t(status === "on" ? "onText" : "offText")} side="right">
      <div role="status" className="flex h-7 items-center gap-2.5 rounded-md px-2 text-xs text-muted">
        <span className="flex size-4 shrink-0 items-center justify-center">
          <span className={classes("size-2 rounded-full", DOT[status])} />
        </span>
        <span className={classes("truncate", NAVIGATION_WORDS[shape])}>{t(status)}</span>
      </div>
    </Tooltip>
  );
}
