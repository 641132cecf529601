/** The filters of the task list and how they stand in the address: `/tasks?state=failed,cancelled&created=24h`. */
import { OPERATION_KINDS, type OperationKind } from "#domain/operations/operation.ts";
import { STARTED_BY, type StartedBy, TASK_STATES, type TaskState } from "#domain/task.ts";

/** Ranges that move along with the clock. */
export const CREATED_SPANS = { "1h": 1, "24h": 24, "7d": 7 * 24, "30d": 30 * 24 } as const;
export type CreatedSpan = keyof typeof CREATED_SPANS;

export interface TaskFilters {
  search: string;
  states: TaskState[];
  failedSubtask: boolean;
  procedure: string | null;
  kinds: OperationKind[];
  startedBy: StartedBy[];
  mediaId: string | null;
  /** A span back from now, or the two ends of a fixed range. */
  created: CreatedSpan | { after: Date | null; before: Date | null } | null;
}

export const NO_FILTERS: TaskFilters = {
  search: "",
  states: [],
  failedSubtask: false,
  procedure: null,
  kinds: [],
  startedBy: [],
  mediaId: null,
  created: null,
};

const KEYS = {
  search: "search",
  states: "state",
  failedSubtask: "failed",
  procedure: "procedure",
  kinds: "kind",
  startedBy: "by",
  mediaId: "media",
  created: "created",
  createdAfter: "from",
  createdBefore: "to",
} as const;

/** What an address says; what it says wrongly counts as not said. */
export function readFilters(search: Pick<URLSearchParams, "get">): TaskFilters {
  const text = (key: string) => search.get(key) || null;
  const span = Object.keys(CREATED_SPANS).find((each) => each === text(KEYS.created));
  const [after, before] = [dateOf(text(KEYS.createdAfter)), dateOf(text(KEYS.createdBefore))];
  return {
    search: text(KEYS.search) ?? "",
    states: listOf(text(KEYS.states), TASK_STATES),
    failedSubtask: text(KEYS.failedSubtask) === "1",
    procedure: text(KEYS.procedure),
    kinds: listOf(text(KEYS.kinds), OPERATION_KINDS),
    startedBy: listOf(text(KEYS.startedBy), STARTED_BY),
    mediaId: text(KEYS.mediaId),
    created: isSpan(span) ? span : after === null && before === null ? null : { after, before },
  };
}

/** The address's search part with these filters; what else stood in it stays. */
export function writeFilters(filters: TaskFilters, current: URLSearchParams): URLSearchParams {
  const { created } = filters;
  const fixed = created !== null && typeof created === "object" ? created : { after: null, before: null };
  const next: Record<(typeof KEYS)[keyof typeof KEYS], string | null> = {
    [KEYS.search]: filters.search,
    [KEYS.states]: filters.states.join(","),
    [KEYS.failedSubtask]: filters.failedSubtask ? "1" : null,
    [KEYS.procedure]: filters.procedure,
    [KEYS.kinds]: filters.kinds.join(","),
    [KEYS.startedBy]: filters.startedBy.join(","),
    [KEYS.mediaId]: filters.mediaId,
    [KEYS.created]: typeof created === "string" ? created : null,
    [KEYS.createdAfter]: fixed.after?.toISOString() ?? null,
    [KEYS.createdBefore]: fixed.before?.toISOString() ?? null,
  };
  const search = new URLSearchParams(current);
  for (const [key, value] of Object.entries(next)) {
    if (value) search.set(key, value);
    else search.delete(key);
  }
  return search;
}

export function isFiltering(filters: TaskFilters): boolean {
  return writeFilters(filters, new URLSearchParams()).size > 0;
}

/** Input of `tasks.list`. `now` is cut to the minute, so that asking again asks the same. */
export function toListInput(filters: TaskFilters, now: Date) {
  const { created } = filters;
  const minute = Math.floor(now.getTime() / 60_000) * 60_000;
  const range =
    typeof created === "string"
      ? { after: new Date(minute - CREATED_SPANS[created] * 3_600_000), before: null }
      : (created ?? { after: null, before: null });
  return {
    search: filters.search.trim() || undefined,
    states: orNone(filters.states),
    failedSubtask: filters.failedSubtask || undefined,
    procedure: filters.procedure ?? undefined,
    kinds: orNone(filters.kinds),
    startedBy: orNone(filters.startedBy),
    mediaId: filters.mediaId ?? undefined,
    createdAfter: range.after ?? undefined,
    createdBefore: range.before ?? undefined,
  };
}

function listOf<Value extends string>(text: string | null, values: readonly Value[]): Value[] {
  const named = (text ?? "").split(",");
  return values.filter((value) => named.includes(value));
}

function orNone<Value>(values: Value[]): Value[] | undefined {
  return values.length === 0 ? undefined : values;
}

function dateOf(text: string | null): Date | null {
  const date = new Date(text ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date;
}

function isSpan(text: string | undefined): text is CreatedSpan {
  return text !== undefined && text in CREATED_SPANS;
}
