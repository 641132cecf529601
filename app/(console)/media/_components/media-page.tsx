"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { MediaDetail } from "#server/api/rows.ts";
import { useLive } from "../../../_lib/live.tsx";
import { LoadFailed } from "../../../_lib/load-failed.tsx";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { BackLink } from "../../../_ui/back-link.tsx";
import { ButtonLink } from "../../../_ui/button.tsx";
import { CopyId } from "../../../_ui/copy-id.tsx";
import { PageHeader } from "../../../_ui/page-header.tsx";
import { Skeleton } from "../../../_ui/skeleton.tsx";
import { Tabs } from "../../../_ui/tabs.tsx";
import { SubtaskDrawer } from "../../tasks/_components/subtask-drawer.tsx";
import { MediaAbout } from "./media-about.tsx";
import { MediaActions } from "./media-actions.tsx";
import { MediaFacts, StreamFacts } from "./media-facts.tsx";
import { MediaOutputs } from "./media-outputs.tsx";
import { MediaPlayer } from "./media-player.tsx";
import { MediaTasks } from "./media-tasks.tsx";
import { UnreadableMedia } from "./unreadable-media.tsx";

export function MediaPage({ id }: { id: string }) {
  const t = useTranslations("media");
  const media = useQuery(useTRPC().media.get.queryOptions({ id }));
  useNewTasks(id, media.data?.tasks);
  if (media.isPending) return <LoadingMedia />;
  if (media.isError) {
    return (
      <LoadFailed
        error={media.error}
        onRetry={() => void media.refetch()}
        back={<ButtonLink href={routes.mediaLibrary()}>{t("backToList")}</ButtonLink>}
      />
    );
  }
  return <Detail media={media.data} />;
}

/** Tasks that are shown move by themselves; one that has just been made has to be fetched first. */
function useNewTasks(mediaId: string, shown: MediaDetail["tasks"] | undefined): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  useLive((change) => {
    if (change.type !== "task" || change.mediaId !== mediaId || shown === undefined) return;
    if (shown.some(({ id }) => id === change.taskId)) return;
    void queryClient.invalidateQueries(trpc.media.get.queryFilter({ id: mediaId }));
  });
}

function Detail({ media }: { media: MediaDetail }) {
  const t = useTranslations("media");
  return (
    <>
      <PageHeader
        back={<BackLink href={routes.mediaLibrary()}>{t("title")}</BackLink>}
        title={media.name}
        text={<CopyId id={media.id} length="full" className="max-w-none!" />}
        actions={<MediaActions media={media} />}
      />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
        {media.error === null ? <MediaPlayer media={media} /> : <UnreadableMedia error={media.error} />}
        <div className="grid gap-4">
          <MediaAbout media={media} />
          <MediaFacts media={media} />
        </div>
      </div>
      <div className="mt-6">
        <Tabs
          label={t("sections")}
          tabs={[
            {
              value: "outputs",
              label: t("outputs"),
              count: media.renditions.length,
              content: <MediaOutputs media={media} />,
            },
            { value: "tasks", label: t("tasks"), count: media.tasks.length, content: <MediaTasks media={media} /> },
            { value: "streams", label: t("streamsTab"), content: <StreamFacts info={media.info} /> },
          ]}
        />
      </div>
      <SubtaskDrawer />
    </>
  );
}

function LoadingMedia() {
  return (
    <div aria-hidden>
      <Skeleton className="mb-2 h-4 w-20" />
      <Skeleton className="mb-5 h-6 w-72 max-w-full" />
      <div className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <Skeleton className="aspect-video max-h-[60dvh] w-full rounded-lg" />
        <Skeleton className="h-80 rounded-lg" />
      </div>
    </div>
  );
}
