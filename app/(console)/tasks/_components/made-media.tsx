"use client";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { MadeRow, SubtaskDetail } from "#server/api/rows.ts";
import { formatBytes, formatDuration, formatSize, NONE } from "../../../_lib/format.ts";
import { routes } from "../../../_lib/routes.ts";
import { Banner } from "../../../_ui/banner.tsx";
import { MediaThumbnail } from "./media-thumbnail.tsx";

/** The media that an edit made, with what began on it. */
export function MadeMedia({ made }: { made: MadeRow }) {
  const t = useTranslations("edit");
  const locale = useLocale();
  const { media, taskId } = made;
  const size = formatSize(media.widthPx, media.heightPx);
  const facts = [
    size === NONE ? null : size,
    formatDuration(media.durationSeconds),
    formatBytes(locale, media.sizeBytes),
  ];
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <MediaThumbnail kind={media.kind} url={media.thumbnailUrl} />
      <span className="min-w-0">
        <Link
          href={routes.media(media.id)}
          title={media.name}
          className="block max-w-56 truncate font-medium hover:underline hover:underline-offset-2"
        >
          {media.name}
        </Link>
        <span className="block truncate text-xs text-muted">
          {facts.filter((fact) => fact !== null).join(" · ")}
          {taskId !== null && (
            <>
              {" · "}
              <Link href={routes.task(taskId)} className="underline underline-offset-2">
                {t("madeTask")}
              </Link>
            </>
          )}
        </span>
      </span>
    </span>
  );
}

/** The same in the details of a subtask, where there is room to say what did not come of it. */
export function MadeMediaSection({ subtask }: { subtask: SubtaskDetail }) {
  const t = useTranslations("edit");
  const { made, operation, state } = subtask;
  if (made === null) return state === "succeeded" ? <p className="text-ui text-muted">{t("madeGone")}</p> : null;
  const asked = operation !== null && "result" in operation.params ? operation.params.result.procedureName : null;
  return (
    <div className="flex flex-col gap-2">
      <MadeMedia made={made} />
      {asked !== null && made.taskId === null && <Banner tone="warning">{t("procedureGone", { name: asked })}</Banner>}
    </div>
  );
}
