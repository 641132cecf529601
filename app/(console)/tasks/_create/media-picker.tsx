"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { MediaRow } from "#server/api/rows.ts";
import { formatBytes, formatDuration } from "../../../_lib/format.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useDebounced } from "../../../_lib/use-debounced.ts";
import { IconButton } from "../../../_ui/button.tsx";
import { Combobox } from "../../../_ui/combobox.tsx";
import { Field } from "../../../_ui/field.tsx";
import { MediaThumbnail } from "../_components/media-thumbnail.tsx";

export type PickedMedia = Pick<MediaRow, "id" | "name" | "kind" | "thumbnailUrl">;

/** As many as one request may name. */
const MEDIA_MAX = 100;
const TYPING_MS = 200;

interface MediaPickerProps {
  media: readonly PickedMedia[];
  onChange: (media: readonly PickedMedia[]) => void;
  error?: string;
}

export function MediaPicker({ media, onChange, error }: MediaPickerProps) {
  const t = useTranslations("tasks.create");
  const common = useTranslations("common");
  const locale = useLocale();
  const trpc = useTRPC();
  const [search, setSearch] = useState("");
  const asked = useDebounced(search, TYPING_MS);
  const found = useQuery(
    trpc.media.list.queryOptions({ search: asked || undefined, limit: 30 }, { placeholderData: keepPreviousData }),
  );
  const chosen = new Set(media.map(({ id }) => id));
  const offered = (found.data?.items ?? []).filter(({ id }) => !chosen.has(id));
  return (
    <Field label={t("media")} error={error}>
      {media.length > 0 && (
        <ul className="flex max-h-48 flex-col gap-1 overflow-y-auto rounded-lg border border-line p-1">
          {media.map(({ id, name, kind, thumbnailUrl }) => (
            <li key={id} className="flex items-center gap-2.5 rounded-md px-1 py-0.5">
              <MediaThumbnail kind={kind} url={thumbnailUrl} className="w-11!" />
              <span className="min-w-0 flex-1 truncate text-ui">{name}</span>
              <IconButton
                size="sm"
                label={common("remove")}
                icon={<X />}
                onClick={() => onChange(media.filter((each) => each.id !== id))}
              />
            </li>
          ))}
        </ul>
      )}
      {media.length < MEDIA_MAX && (
        <Combobox
          // Choosing adds to the list above, so that the next choice starts afresh.
          key={media.length}
          value={null}
          placeholder={t(media.length === 0 ? "chooseMedia" : "addMedia")}
          label={t("media")}
          onSearch={setSearch}
          loading={found.isFetching}
          options={offered.map(({ id, name, kind, thumbnailUrl, durationSeconds, sizeBytes }) => ({
            value: id,
            label: name,
            hint: [durationSeconds > 0 ? formatDuration(durationSeconds) : null, formatBytes(locale, sizeBytes)]
              .filter((part) => part !== null)
              .join(" · "),
            icon: <MediaThumbnail kind={kind} url={thumbnailUrl} className="w-11!" />,
          }))}
          onChange={(id) => {
            const picked = offered.find((each) => each.id === id);
            if (picked !== undefined) onChange([...media, picked]);
            setSearch("");
          }}
        />
      )}
    </Field>
  );
}
