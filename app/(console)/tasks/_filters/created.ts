/** When something was created, as a filter: in a list's address, and as the two ends that a list is asked with. */

/** Ranges that move along with the clock. */
export const CREATED_SPANS = { "1h": 1, "24h": 24, "7d": 7 * 24, "30d": 30 * 24 } as const;
export type CreatedSpan = keyof typeof CREATED_SPANS;

/** A span back from now, or the two ends of a fixed range. */
export type Created = CreatedSpan | { after: Date | null; before: Date | null } | null;

const KEYS = { span: "created", after: "from", before: "to" } as const;

export function readCreated(search: Pick<URLSearchParams, "get">): Created {
  const span = Object.keys(CREATED_SPANS).find((each) => each === search.get(KEYS.span));
  const [after, before] = [dateOf(search.get(KEYS.after)), dateOf(search.get(KEYS.before))];
  return isSpan(span) ? span : after === null && before === null ? null : { after, before };
}

export function createdParams(created: Created): Record<(typeof KEYS)[keyof typeof KEYS], string | null> {
  const fixed = created !== null && typeof created === "object" ? created : { after: null, before: null };
  return {
    [KEYS.span]: typeof created === "string" ? created : null,
    [KEYS.after]: fixed.after?.toISOString() ?? null,
    [KEYS.before]: fixed.before?.toISOString() ?? null,
  };
}

/** `now` is cut to the minute, so that asking again asks the same. */
export function createdRange(created: Created, now: Date): { createdAfter?: Date; createdBefore?: Date } {
  const minute = Math.floor(now.getTime() / 60_000) * 60_000;
  const { after, before } =
    typeof created === "string"
      ? { after: new Date(minute - CREATED_SPANS[created] * 3_600_000), before: null }
      : (created ?? { after: null, before: null });
  return { createdAfter: after ?? undefined, createdBefore: before ?? undefined };
}

function dateOf(text: string | null): Date | null {
  const date = new Date(text || Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date;
}

function isSpan(text: string | undefined): text is CreatedSpan {
  return text !== undefined && text in CREATED_SPANS;
}
