/** A stretch of time in which something was so. */
export interface Span {
  startSeconds: number;
  endSeconds: number;
  /** The worst that was measured in it. */
  worst: number;
}

/** One look at a stream: how it was at a time, and until when that holds. */
export interface Sample extends Span {
  over: boolean;
}

/** A moment that looks better does not end a stretch: detectors waver where a picture moves little. */
const WAVER_SECONDS = 0.5;

/** Stretches of samples that are over what is allowed. */
export function spansOf(samples: Iterable<Sample>): Span[] {
  const spans: Span[] = [];
  for (const { over, ...sample } of samples) {
    if (!over) continue;
    const last = spans.at(-1);
    if (last !== undefined && sample.startSeconds - last.endSeconds <= WAVER_SECONDS) {
      last.endSeconds = Math.max(last.endSeconds, sample.endSeconds);
      last.worst = Math.max(last.worst, sample.worst);
    } else spans.push({ ...sample });
  }
  return spans;
}

export function lengthOf({ startSeconds, endSeconds }: Pick<Span, "startSeconds" | "endSeconds">): number {
  return endSeconds - startSeconds;
}

/** Nine tenths of the one lie in one of the others. */
export function isWithin(span: Pick<Span, "startSeconds" | "endSeconds">, others: readonly Span[]): boolean {
  return others.some((other) => {
    const shared = Math.min(span.endSeconds, other.endSeconds) - Math.max(span.startSeconds, other.startSeconds);
    return shared >= 0.9 * lengthOf(span);
  });
}
