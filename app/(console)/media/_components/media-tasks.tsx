"use client";
import { ListVideo } from "lucide-react";
import { useTranslations } from "next-intl";
import type { MediaDetail } from "#server/api/rows.ts";
import { routes } from "../../../_lib/routes.ts";
import { ButtonLink } from "../../../_ui/button.tsx";
import { EmptyState } from "../../../_ui/empty-state.tsx";
import { TaskTable } from "../../tasks/_components/task-table.tsx";

/** As many as come with the media; all of them are one link away. */
const LATEST_MAX = 20;

export function MediaTasks({ media }: { media: MediaDetail }) {
  const t = useTranslations("media");
  if (media.tasks.length === 0) {
    return <EmptyState icon={<ListVideo />} title={t("noTasks.title")} text={t("noTasks.text")} />;
  }
  return (
    <>
      <TaskTable tasks={media.tasks} />
      {media.tasks.length >= LATEST_MAX && (
        <div className="mt-4 flex justify-center">
          <ButtonLink href={routes.tasks({ media: media.id })}>{t("allTasks")}</ButtonLink>
        </div>
      )}
    </>
  );
}
