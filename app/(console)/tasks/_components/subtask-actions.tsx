"use client";
import { Download, Ellipsis, Eye, FileText, FolderOpen, PanelRight, Play, RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { MadeRow, SubtaskRow, TaskDetail } from "#server/api/rows.ts";
import { useMay } from "../../../_lib/me.tsx";
import { IconAnchor, IconButton } from "../../../_ui/button.tsx";
import { Menu, type MenuItem } from "../../../_ui/menu.tsx";
import { PlayDialog } from "../../../_ui/play-dialog.tsx";
import { OutputDialog } from "./output-dialog.tsx";
import { isPlayable } from "./output-kinds.ts";
import { canRestart, RestartSubtask } from "./restart-subtask.tsx";
import { openSubtask } from "./subtask-address.ts";

export function SubtaskActions({ task, subtask }: { task: TaskDetail; subtask: SubtaskRow }) {
  const t = useTranslations("tasks");
  const common = useTranslations("common");
  const mayOperate = useMay("operator");
  const [viewing, setViewing] = useState(false);
  const [confirming, setConfirming] = useState(false);

  const [first] = subtask.outputs;
  const single = subtask.outputs.length === 1 && first !== undefined && first.partCount === 0 ? first : null;
  const items: MenuItem[] = [
    { label: t("actions.details"), icon: <PanelRight />, onSelect: () => openSubtask(subtask.id) },
    {
      label: t("actions.log"),
      icon: <FileText />,
      onSelect: () => openSubtask(subtask.id, "log"),
      disabled: subtask.runId === null,
    },
  ];
  if (mayOperate && canRestart(subtask)) {
    items.push({ label: t("actions.restart"), icon: <RotateCcw />, onSelect: () => setConfirming(true) });
  }
  return (
    <span className="inline-flex items-center justify-end">
      {first !== undefined && (
        <IconButton
          size="sm"
          label={isPlayable(first) ? common("play") : common("view")}
          icon={isPlayable(first) ? <Play /> : <Eye />}
          onClick={() => setViewing(true)}
        />
      )}
      {subtask.made !== null && (
        <IconButton size="sm" label={common("play")} icon={<Play />} onClick={() => setViewing(true)} />
      )}
      {single !== null && (
        <IconAnchor size="sm" label={common("download")} icon={<Download />} href={single.downloadUrl} download />
      )}
      {single === null && first !== undefined && (
        <IconButton
          size="sm"
          label={t("views.outputs")}
          icon={<FolderOpen />}
          onClick={() => openSubtask(subtask.id, "outputs")}
        />
      )}
      <Menu trigger={<IconButton label={common("actions")} icon={<Ellipsis />} size="sm" />} items={items} />
      {viewing && subtask.made === null && (
        <OutputDialog outputs={subtask.outputs} mediaId={task.media.id} onClose={() => setViewing(false)} />
      )}
      {viewing && subtask.made !== null && <PlayMade made={subtask.made} onClose={() => setViewing(false)} />}
      {confirming && <RestartSubtask task={task} subtask={subtask} onClose={() => setConfirming(false)} />}
    </span>
  );
}

function PlayMade({ made: { media, sourceUrl }, onClose }: { made: MadeRow; onClose: () => void }) {
  const kind = media.kind === "audio" ? "audio" : "video";
  return (
    <PlayDialog title={media.name} source={{ url: sourceUrl, kind, poster: media.thumbnailUrl }} onClose={onClose} />
  );
}
