"use client";
import { Ban, CircleCheck, CircleDashed, CircleX, LoaderCircle, type LucideIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { TaskState } from "#domain/task.ts";
import { Badge, type Tone } from "../../../_ui/badge.tsx";
import { classes } from "../../../_ui/classes.ts";

export const STATE_TONES: Record<TaskState, Tone> = {
  waiting: "neutral",
  processing: "info",
  succeeded: "success",
  failed: "danger",
  cancelled: "warning",
};

const ICONS: Record<TaskState, LucideIcon> = {
  waiting: CircleDashed,
  processing: LoaderCircle,
  succeeded: CircleCheck,
  failed: CircleX,
  cancelled: Ban,
};

export function StateIcon({ state, className }: { state: TaskState; className?: string }) {
  const Icon = ICONS[state];
  return <Icon aria-hidden className={classes(state === "processing" && "animate-spin", className)} />;
}

/** State of a task or subtask; states never differ by colour alone. */
export function StateBadge({ state, cancelling = false }: { state: TaskState; cancelling?: boolean }) {
  const t = useTranslations("states");
  if (cancelling && (state === "waiting" || state === "processing")) {
    return (
      <Badge tone="warning" icon={<StateIcon state="processing" />}>
        {t("cancelling")}
      </Badge>
    );
  }
  return (
    <Badge tone={STATE_TONES[state]} icon={<StateIcon state={state} />}>
      {t(`task.${state}`)}
    </Badge>
  );
}
