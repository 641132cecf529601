import { chain, filter } from "./filter.ts";

/**
 * Some filters choose frames by what is on them, so that only ffmpeg knows their times. It writes them down: for each frame
 * that comes by, a line of this file. Frames need metadata of a filter before, or nothing is written of them.
 */
export function frameReport(path: string): string {
  return chain([
    // Milliseconds: as seconds, times are written with six digits, which are too few after three hours.
    filter("settb", ["1/1000"]),
    filter("metadata", { mode: "print", file: path }),
  ]);
}

/** The seconds in a report, in order: of `frame:3    pts:5120    pts_time:5.12` it is 5.12. */
export function reportedSeconds(report: string): number[] {
  return [...report.matchAll(/^frame:\d+\s+pts:(-?\d+)\s/gm)].map(([, milliseconds]) => Number(milliseconds) / 1000);
}
