"use client";
import { useQuery } from "@tanstack/react-query";
import { Rows3 } from "lucide-react";
import { useTranslations } from "next-intl";
import { LoadFailed } from "../../../_lib/load-failed.tsx";
import { useMay } from "../../../_lib/me.tsx";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { EmptyState } from "../../../_ui/empty-state.tsx";
import { PageHeader } from "../../../_ui/page-header.tsx";
import { SkeletonRows } from "../../../_ui/skeleton-rows.tsx";
import { PipelineCard } from "./pipeline-card.tsx";

export function PipelineList() {
  const t = useTranslations("pipelines");
  const mayEdit = useMay("admin");
  // Counts follow the live messages of tasks.
  const pipelines = useQuery(useTRPC().pipelines.list.queryOptions());
  return (
    <>
      <PageHeader title={t("title")} text={t("text")} />
      {pipelines.isPending && <SkeletonRows count={2} />}
      {pipelines.isError && <LoadFailed error={pipelines.error} onRetry={() => void pipelines.refetch()} />}
      {pipelines.isSuccess &&
        (pipelines.data.length === 0 ? (
          <EmptyState icon={<Rows3 />} title={t("empty")} />
        ) : (
          <div className="flex max-w-4xl flex-col gap-4">
            {pipelines.data.map((pipeline) => (
              <PipelineCard key={pipeline.id} pipeline={pipeline} access={mayEdit ? "edit" : "read"} />
            ))}
          </div>
        ))}
    </>
  );
}
