"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Step } from "#domain/procedure.ts";
import { MediaField } from "../../_forms/media-field.tsx";
import { useTRPCClient } from "../../_lib/trpc.tsx";
import { useDebounced } from "../../_lib/use-debounced.ts";
import { useFailureMessage } from "../../_lib/use-failure-message.ts";
import { Banner } from "../../_ui/banner.tsx";
import { Button } from "../../_ui/button.tsx";
import { Card } from "../../_ui/card.tsx";
import { Field } from "../../_ui/field.tsx";
import { Skeleton } from "../../_ui/skeleton.tsx";
import { usePreviewMedia } from "../templates/_command/use-preview-media.ts";
import { DryRunTable } from "./dry-run-table.tsx";

const TYPING_MS = 300;

export type DryRunWork = { procedureName: string; procedureVersion?: number } | { steps: Step[] };

export interface DryRunPanelProps {
  /** A procedure in any of its forms, or steps; null while there is nothing to ask about. */
  work: DryRunWork | null;
  /** Absent: the panel lets people choose one. */
  mediaId?: string;
}

/** The expanded plan of some work: subtasks, exact commands, and what they would cost. Nothing is started. */
export function DryRunPanel({ work, mediaId }: DryRunPanelProps) {
  const t = useTranslations("plan");
  const preview = usePreviewMedia();
  const asked = mediaId ?? preview.mediaId;
  const run = useDryRun(work, asked, mediaId !== undefined || preview.settled);
  return (
    <Card
      title={t("title")}
      text={t("text")}
      actions={run.isFetching && <LoaderCircle className="size-4 animate-spin text-faint" aria-hidden />}
    >
      <div className="flex flex-col gap-3">
        {mediaId === undefined && (
          <>
            <Field label={t("media")} hint={preview.settled && preview.mediaId === null ? t("typical") : undefined}>
              <MediaField value={preview.mediaId} onChange={preview.choose} placeholder={t("typicalName")} />
            </Field>
            {preview.mediaId !== null && (
              <Button variant="ghost" size="sm" className="-mt-1.5 self-start" onClick={() => preview.choose(null)}>
                {t("useTypical")}
              </Button>
            )}
          </>
        )}
        {work === null ? <p className="text-ui text-muted">{t("nothing")}</p> : <Shown run={run} />}
      </div>
    </Card>
  );
}

function useDryRun(work: DryRunWork | null, mediaId: string | null, ready: boolean) {
  const client = useTRPCClient();
  const text = useDebounced(work === null ? null : JSON.stringify(work), TYPING_MS);
  const asked = useDebounced(work, TYPING_MS);
  return useQuery({
    queryKey: ["dryRun", text, mediaId],
    queryFn: () => {
      if (asked === null) throw new Error("Nothing to ask about.");
      return client.plans.dryRun.mutate({ work: asked, mediaId });
    },
    enabled: asked !== null && ready,
    placeholderData: keepPreviousData,
    // What was run meanwhile makes estimates better.
    staleTime: 60_000,
  });
}

function Shown({ run: { data, error, isError, refetch } }: { run: ReturnType<typeof useDryRun> }) {
  const t = useTranslations("plan");
  const messageOf = useFailureMessage();
  if (isError) {
    const { text, detail } = messageOf(error);
    return (
      <Banner tone="danger">
        {text}
        {detail !== "" && <span className="mt-0.5 block font-mono text-xs break-all">{detail}</span>}
        <Button size="sm" className="mt-2" onClick={() => void refetch()}>
          {t("again")}
        </Button>
      </Banner>
    );
  }
  return data === undefined ? <Skeleton className="h-40" /> : <DryRunTable run={data} />;
}
