"use client";
import { FileArchive, PackageOpen } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { MediaDetail, TaskRow } from "#server/api/rows.ts";
import { routes } from "../../../_lib/routes.ts";
import { ButtonAnchor } from "../../../_ui/button.tsx";
import { Card } from "../../../_ui/card.tsx";
import { CopyId } from "../../../_ui/copy-id.tsx";
import { EmptyState } from "../../../_ui/empty-state.tsx";
import { RelativeTime } from "../../../_ui/relative-time.tsx";
import { OutputList } from "../../tasks/_components/output-list.tsx";
import { KindIcon } from "../../templates/_components/kind.tsx";
import { groupRenditions, type TaskOutputs } from "../group-renditions.ts";

export function MediaOutputs({ media }: { media: MediaDetail }) {
  const t = useTranslations("media");
  const groups = groupRenditions(media.renditions);
  if (groups.length === 0) {
    return <EmptyState icon={<PackageOpen />} title={t("noOutputs.title")} text={t("noOutputs.text")} />;
  }
  return (
    <div className="flex flex-col gap-4">
      {groups.map((group) => (
        <TaskGroup
          key={group.taskId}
          mediaId={media.id}
          group={group}
          task={media.tasks.find(({ id }) => id === group.taskId)}
        />
      ))}
    </div>
  );
}

/** `task` is missing when it is older than the latest that come with the media. */
function TaskGroup({ mediaId, group, task }: { mediaId: string; group: TaskOutputs; task: TaskRow | undefined }) {
  const t = useTranslations("media");
  const kinds = useTranslations("kinds");
  return (
    <Card
      title={
        <span className="flex flex-wrap items-baseline gap-x-2.5">
          <Link href={routes.task(group.taskId)} className="hover:underline">
            {task?.procedureName ?? t("task")}
          </Link>
          <span className="font-normal">
            <CopyId id={group.taskId} />
          </span>
          {task !== undefined && <RelativeTime date={task.createdAt} className="text-xs font-normal text-faint" />}
        </span>
      }
      actions={
        task?.zipUrl != null && (
          <ButtonAnchor size="sm" icon={<FileArchive />} href={task.zipUrl} download>
            {t("zip")}
          </ButtonAnchor>
        )
      }
    >
      <div className="flex flex-col gap-5">
        {group.subtasks.map(({ subtaskId, kind, templateName, outputs }) => (
          <section key={subtaskId}>
            <h3 className="mb-2 flex items-center gap-2 text-ui">
              <KindIcon kind={kind} className="text-muted" />
              <span className="font-medium">{kinds(kind)}</span>
              {templateName !== null && <span className="text-xs text-muted">{templateName}</span>}
            </h3>
            <OutputList outputs={outputs} mediaId={mediaId} zipUrl={null} />
          </section>
        ))}
      </div>
    </Card>
  );
}
