"use client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Film, LayoutGrid, List, SearchX, Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { MEDIA_KINDS } from "#domain/media.ts";
import type { MediaRow, Page } from "#server/api/rows.ts";
import { LoadFailed } from "../../../_lib/load-failed.tsx";
import { useMay } from "../../../_lib/me.tsx";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useUrlParam } from "../../../_lib/url-param.ts";
import { useDebounced } from "../../../_lib/use-debounced.ts";
import { Button, ButtonLink, IconButton } from "../../../_ui/button.tsx";
import { classes } from "../../../_ui/classes.ts";
import { EmptyState } from "../../../_ui/empty-state.tsx";
import { MultiSelect } from "../../../_ui/multi-select.tsx";
import { PageHeader } from "../../../_ui/page-header.tsx";
import { SearchInput } from "../../../_ui/text-input.tsx";
import { SampleButton } from "../../upload/_components/sample-button.tsx";
import { paramOfTags, tagsInParam } from "../tag-param.ts";
import { LabelFilters } from "./label-filters.tsx";
import { MediaGrid, MediaGridSkeleton } from "./media-grid.tsx";
import { type Selection, SelectionBar } from "./media-selection.tsx";
import { MediaTable } from "./media-table.tsx";

const PAGE_ROWS = 30;
const TYPING_MS = 250;

export function MediaLibrary() {
  const t = useTranslations("media");
  const states = useTranslations("states.mediaKind");
  const mayUpload = useMay("operator");
  const [search, setSearch] = useUrlParam("search");
  const [kindParam, setKind] = useUrlParam("kind");
  const [tagParam, setTag] = useUrlParam("tag");
  const [categoryParam, setCategory] = useUrlParam("category");
  const [viewParam, setView] = useUrlParam("view");
  const view = viewParam === "list" ? "list" : "grid";
  const kinds = MEDIA_KINDS.filter((kind) => kindParam.split(",").includes(kind));
  const tags = tagsInParam(tagParam);
  const categoryId = /^\d{1,9}$/.test(categoryParam) ? Number(categoryParam) : null;
  const asked = useDebounced(search.trim(), TYPING_MS);
  const media = useInfiniteQuery(
    useTRPC().media.list.infiniteQueryOptions(
      {
        search: asked || undefined,
        kinds: kinds.length === 0 ? undefined : kinds,
        tags: tags.length === 0 ? undefined : tags,
        categoryId: categoryId ?? undefined,
        limit: PAGE_ROWS,
      },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
    ),
  );
  const clear = () => {
    setSearch("");
    setKind("");
    setTag("");
    setCategory("");
  };
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const selection: Selection = {
    ids: chosen,
    toggle: (id) => setChosen(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]),
  };
  const filtering = search !== "" || kinds.length > 0 || tags.length > 0 || categoryId !== null;
  const total = media.data?.pages[0]?.total;
  return (
    <>
      <PageHeader
        title={t("title")}
        text={t("text")}
        actions={
          mayUpload && (
            <ButtonLink variant="primary" icon={<Upload />} href={routes.upload()}>
              {t("upload")}
            </ButtonLink>
          )
        }
      />
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <SearchInput value={search} onChange={setSearch} label={t("search")} className="w-full sm:w-72" />
        <MultiSelect
          label={t("kind")}
          values={kinds}
          onChange={(next) => setKind(next.join(","))}
          options={MEDIA_KINDS.map((value) => ({ value, label: states(value) }))}
        />
        <LabelFilters
          labels={{ tags, categoryId }}
          onChange={(next) => {
            setTag(paramOfTags(next.tags));
            setCategory(next.categoryId === null ? "" : String(next.categoryId));
          }}
        />
        <span className="ml-auto flex items-center gap-3">
          {total !== undefined && (
            <span className="text-xs text-muted" role="status">
              {t(total.capped ? "totalCapped" : "total", { count: total.count })}
            </span>
          )}
          <ViewSwitch view={view} onChange={(next) => setView(next === "list" ? next : "")} />
        </span>
      </div>
      {media.isPending && <MediaGridSkeleton />}
      {media.isError && <LoadFailed error={media.error} onRetry={() => void media.refetch()} />}
      {media.isSuccess && (
        <Found
          pages={media.data.pages}
          view={view}
          selection={mayUpload ? selection : null}
          stale={media.isPlaceholderData}
          empty={filtering ? <NoMatch onClear={clear} /> : <NoMedia />}
          more={
            media.hasNextPage && (
              <MoreButton onMore={() => void media.fetchNextPage()} busy={media.isFetchingNextPage} />
            )
          }
        />
      )}
      <SelectionBar selection={selection} onClear={() => setChosen([])} />
    </>
  );
}

type View = "grid" | "list";
const VIEWS = [
  { view: "grid", icon: <LayoutGrid /> },
  { view: "list", icon: <List /> },
] as const;

function ViewSwitch({ view, onChange }: { view: View; onChange: (view: View) => void }) {
  const t = useTranslations("media");
  return (
    <fieldset className="flex items-center rounded-md border border-line p-px">
      <legend className="sr-only">{t("view")}</legend>
      {VIEWS.map((each) => (
        <IconButton
          key={each.view}
          size="sm"
          label={t(`views.${each.view}`)}
          icon={each.icon}
          aria-pressed={view === each.view}
          onClick={() => onChange(each.view)}
          className={view === each.view ? "bg-pressed! text-ink!" : undefined}
        />
      ))}
    </fieldset>
  );
}

interface FoundProps {
  pages: readonly Page<MediaRow>[];
  view: View;
  /** Null for those who may not do anything with it. */
  selection: Selection | null;
  /** Of the filters before; the new answer is on its way. */
  stale: boolean;
  empty: React.ReactNode;
  more: React.ReactNode;
}

function Found({ pages, view, selection, stale, empty, more }: FoundProps) {
  const rows = pages.flatMap((page) => page.items);
  if (rows.length === 0) return empty;
  return (
    <div className={classes("transition-opacity", stale && "opacity-60")}>
      {view === "grid" ? (
        <MediaGrid media={rows} selection={selection} />
      ) : (
        <MediaTable media={rows} selection={selection} />
      )}
      {more}
    </div>
  );
}

function MoreButton({ onMore, busy }: { onMore: () => void; busy: boolean }) {
  const common = useTranslations("common");
  return (
    <div className="mt-5 flex justify-center">
      <Button onClick={onMore} busy={busy}>
        {common("loadMore")}
      </Button>
    </div>
  );
}

function NoMatch({ onClear }: { onClear: () => void }) {
  const common = useTranslations("common");
  return (
    <EmptyState
      icon={<SearchX />}
      title={common("noMatch")}
      actions={<Button onClick={onClear}>{common("clearFilters")}</Button>}
    />
  );
}

function NoMedia() {
  const t = useTranslations("media");
  const mayUpload = useMay("operator");
  return (
    <EmptyState
      icon={<Film />}
      title={t("empty.title")}
      text={t("empty.text")}
      actions={
        mayUpload && (
          <>
            <ButtonLink variant="primary" icon={<Upload />} href={routes.upload()}>
              {t("upload")}
            </ButtonLink>
            <SampleButton />
          </>
        )
      }
    />
  );
}
