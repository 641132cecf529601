import { type Report, report } from "#domain/report/report.ts";

/** A report may be of another version than this page, or not be one at all: then there is nothing to draw. */
export function readReport(text: string): Report | null {
  try {
    return report.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Where a span lies on a time line, in percent of it. What reaches beyond the end is cut there. */
export function placeOf(
  { startSeconds, endSeconds }: { startSeconds: number; endSeconds: number },
  wholeSeconds: number,
): { left: number; width: number } {
  const share = (seconds: number) =>
    wholeSeconds > 0 ? Math.min(100, Math.max(0, (100 * seconds) / wholeSeconds)) : 0;
  const left = share(startSeconds);
  return { left, width: share(endSeconds) - left };
}
