"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { CopyId } from "../../../_ui/copy-id.tsx";
import { Drawer } from "../../../_ui/drawer.tsx";
import { ErrorState } from "../../../_ui/error-state.tsx";
import { Skeleton } from "../../../_ui/skeleton.tsx";
import { StateBadge } from "./state-badge.tsx";
import { closeSubtask, type SubtaskView, showSubtaskView, useShownSubtask } from "./subtask-address.ts";
import { SubtaskDetails } from "./subtask-details.tsx";

/** Stands once on a page that lists subtasks. */
export function SubtaskDrawer() {
  const { id, view } = useShownSubtask();
  return id === null ? null : <OpenDrawer id={id} view={view} />;
}

function OpenDrawer({ id, view }: { id: string; view: SubtaskView }) {
  const t = useTranslations("tasks");
  const kinds = useTranslations("kinds");
  const trpc = useTRPC();
  const messageOf = useFailureMessage();
  const subtask = useQuery(trpc.tasks.subtask.queryOptions({ id }));
  const { data } = subtask;
  return (
    <Drawer
      open
      onOpenChange={(open) => open || closeSubtask()}
      size="lg"
      title={data === undefined ? t("subtask") : t("subtaskTitle", { number: data.number, kind: kinds(data.kind) })}
      description={
        data === undefined ? undefined : (
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <StateBadge state={data.state} />
            <span className="min-w-0 truncate">{data.media.name}</span>
            <CopyId id={data.id} />
          </span>
        )
      }
    >
      {subtask.isPending && <Skeleton className="h-64" />}
      {subtask.isError && <ErrorState title={messageOf(subtask.error).text} onRetry={() => void subtask.refetch()} />}
      {data !== undefined && <SubtaskDetails subtask={data} view={view} onView={showSubtaskView} />}
    </Drawer>
  );
}
