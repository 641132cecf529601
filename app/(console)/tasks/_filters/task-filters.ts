/** The filters of the task list and how they stand in the address: `/tasks?state=failed,cancelled&created=24h`. */
import { OPERATION_KINDS, type OperationKind } from "#domain/operations/operation.ts";
import { STARTED_BY, type StartedBy, TASK_STATES, type TaskState } from "#domain/task.ts";
import { type Created, createdParams, createdRange, readCreated } from "./created.ts";

export interface TaskFilters {
  search: string;
  states: TaskState[];
  failedSubtask: boolean;
  procedure: string | null;
  kinds: OperationKind[];
  startedBy: StartedBy[];
  mediaId: string | null;
  created: Created;
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
} as const;

/** What an address says; what it says wrongly counts as not said. */
export function readFilters(search: Pick<URLSearchParams, "get">): TaskFilters {
  const text = (key: string) => search.get(key) || null;
  return {
    search: text(KEYS.search) ?? "",
    states: listOf(text(KEYS.states), TASK_STATES),
    failedSubtask: text(KEYS.failedSubtask) === "1",
    procedure: text(KEYS.procedure),
    kinds: listOf(text(KEYS.kinds), OPERATION_KINDS),
    startedBy: listOf(text(KEYS.startedBy), STARTED_BY),
    mediaId: text(KEYS.mediaId),
    created: readCreated(search),
  };
}

/** The address's search part with these filters; what else stood in it stays. */
export function writeFilters(filters: TaskFilters, current: URLSearchParams): URLSearchParams {
  const next: Record<(typeof KEYS)[keyof typeof KEYS], string | null> = {
    [KEYS.search]: filters.search,
    [KEYS.states]: filters.states.join(","),
    [KEYS.failedSubtask]: filters.failedSubtask ? "1" : null,
    [KEYS.procedure]: filters.procedure,
    [KEYS.kinds]: filters.kinds.join(","),
    [KEYS.startedBy]: filters.startedBy.join(","),
    [KEYS.mediaId]: filters.mediaId,
  };
  const search = new URLSearchParams(current);
  for (const [key, value] of Object.entries({ ...next, ...createdParams(filters.created) })) {
    if (value) search.set(key, value);
    else search.delete(key);
  }
  return search;
}

export function isFiltering(filters: TaskFilters): boolean {
  return writeFilters(filters, new URLSearchParams()).size > 0;
}

/** Input of `tasks.list`. */
export function toListInput(filters: TaskFilters, now: Date) {
  return {
    search: filters.search.trim() || undefined,
    states: orNone(filters.states),
    failedSubtask: filters.failedSubtask || undefined,
    procedure: filters.procedure ?? undefined,
    kinds: orNone(filters.kinds),
    startedBy: orNone(filters.startedBy),
    mediaId: filters.mediaId ?? undefined,
    ...createdRange(filters.created, now),
  };
}

function listOf<Value extends string>(text: string | null, values: readonly Value[]): Value[] {
  const named = (text ?? "").split(",");
  return values.filter((value) => named.includes(value));
}

function orNone<Value>(values: Value[]): Value[] | undefined {
  return values.length === 0 ? undefined : values;
}
