"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { ErrorState } from "../../../_ui/error-state.tsx";
import { Skeleton } from "../../../_ui/skeleton.tsx";

/** A text file of the store, read through its signed link. */
export function useFileText(url: string | undefined) {
  return useQuery({
    queryKey: ["file text", url],
    enabled: url !== undefined,
    // Published files never change.
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const response = await fetch(url ?? "", { signal });
      if (!response.ok) throw new Error(`The file answered ${response.status}.`);
      return response.text();
    },
  });
}

export function TextView({ url }: { url: string }) {
  const t = useTranslations("common");
  const text = useFileText(url);
  if (text.isPending) return <Skeleton className="h-64" />;
  if (text.isError) return <ErrorState title={t("somethingWrong")} onRetry={() => void text.refetch()} />;
  return (
    <pre className="max-h-[60dvh] overflow-auto rounded-md bg-sunken p-3 font-mono text-xs whitespace-pre-wrap">
      {text.data}
    </pre>
  );
}
