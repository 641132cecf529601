"use client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { ArrowUp, RotateCw, SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useRef, useState } from "react";
import { LoadFailed } from "../../../_lib/load-failed.tsx";
import { useMay } from "../../../_lib/me.tsx";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { Button } from "../../../_ui/button.tsx";
import { EmptyState } from "../../../_ui/empty-state.tsx";
import { SkeletonRows } from "../../../_ui/skeleton-rows.tsx";
import { isFiltering, NO_FILTERS, toListInput } from "../_filters/event-filters.ts";
import { FilterBar } from "../_filters/filter-bar.tsx";
import { useEventFilters } from "../_filters/use-event-filters.ts";
import { EventTable } from "./event-table.tsx";
import { FirstEvents } from "./first-events.tsx";
import { ResendDialog } from "./resend-dialog.tsx";
import { useNewEvents } from "./use-new-events.ts";

export function EventList({ onReceivers }: { onReceivers: () => void }) {
  const t = useTranslations("events");
  const common = useTranslations("common");
  const mayResend = useMay("operator");
  const [filters, setFilters] = useEventFilters();
  const [resending, setResending] = useState(false);
  const area = useRef<HTMLDivElement>(null);
  const input = useMemo(() => toListInput(filters, new Date()), [filters]);
  const list = useInfiniteQuery(
    useTRPC().events.list.infiniteQueryOptions(input, {
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
      refetchOnWindowFocus: false,
    }),
  );
  const events = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const news = useNewEvents(events, area);

  if (list.isPending) return <SkeletonRows count={8} />;
  if (list.isError && events.length === 0) {
    return <LoadFailed error={list.error} onRetry={() => void list.refetch()} />;
  }
  if (events.length === 0 && !isFiltering(filters)) return <FirstEvents onReceivers={onReceivers} />;
  const { count, capped } = list.data?.pages[0]?.total ?? { count: events.length, capped: false };
  return (
    <>
      <FilterBar filters={filters} onChange={setFilters} />
      {events.length === 0 ? (
        <EmptyState
          icon={<SearchX />}
          title={t("noMatch")}
          text={t("noMatchText")}
          actions={<Button onClick={() => setFilters(NO_FILTERS)}>{common("clearFilters")}</Button>}
        />
      ) : (
        <div ref={area}>
          {news.count > 0 && (
            <div className="pointer-events-none sticky top-16 z-10 flex h-0 justify-center md:top-3">
              <Button
                variant="primary"
                size="sm"
                icon={<ArrowUp />}
                className="pointer-events-auto mt-1 rounded-full! shadow-popup"
                onClick={() => {
                  news.show();
                  window.scrollTo({ top: 0, behavior: "smooth" });
                }}
              >
                {t("newEvents", { count: news.count })}
              </Button>
            </div>
          )}
          <EventTable events={events} stale={list.isPlaceholderData} />
          <footer className="mt-3 flex flex-wrap items-center justify-between gap-3 text-ui text-muted">
            <p aria-live="polite">
              {t("shown", { shown: events.length, total: common(capped ? "countCapped" : "count", { count }) })}
            </p>
            <div className="flex gap-2">
              {mayResend && isFiltering(filters) && (
                <Button icon={<RotateCw />} onClick={() => setResending(true)}>
                  {t("resend.matching")}
                </Button>
              )}
              {list.hasNextPage && (
                <Button onClick={() => void list.fetchNextPage()} busy={list.isFetchingNextPage}>
                  {common("loadMore")}
                </Button>
              )}
            </div>
          </footer>
        </div>
      )}
      {resending && <ResendDialog filter={input} onClose={() => setResending(false)} />}
    </>
  );
}
