import { useTranslations } from "next-intl";
import { Skeleton } from "../../../_ui/skeleton.tsx";

export function LoadingRows({ count }: { count: number }) {
  const t = useTranslations("common");
  return (
    <div role="status" aria-label={t("loading")}>
      {Array.from({ length: count }, (_, row) => row).map((row) => (
        <div key={row} className="flex h-15 items-center gap-3 border-b border-line px-4 last:border-b-0">
          <Skeleton className="size-8 rounded-full!" />
          <div className="flex flex-1 flex-col gap-1.5">
            <Skeleton className="h-3.5 w-32" />
            <Skeleton className="h-3 w-48 max-w-full" />
          </div>
          <Skeleton className="h-7 w-28" />
        </div>
      ))}
    </div>
  );
}
