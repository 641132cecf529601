/** What ffmpeg says of itself, about twice a second, with `-progress`. */
export interface Progress {
  /** Seconds of output written so far. */
  outSeconds: number;
  framesPerSecond: number | null;
  /** Seconds of output per second of clock. */
  speed: number | null;
  done: boolean;
}

/**
 * Reads `-progress` text in whatever pieces a pipe delivers it. The returned function takes a piece and gives the reports
 * that became complete with it.
 */
export function progressParser(): (text: string) => Progress[] {
  let rest = "";
  let fields = new Map<string, string>();
  return (text) => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? "";
    const reports: Progress[] = [];
    for (const line of lines) {
      const equals = line.indexOf("=");
      if (equals < 0) continue;
      const key = line.slice(0, equals);
      fields.set(key, line.slice(equals + 1).trim());
      // `progress` is the last line of each report.
      if (key === "progress") {
        reports.push(reportOf(fields));
        fields = new Map();
      }
    }
    return reports;
  };
}

/** 0..100; a command that never said how much it writes stays at 0 until it is done. */
export function percentOf(progress: Progress, expectedSeconds: number): number {
  if (progress.done) return 100;
  if (expectedSeconds <= 0) return 0;
  return Math.min(100, Math.max(0, (100 * progress.outSeconds) / expectedSeconds));
}

/**
 * While an encoder or a filter waits for more, ffmpeg says that it has written a few microseconds, and its speed follows from
 * them: days would be left.
 */
const MEASURED_SECONDS_MIN = 0.02;

/** Seconds of clock until the command is done; null while ffmpeg has not measured its speed. */
export function remainingSecondsOf(progress: Progress, expectedSeconds: number): number | null {
  if (progress.done) return 0;
  if (progress.outSeconds < MEASURED_SECONDS_MIN) return null;
  if (progress.speed === null || progress.speed <= 0 || expectedSeconds <= 0) return null;
  return Math.max(0, expectedSeconds - progress.outSeconds) / progress.speed;
}

function reportOf(fields: ReadonlyMap<string, string>): Progress {
  return {
    // Before the first packet is written ffmpeg prints N/A, or a large negative number.
    outSeconds: Math.max(0, (numberIn(fields.get("out_time_us")) ?? 0) / 1_000_000),
    framesPerSecond: numberIn(fields.get("fps")),
    speed: numberIn(fields.get("speed")),
    done: fields.get("progress") === "end",
  };
}

/** `1.02x`, `25.00` and ` 0` are numbers, `N/A` and nothing are not. */
function numberIn(text: string | undefined): number | null {
  const value = Number.parseFloat(text ?? "");
  return Number.isFinite(value) ? value : null;
}
