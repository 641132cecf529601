"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { Template } from "#domain/template.ts";
import type { TemplatePreview } from "#server/api/rows.ts";
import { MediaField } from "../../../_forms/media-field.tsx";
import { useTRPCClient } from "../../../_lib/trpc.tsx";
import { useDebounced } from "../../../_lib/use-debounced.ts";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Banner } from "../../../_ui/banner.tsx";
import { Button } from "../../../_ui/button.tsx";
import { Card } from "../../../_ui/card.tsx";
import { Field } from "../../../_ui/field.tsx";
import { Skeleton } from "../../../_ui/skeleton.tsx";
import { CommandLines } from "./command-lines.tsx";
import { usePreviewMedia } from "./use-preview-media.ts";

const TYPING_MS = 250;

/** The commands a worker would start, while the template is being written. Null: there is something wrong with it. */
export function CommandPreview({ template }: { template: Template | null }) {
  const t = useTranslations("templates.command");
  const { mediaId, settled, choose } = usePreviewMedia();
  const shown = usePreview(template, mediaId, settled);
  const before = useBefore(shown.data);
  return (
    <Card
      title={t("title")}
      text={t("text")}
      actions={shown.isFetching && <LoaderCircle className="size-4 animate-spin text-faint" aria-hidden />}
    >
      <div className="flex flex-col gap-3">
        <Field label={t("media")} hint={settled && mediaId === null ? t("typical") : undefined}>
          <MediaField value={mediaId} onChange={choose} placeholder={t("typicalName")} />
        </Field>
        {mediaId !== null && (
          <Button variant="ghost" size="sm" className="-mt-1.5 self-start" onClick={() => choose(null)}>
            {t("useTypical")}
          </Button>
        )}
        {template === null && <Banner tone="warning">{t("invalid")}</Banner>}
        <Shown shown={shown} before={before} stale={template === null} />
      </div>
    </Card>
  );
}

function usePreview(template: Template | null, mediaId: string | null, settled: boolean) {
  const client = useTRPCClient();
  const text = useDebounced(template === null ? null : JSON.stringify(template), TYPING_MS);
  const asked = useDebounced(template, TYPING_MS);
  return useQuery({
    queryKey: ["templatePreview", text, mediaId],
    // A template may be longer than an address, so it goes by POST.
    queryFn: () => {
      if (asked === null) throw new Error("Nothing to show.");
      return client.templates.preview.mutate({ template: asked, mediaId });
    },
    enabled: asked !== null && settled,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What was shown before the last change. */
function useBefore(now: TemplatePreview | undefined): TemplatePreview | null {
  const last = useRef<TemplatePreview | undefined>(undefined);
  const [before, setBefore] = useState<TemplatePreview | null>(null);
  useEffect(() => {
    if (now === undefined || now === last.current) return;
    if (last.current !== undefined) setBefore(last.current);
    last.current = now;
  }, [now]);
  return before;
}

interface ShownProps {
  shown: ReturnType<typeof usePreview>;
  before: TemplatePreview | null;
  /** The template has become wrong since. */
  stale: boolean;
}

function Shown({ shown: { data, error, isError }, before, stale }: ShownProps) {
  const t = useTranslations("templates.command");
  const errors = useTranslations("errors");
  const messageOf = useFailureMessage();
  if (isError) return <Banner tone="danger">{messageOf(error).text}</Banner>;
  if (data === undefined) return stale ? null : <Skeleton className="h-64" />;
  const { commands, failure, continues, dependsOnKeyFrames } = data;
  return (
    <div className={stale ? "flex flex-col gap-3 opacity-60" : "flex flex-col gap-3"} aria-live="off">
      {failure !== null && (
        <Banner tone="danger">
          {errors(failure.code)}
          {failure.detail !== "" && <span className="mt-0.5 block font-mono text-xs break-all">{failure.detail}</span>}
        </Banner>
      )}
      {commands.map((argv, index) => (
        <CommandLines
          key={index}
          title={t("number", { number: index + 1, total: commands.length })}
          argv={argv}
          before={before === null ? null : (before.commands[index] ?? [])}
        />
      ))}
      {continues && <p className="text-xs text-muted">{t("continues")}</p>}
      {dependsOnKeyFrames && <p className="text-xs text-muted">{t("keyFrames")}</p>}
    </div>
  );
}
