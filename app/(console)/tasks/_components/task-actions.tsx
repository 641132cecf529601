"use client";
import { useMutation } from "@tanstack/react-query";
import {
  Ban,
  Ellipsis,
  FastForward,
  FileArchive,
  ListRestart,
  Play,
  RotateCcw,
  SquareArrowOutUpRight,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { TaskRow } from "#server/api/rows.ts";
import { useMay } from "../../../_lib/me.tsx";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { IconButton } from "../../../_ui/button.tsx";
import { ConfirmDialog } from "../../../_ui/dialog.tsx";
import { Menu, type MenuItem } from "../../../_ui/menu.tsx";
import { notify } from "../../../_ui/notify.tsx";
import { PlayDialog } from "../../../_ui/play-dialog.tsx";
import { CreateTaskDialog } from "../_create/create-task-dialog.tsx";
import type { Work } from "../_create/work-picker.tsx";

type Asked = "cancel" | "restartAll" | "restartFailed" | "restartUnfinished";

/** What may be done with a task as it is now; what cannot be done is not offered. */
export function useTaskActions(task: TaskRow) {
  const t = useTranslations("tasks");
  const mayOperate = useMay("operator");
  const [asked, setAsked] = useState<Asked | null>(null);
  const [playing, setPlaying] = useState(false);
  const [replaying, setReplaying] = useState(false);

  const { waiting, processing, failed, cancelled } = task.counts;
  const active = waiting + processing > 0;
  const items: MenuItem[] = [];
  if (task.sourceUrl !== null && task.media.kind !== "image") {
    items.push({ label: t("actions.playSource"), icon: <Play />, onSelect: () => setPlaying(true) });
  } else if (task.sourceUrl !== null) {
    items.push({ type: "file", label: t("actions.viewSource"), icon: <Play />, href: task.sourceUrl });
  }
  if (mayOperate) {
    if (items.length > 0) items.push({ type: "separator" });
    if (failed + cancelled > 0) {
      items.push({
        label: cancelled > 0 ? t("actions.restartUnfinished") : t("actions.restartFailed"),
        icon: <ListRestart />,
        onSelect: () => setAsked(cancelled > 0 ? "restartUnfinished" : "restartFailed"),
      });
    }
    if (task.sourceUrl !== null) {
      items.push({ label: t("actions.runAgain"), icon: <FastForward />, onSelect: () => setReplaying(true) });
    }
    items.push({
      label: t("actions.restartAll"),
      icon: <RotateCcw />,
      onSelect: () => setAsked("restartAll"),
      disabled: active,
    });
    if (active) {
      const disabled = task.cancelling;
      items.push({
        label: t("actions.cancel"),
        icon: <Ban />,
        tone: "danger",
        onSelect: () => setAsked("cancel"),
        disabled,
      });
    }
  }
  const dialogs = (
    <>
      {asked !== null && <TaskConfirmation task={task} asked={asked} onClose={() => setAsked(null)} />}
      {replaying && (
        <CreateTaskDialog
          media={[
            { id: task.media.id, name: task.media.name, kind: task.media.kind, thumbnailUrl: task.media.thumbnailUrl },
          ]}
          work={workOf(task)}
          onClose={() => setReplaying(false)}
        />
      )}
      {playing && task.sourceUrl !== null && (
        <PlayDialog
          title={task.media.name}
          source={{ url: task.sourceUrl, kind: task.media.kind === "audio" ? "audio" : "video" }}
          onClose={() => setPlaying(false)}
        />
      )}
    </>
  );
  return { items, dialogs };
}

/** What it did, to be done again: in the version it had then, until another is chosen. */
function workOf({ procedureName, procedureVersion, procedureText }: TaskRow): Work {
  if (procedureText !== null) return { by: "text", text: procedureText };
  if (procedureName === null) return { by: "procedure", name: null };
  return { by: "procedure", name: procedureName, version: procedureVersion ?? undefined };
}

/** Of a row in the list: all that its own page offers, and the way there. */
export function TaskMenu({ task }: { task: TaskRow }) {
  const t = useTranslations("tasks");
  const common = useTranslations("common");
  const { items, dialogs } = useTaskActions(task);
  const more: MenuItem[] = [
    { type: "link", label: t("actions.details"), icon: <SquareArrowOutUpRight />, href: routes.task(task.id) },
  ];
  if (task.zipUrl !== null) {
    more.push({ type: "file", label: t("actions.zip"), icon: <FileArchive />, href: task.zipUrl, download: true });
  }
  if (items.length > 0) more.push({ type: "separator" });
  return (
    <>
      <Menu
        trigger={<IconButton label={common("actions")} icon={<Ellipsis />} size="sm" />}
        items={[...more, ...items]}
      />
      {dialogs}
    </>
  );
}

function TaskConfirmation({ task, asked, onClose }: { task: TaskRow; asked: Asked; onClose: () => void }) {
  const t = useTranslations("tasks");
  const trpc = useTRPC();
  const messageOf = useFailureMessage();
  const handlers = {
    onSuccess: () => {
      notify.success(t(`confirm.${asked}.done`));
      onClose();
    },
    onError: (error: unknown) => {
      const { text, detail } = messageOf(error);
      notify.error(text, { description: detail });
      onClose();
    },
  };
  const cancel = useMutation(trpc.tasks.cancel.mutationOptions(handlers));
  const restart = useMutation(trpc.tasks.restart.mutationOptions(handlers));
  const confirm = () => {
    if (asked === "cancel") cancel.mutate({ id: task.id });
    else restart.mutate({ id: task.id, scope: asked === "restartAll" ? "all" : "failed" });
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t(`confirm.${asked}.title`)}
      confirmLabel={t(`confirm.${asked}.confirm`)}
      dismissLabel={asked === "cancel" ? t("confirm.cancel.dismiss") : undefined}
      variant={asked === "cancel" ? "danger" : "primary"}
      onConfirm={confirm}
      busy={cancel.isPending || restart.isPending}
    >
      {t(`confirm.${asked}.text`, {
        media: task.media.name,
        total: task.subtasks.length,
        ...task.counts,
      })}
    </ConfirmDialog>
  );
}
