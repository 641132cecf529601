"use client";
import { useQuery } from "@tanstack/react-query";
import { Cpu, Server } from "lucide-react";
import { useTranslations } from "next-intl";
import type { SystemStatus } from "#server/api/rows.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Badge } from "../../../_ui/badge.tsx";
import { Banner } from "../../../_ui/banner.tsx";
import { Card } from "../../../_ui/card.tsx";
import { CopyId } from "../../../_ui/copy-id.tsx";
import { EmptyState } from "../../../_ui/empty-state.tsx";
import { ErrorState } from "../../../_ui/error-state.tsx";
import { RelativeTime } from "../../../_ui/relative-time.tsx";
import { LoadingRows } from "./loading-rows.tsx";

/** A heartbeat is no live message, so this asks again; it stops while the window is hidden or another section shows. */
const REFRESH_MS = 3_000;

type Worker = SystemStatus["workers"][number];

export function WorkersCard() {
  const t = useTranslations("settings.workers");
  const trpc = useTRPC();
  const messageOf = useFailureMessage();
  const status = useQuery(trpc.system.status.queryOptions(undefined, { refetchInterval: REFRESH_MS, staleTime: 0 }));
  const workers = status.data?.workers;
  const alive = workers?.filter((worker) => worker.alive) ?? [];
  const atOnce = alive.reduce((sum, worker) => sum + worker.concurrency, 0);
  return (
    <Card
      title={t("title")}
      text={
        workers === undefined || alive.length === 0
          ? t("text")
          : t("summary", { alive: alive.length, total: workers.length, atOnce })
      }
      padding="flush"
    >
      {status.isPending && <LoadingRows count={1} />}
      {status.isError && workers === undefined && (
        <ErrorState title={t("loadFailed")} text={messageOf(status.error).text} onRetry={() => void status.refetch()} />
      )}
      {workers !== undefined && (
        <>
          {status.isError && <Notice text={t("stale")} />}
          {workers.length > 0 && alive.length === 0 && <Notice text={t("noneAlive")} />}
          {workers.length === 0 ? (
            <EmptyState icon={<Server />} title={t("none")} text={t("noneText")} />
          ) : (
            <ul>
              {workers.map((worker) => (
                <WorkerItem key={worker.id} worker={worker} />
              ))}
            </ul>
          )}
        </>
      )}
    </Card>
  );
}

function Notice({ text }: { text: string }) {
  return (
    <div className="border-b border-line p-3">
      <Banner tone="warning">{text}</Banner>
    </div>
  );
}

function WorkerItem({ worker }: { worker: Worker }) {
  const t = useTranslations("settings.workers");
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-1.5 border-b border-line px-4 py-2.5 last:border-b-0 sm:grid-cols-[minmax(0,1fr)_9rem_8.5rem_7rem]">
      <div className="min-w-0">
        <p className="truncate font-medium">{worker.host}</p>
        <div className="flex flex-wrap items-center gap-x-2">
          <CopyId id={worker.id} />
          <span className="text-ui text-muted">{t("ffmpeg", { version: worker.ffmpegVersion })}</span>
        </div>
      </div>
      <p className="flex items-center gap-1.5 text-ui text-muted max-sm:row-start-2">
        <Cpu className="size-3.5 shrink-0 text-faint" aria-hidden />
        {t("atOnce", { count: worker.concurrency })}
      </p>
      <p className="text-ui text-muted max-sm:row-start-2 max-sm:text-right">
        {t.rich("since", { time: () => <RelativeTime date={worker.startedAt} /> })}
      </p>
      <Badge
        tone={worker.alive ? "success" : "danger"}
        className="justify-self-end max-sm:col-start-2 max-sm:row-start-1"
        icon={<span className="size-1.5 rounded-full bg-current" />}
      >
        {t(worker.alive ? "alive" : "silent")}
      </Badge>
    </li>
  );
}
