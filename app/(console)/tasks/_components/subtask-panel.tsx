"use client";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { ErrorState } from "../../../_ui/error-state.tsx";
import { Skeleton } from "../../../_ui/skeleton.tsx";
import { SubtaskTable } from "./subtask-table.tsx";

/** A row of the list, opened: its subtasks, read when somebody looks. */
export function SubtaskPanel({ taskId }: { taskId: string }) {
  const trpc = useTRPC();
  const messageOf = useFailureMessage();
  const task = useQuery(trpc.tasks.get.queryOptions({ id: taskId }));
  if (task.isPending) {
    return (
      <div className="flex flex-col gap-3 px-4 py-4 sm:pl-10">
        <Skeleton />
        <Skeleton />
        <Skeleton className="h-4 w-2/3" />
      </div>
    );
  }
  if (task.isError) return <ErrorState title={messageOf(task.error).text} onRetry={() => void task.refetch()} />;
  return (
    <div className="px-2 pt-1 pb-3 sm:pl-9">
      <SubtaskTable task={task.data} />
    </div>
  );
}
