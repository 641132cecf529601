"use client";
import { Ellipsis, FileArchive } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { TaskDetail } from "#server/api/rows.ts";
import { routes } from "../../../../_lib/routes.ts";
import { ButtonAnchor, IconButton } from "../../../../_ui/button.tsx";
import { CopyId } from "../../../../_ui/copy-id.tsx";
import { Menu } from "../../../../_ui/menu.tsx";
import { MediaThumbnail } from "../../_components/media-thumbnail.tsx";
import { StateBadge } from "../../_components/state-badge.tsx";
import { SubtaskBars } from "../../_components/subtask-bars.tsx";
import { useTaskActions } from "../../_components/task-actions.tsx";
import { TaskProgress } from "../../_components/task-progress.tsx";

/** What is processed, how it stands, and what can be done about it. */
export function TaskHeader({ task, back }: { task: TaskDetail; back: ReactNode }) {
  const t = useTranslations("tasks");
  const common = useTranslations("common");
  const { items, dialogs } = useTaskActions(task);
  const running = task.state === "processing";
  return (
    <header className="mb-5">
      <div className="mb-2">{back}</div>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
        <MediaThumbnail kind={task.media.kind} url={task.media.thumbnailUrl} className="w-28!" />
        <div className="min-w-0 flex-1 basis-64">
          <h1 className="text-lg leading-6 font-semibold tracking-tight break-words">
            <Link href={routes.media(task.media.id)} className="hover:underline hover:underline-offset-4">
              {task.media.name}
            </Link>
          </h1>
          <div className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1.5 text-ui text-muted">
            <StateBadge state={task.state} cancelling={task.cancelling} />
            <SubtaskBars task={task} />
            <span>{task.procedureName ?? t("ownOperations")}</span>
            {!running && <TaskProgress {...task} percent={task.progressPercent} />}
            <CopyId id={task.id} length="full" />
          </div>
        </div>
        {running && (
          <div className="w-52 max-sm:w-full">
            <TaskProgress {...task} percent={task.progressPercent} />
          </div>
        )}
        <div className="flex items-center gap-2">
          {task.zipUrl !== null && (
            <ButtonAnchor icon={<FileArchive />} href={task.zipUrl} download>
              {t("actions.zip")}
            </ButtonAnchor>
          )}
          {items.length > 0 && (
            <Menu
              trigger={<IconButton variant="secondary" label={common("actions")} icon={<Ellipsis />} />}
              items={items}
            />
          )}
        </div>
      </div>
      {dialogs}
    </header>
  );
}
