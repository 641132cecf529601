"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { formatBytes, formatDuration } from "../../../_lib/format.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useDebounced } from "../../../_lib/use-debounced.ts";
import { Combobox } from "../../../_ui/combobox.tsx";
import { MediaThumbnail } from "../../tasks/_components/media-thumbnail.tsx";

const TYPING_MS = 200;

/** Chooses a media to take a clip from; one may be chosen as often as one likes. */
export function AddMedia({ onAdd, className }: { onAdd: (mediaId: string) => void; className?: string }) {
  const t = useTranslations("edit");
  const locale = useLocale();
  const [search, setSearch] = useState("");
  const [added, setAdded] = useState(0);
  const asked = useDebounced(search, TYPING_MS);
  const found = useQuery(
    useTRPC().media.list.queryOptions(
      // A still picture has no time to take a stretch of.
      { search: asked || undefined, kinds: ["video", "audio"], limit: 30 },
      { placeholderData: keepPreviousData },
    ),
  );
  return (
    <Combobox
      // Choosing adds to the list, so that the next choice starts afresh.
      key={added}
      value={null}
      placeholder={t("addMedia")}
      label={t("addMedia")}
      onSearch={setSearch}
      loading={found.isFetching}
      className={className}
      options={(found.data?.items ?? []).map(({ id, name, kind, thumbnailUrl, durationSeconds, sizeBytes }) => ({
        value: id,
        label: name,
        hint: `${formatDuration(durationSeconds)} · ${formatBytes(locale, sizeBytes)}`,
        icon: <MediaThumbnail kind={kind} url={thumbnailUrl} className="w-11!" />,
      }))}
      onChange={(id) => {
        onAdd(id);
        setSearch("");
        setAdded(added + 1);
      }}
    />
  );
}
