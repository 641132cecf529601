"use client";
import { useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { useTRPC } from "../../../_lib/trpc.tsx";

const KEY = "reelflow.previewMedia";
/** Stands for "no media of mine". */
const TYPICAL = "typical";
const CHANGED = "reelflow:previewMedia";

function subscribe(onChange: () => void): () => void {
  window.addEventListener(CHANGED, onChange);
  return () => window.removeEventListener(CHANGED, onChange);
}

interface PreviewMedia {
  /** Null: a typical clip. */
  mediaId: string | null;
  /** Not while it is being found out what there is. */
  settled: boolean;
  choose: (mediaId: string | null) => void;
}

/** The media that commands are shown for: what was chosen last, otherwise the newest there is, otherwise none. */
export function usePreviewMedia(): PreviewMedia {
  const trpc = useTRPC();
  const remembered = useSyncExternalStore(
    subscribe,
    () => window.localStorage.getItem(KEY),
    () => null,
  );
  const known = remembered !== null && remembered !== TYPICAL;
  // It may have been deleted since.
  const chosen = useQuery({ ...trpc.media.get.queryOptions({ id: remembered ?? "" }), enabled: known });
  const wantsNewest = remembered === null || (known && chosen.isError);
  const newest = useQuery({
    ...trpc.media.list.queryOptions({ kinds: ["video"], limit: 1 }),
    enabled: wantsNewest,
  });
  const choose = (mediaId: string | null) => {
    window.localStorage.setItem(KEY, mediaId ?? TYPICAL);
    window.dispatchEvent(new Event(CHANGED));
  };
  if (wantsNewest) {
    return { mediaId: newest.data?.items[0]?.id ?? null, settled: newest.isSuccess || newest.isError, choose };
  }
  if (!known) return { mediaId: null, settled: true, choose };
  return { mediaId: remembered, settled: chosen.isSuccess, choose };
}
