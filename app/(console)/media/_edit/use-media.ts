"use client";
import { useQueries } from "@tanstack/react-query";
import type { MediaDetail } from "#server/api/rows.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";

/** What is known of a media by now. */
export type Found = MediaDetail | "loading" | "gone";

/** The media that clips are taken from, by id. */
export function useMedia(ids: readonly string[]): ReadonlyMap<string, Found> {
  const trpc = useTRPC();
  const distinct = [...new Set(ids)];
  return useQueries({
    queries: distinct.map((id) => trpc.media.get.queryOptions({ id })),
    combine: (answers) =>
      new Map(
        answers.map(({ data, isError }, index): [string, Found] => {
          return [distinct[index] ?? "", data ?? (isError ? "gone" : "loading")];
        }),
      ),
  });
}

export function isHere(found: Found | undefined): found is MediaDetail {
  return typeof found === "object";
}
