"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { MediaRow } from "#server/api/rows.ts";
import { formatBytes, formatDuration } from "../_lib/format.ts";
import { useTRPC } from "../_lib/trpc.tsx";
import { useDebounced } from "../_lib/use-debounced.ts";
import { Combobox } from "../_ui/combobox.tsx";
import { MediaThumbnail } from "../(console)/tasks/_components/media-thumbnail.tsx";

const TYPING_MS = 200;
const OFFERED_MAX = 30;

interface MediaFieldProps {
  value: string | null;
  onChange: (id: string) => void;
  disabled?: boolean;
  /** What stands there while none is chosen. */
  placeholder?: string;
}

/** One media of the library that lasts for a while. */
export function MediaField({ value, onChange, disabled, placeholder }: MediaFieldProps) {
  const t = useTranslations("tasks.create");
  const locale = useLocale();
  const trpc = useTRPC();
  const [search, setSearch] = useState("");
  const asked = useDebounced(search, TYPING_MS);
  const found = useQuery(
    trpc.media.list.queryOptions(
      { search: asked || undefined, kinds: ["video", "audio"], limit: OFFERED_MAX },
      { placeholderData: keepPreviousData },
    ),
  );
  const chosen = useQuery({ ...trpc.media.get.queryOptions({ id: value ?? "" }), enabled: value !== null });
  const optionOf = ({ id, name, kind, thumbnailUrl, durationSeconds, sizeBytes }: MediaRow) => ({
    value: id,
    label: name,
    hint: [durationSeconds > 0 ? formatDuration(durationSeconds) : null, formatBytes(locale, sizeBytes)]
      .filter((part) => part !== null)
      .join(" · "),
    icon: <MediaThumbnail kind={kind} url={thumbnailUrl} className="w-11!" />,
  });
  const options = (found.data?.items ?? []).map(optionOf);
  const listed = value === null || options.some((option) => option.value === value);
  // One that was deleted still says its id.
  const own = listed ? [] : [chosen.data === undefined ? { value, label: value } : optionOf(chosen.data)];
  return (
    <Combobox
      value={value}
      onChange={onChange}
      onSearch={setSearch}
      options={[...own, ...options]}
      placeholder={placeholder ?? t("chooseMedia")}
      loading={found.isFetching}
      disabled={disabled}
    />
  );
}
