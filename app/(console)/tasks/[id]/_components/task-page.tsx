"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { TaskDetail } from "#server/api/rows.ts";
import { LoadFailed } from "../../../../_lib/load-failed.tsx";
import { routes } from "../../../../_lib/routes.ts";
import { useTRPC } from "../../../../_lib/trpc.tsx";
import { BackLink } from "../../../../_ui/back-link.tsx";
import { ButtonLink } from "../../../../_ui/button.tsx";
import { Card } from "../../../../_ui/card.tsx";
import { Skeleton } from "../../../../_ui/skeleton.tsx";
import { SubtaskDrawer } from "../../_components/subtask-drawer.tsx";
import { SubtaskTable } from "../../_components/subtask-table.tsx";
import { TaskFacts } from "./task-facts.tsx";
import { TaskHeader } from "./task-header.tsx";

export function TaskPage({ id }: { id: string }) {
  const t = useTranslations("tasks");
  const trpc = useTRPC();
  const task = useQuery(trpc.tasks.get.queryOptions({ id }));
  const back = <BackLink href={routes.tasks()}>{t("title")}</BackLink>;
  if (task.isPending) return <LoadingTask />;
  if (task.isError) {
    const list = <ButtonLink href={routes.tasks()}>{t("title")}</ButtonLink>;
    return <LoadFailed error={task.error} onRetry={() => void task.refetch()} back={list} />;
  }
  return <LoadedTask task={task.data} back={back} />;
}

function LoadedTask({ task, back }: { task: TaskDetail; back: React.ReactNode }) {
  const t = useTranslations("tasks");
  return (
    <>
      <TaskHeader task={task} back={back} />
      <div className="flex flex-col gap-4">
        <Card title={t("subtasks")} padding="flush">
          <div className="px-2 pb-1 sm:px-1.5">
            <SubtaskTable task={task} />
          </div>
        </Card>
        <Card title={t("about")}>
          <TaskFacts task={task} />
        </Card>
      </div>
      <SubtaskDrawer />
    </>
  );
}

function LoadingTask() {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton className="h-5 w-24" />
      <Skeleton className="h-16 w-96 max-w-full" />
      <Skeleton className="h-64" />
      <Skeleton className="h-40" />
    </div>
  );
}
