"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { isTerminal } from "#domain/task.ts";
import type { SubtaskRow, TaskDetail } from "#server/api/rows.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { ConfirmDialog } from "../../../_ui/dialog.tsx";
import { notify } from "../../../_ui/notify.tsx";

/** One that never had a run has no parameters that another could do something with: its template does not exist. */
export function canRestart({ state, runId }: SubtaskRow): boolean {
  return isTerminal(state) && runId !== null;
}

interface RestartSubtaskProps {
  task: Pick<TaskDetail, "id">;
  subtask: SubtaskRow;
  onClose: () => void;
}

export function RestartSubtask({ task, subtask, onClose }: RestartSubtaskProps) {
  const t = useTranslations("tasks.confirm.restartSubtask");
  const kinds = useTranslations("kinds");
  const trpc = useTRPC();
  const messageOf = useFailureMessage();
  const restart = useMutation(
    trpc.tasks.restart.mutationOptions({
      onSuccess: () => notify.success(t("done")),
      onError: (error) => notify.error(messageOf(error).text, { description: messageOf(error).detail }),
      onSettled: onClose,
    }),
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("title")}
      confirmLabel={t("confirm")}
      variant="primary"
      onConfirm={() => restart.mutate({ id: task.id, scope: "failed", subtaskIds: [subtask.id] })}
      busy={restart.isPending}
    >
      {t("text", { number: subtask.number, kind: kinds(subtask.kind), outputs: subtask.outputs.length })}
    </ConfirmDialog>
  );
}
