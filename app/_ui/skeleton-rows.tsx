import { Skeleton } from "./skeleton.tsx";

const ROWS = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** A list that is on its way. */
export function SkeletonRows({ count = 6 }: { count?: number }) {
  return (
    <div className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
      {ROWS.slice(0, count).map((key) => (
        <div key={key} className="flex items-center gap-3 px-4 py-3.5">
          <Skeleton className="size-5" />
          <div className="flex-1">
            <Skeleton className="h-3.5 w-40 max-w-full" />
            <Skeleton className="mt-2 h-3 w-72 max-w-full" />
          </div>
        </div>
      ))}
    </div>
  );
}
