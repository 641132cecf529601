/** The filters of the event list and how they stand in the address: `/events?type=task.changed&state=failed`. */
import {
  DELIVERY_STATES,
  type DeliveryState,
  NOTIFICATION_KINDS,
  type NotificationKind,
} from "#domain/notification.ts";
import { type Created, createdParams, createdRange, readCreated } from "../../tasks/_filters/created.ts";

export interface EventFilters {
  kinds: NotificationKind[];
  states: DeliveryState[];
  /** An endpoint's id, or PULL_QUEUE. */
  receiver: string | null;
  taskId: string | null;
  created: Created;
}

export const PULL_QUEUE = "pull";

export const NO_FILTERS: EventFilters = { kinds: [], states: [], receiver: null, taskId: null, created: null };

const KEYS = { kinds: "type", states: "state", receiver: "receiver", taskId: "task" } as const;

/** What an address says; what it says wrongly counts as not said. */
export function readFilters(search: Pick<URLSearchParams, "get">): EventFilters {
  return {
    kinds: listOf(search.get(KEYS.kinds), NOTIFICATION_KINDS),
    states: listOf(search.get(KEYS.states), DELIVERY_STATES),
    receiver: idOf(search.get(KEYS.receiver)),
    taskId: idOf(search.get(KEYS.taskId)),
    created: readCreated(search),
  };
}

/** The address's search part with these filters; what else stood in it stays. */
export function writeFilters(filters: EventFilters, current: URLSearchParams): URLSearchParams {
  const next = {
    [KEYS.kinds]: filters.kinds.join(","),
    [KEYS.states]: filters.states.join(","),
    [KEYS.receiver]: filters.receiver,
    [KEYS.taskId]: filters.taskId,
    ...createdParams(filters.created),
  };
  const search = new URLSearchParams(current);
  for (const [key, value] of Object.entries(next)) {
    if (value) search.set(key, value);
    else search.delete(key);
  }
  return search;
}

export function isFiltering(filters: EventFilters): boolean {
  return writeFilters(filters, new URLSearchParams()).size > 0;
}

/** Input of `events.list`. */
export function toListInput({ kinds, states, receiver, taskId, created }: EventFilters, now: Date) {
  return {
    kinds: kinds.length === 0 ? undefined : kinds,
    states: states.length === 0 ? undefined : states,
    receiver: receiver ?? undefined,
    taskId: taskId ?? undefined,
    ...createdRange(created, now),
  };
}

function listOf<Value extends string>(text: string | null, values: readonly Value[]): Value[] {
  const named = (text ?? "").split(",");
  return values.filter((value) => named.includes(value));
}

/** Longer than any id is none, and would only be refused. */
function idOf(text: string | null): string | null {
  return text === null || text.trim() === "" || text.length > 64 ? null : text.trim();
}
