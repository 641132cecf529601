"use client";
import { useQuery } from "@tanstack/react-query";
import { FileWarning } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useRef, useState } from "react";
import type { Report } from "#domain/report/report.ts";
import type { OutputRow } from "#server/api/rows.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { EmptyState } from "../../../_ui/empty-state.tsx";
import { ErrorState } from "../../../_ui/error-state.tsx";
import { Player } from "../../../_ui/player.tsx";
import { Skeleton } from "../../../_ui/skeleton.tsx";
import { playableSourcesOf, preferredSourceOf } from "../../media/media-sources.ts";
import { useFileText } from "../_components/text-view.tsx";
import { FindingList } from "./finding-list.tsx";
import { readReport } from "./read-report.ts";
import { Measures, Streams } from "./report-facts.tsx";
import { TimeLine } from "./time-line.tsx";
import { VerdictBadge } from "./verdict-badge.tsx";

interface ReportViewProps {
  shown: OutputRow;
  /** The report and the pictures beside it. */
  outputs: readonly OutputRow[];
  mediaId: string;
}

/** What an inspection or a health check found, beside a player of the media. */
export function ReportView({ shown, outputs, mediaId }: ReportViewProps) {
  const t = useTranslations("report");
  const common = useTranslations("common");
  const text = useFileText(shown.url);
  const report = useMemo(() => readReport(text.data ?? ""), [text.data]);
  if (text.isPending) return <Skeleton className="h-96" />;
  if (text.isError) return <ErrorState title={common("somethingWrong")} onRetry={() => void text.refetch()} />;
  if (report === null) return <EmptyState icon={<FileWarning />} title={t("unreadable")} text={t("unreadableText")} />;
  return <Findings report={report} outputs={outputs} mediaId={mediaId} />;
}

function Findings({ report, outputs, mediaId }: { report: Report } & Omit<ReportViewProps, "shown">) {
  const t = useTranslations("report");
  const trpc = useTRPC();
  const media = useQuery(trpc.media.get.queryOptions({ id: mediaId }));
  const element = useRef<HTMLVideoElement>(null);
  const wanted = useRef(0);
  const [atSeconds, setAtSeconds] = useState(0);
  const source = media.data === undefined ? undefined : preferredSourceOf(playableSourcesOf(media.data));
  // Whoever is quicker than the player gets there once it is ready.
  const goTo = () => {
    if (element.current !== null) element.current.currentTime = wanted.current;
  };
  const seek = (seconds: number) => {
    wanted.current = seconds;
    setAtSeconds(seconds);
    goTo();
    element.current?.scrollIntoView({ block: "nearest" });
  };
  const onSeek = source === undefined ? undefined : seek;
  const count = report.findings.length + report.findingsLeftOut;
  return (
    <div className="flex flex-col gap-6">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <span className="text-ui font-semibold">{t(report.kind)}</span>
        <VerdictBadge verdict={report.verdict} />
        <span className="text-ui text-muted">{t(`summary.${report.verdict}`, { count })}</span>
      </p>
      {media.isPending && <Skeleton className="aspect-video max-h-[42dvh]" />}
      {media.isError && <p className="text-ui text-muted">{t("sourceGone")}</p>}
      {source !== undefined && (
        <div className="mx-auto w-full max-w-2xl">
          <Player source={source.player} element={element} onReady={goTo} onTime={setAtSeconds} />
        </div>
      )}
      <Part title={t("timeline")} text={onSeek !== undefined && count > 0 ? t("timelineHint") : undefined}>
        <TimeLine report={report} atSeconds={atSeconds} onSeek={onSeek} />
      </Part>
      {report.findings.length > 0 && (
        <Part
          title={t("findings")}
          text={report.findingsLeftOut > 0 ? t("leftOut", { count: report.findingsLeftOut }) : undefined}
        >
          <FindingList
            findings={report.findings}
            pictureUrlOf={(name) => outputs.find((output) => output.name === name)?.url}
            onSeek={onSeek}
          />
        </Part>
      )}
      <Part title={t("measures.title")}>
        <Measures report={report} />
      </Part>
      <Part title={t("streams.title")}>
        <Streams streams={report.streams} />
      </Part>
    </div>
  );
}

function Part({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="text-ui font-semibold">{title}</h3>
      {text !== undefined && <p className="text-xs text-muted">{text}</p>}
      <div className="mt-2">{children}</div>
    </section>
  );
}
