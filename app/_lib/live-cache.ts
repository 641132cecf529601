/** Keeps the query cache in step with what the server tells, with as little refetching as that allows. */
import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { TRPCClient } from "@trpc/client";
import type { TRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { isTerminal } from "#domain/task.ts";
import type { AppRouter } from "#server/api/router.ts";
import type {
  DeliveryRow,
  LiveChange,
  MediaDetail,
  Page,
  SubtaskDetail,
  TaskDetail,
  TaskRow,
} from "#server/api/rows.ts";
import { type ProgressMessage, patchSubtaskRow, patchTaskDetail, patchTaskRow } from "./live-patch.ts";

type TaskList = InfiniteData<Page<TaskRow>>;
type DeliveryList = InfiniteData<Page<DeliveryRow>>;
type TaskMessage = Extract<LiveChange, { type: "task" }>;

/** Changes come in bursts: a finished run moves several subtasks, admission starts the next. One refetch serves them. */
const BATCH_MS = 150;
const ROWS_MAX = 100;

export class LiveCache {
  readonly #queries: QueryClient;
  readonly #trpc: TRPCOptionsProxy<AppRouter>;
  readonly #client: TRPCClient<AppRouter>;
  #changed = new Map<string, TaskMessage>();
  #moved = new Set<string>();
  #stale = new Map<string, () => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(queries: QueryClient, trpc: TRPCOptionsProxy<AppRouter>, client: TRPCClient<AppRouter>) {
    this.#queries = queries;
    this.#trpc = trpc;
    this.#client = client;
  }

  apply(change: LiveChange): void {
    switch (change.type) {
      case "progress":
        this.#progress(change);
        break;
      case "task":
        this.#changed.set(change.taskId, change);
        this.#schedule();
        break;
      case "media":
        this.#later(`media ${change.mediaId}`, () => {
          void this.#queries.invalidateQueries(this.#trpc.media.list.pathFilter());
          void this.#queries.invalidateQueries(this.#trpc.media.get.queryFilter({ id: change.mediaId }));
        });
        break;
      case "upload":
        this.#later("uploads", () => void this.#queries.invalidateQueries(this.#trpc.uploads.list.pathFilter()));
        break;
      case "trial":
        void this.#queries.invalidateQueries(this.#trpc.trials.get.queryFilter({ id: change.trialId }));
        break;
      case "delivery":
        for (const id of change.deliveryIds) this.#moved.add(id);
        this.#later("queue", () => void this.#queries.invalidateQueries(this.#trpc.events.queue.pathFilter()));
        break;
      case "endpoint":
        this.#later("endpoints", () => void this.#queries.invalidateQueries(this.#trpc.events.endpoints.pathFilter()));
        break;
      case "reconnected":
        void this.#queries.invalidateQueries();
        break;
      case "log":
        // The open log reads on by itself, see useLive.
        break;
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** No refetch: the message holds all there is to know. */
  #progress(progress: ProgressMessage): void {
    this.#mapTaskRows((row) => patchTaskRow(row, progress));
    this.#queries.setQueryData<TaskDetail>(this.#trpc.tasks.get.queryKey({ id: progress.taskId }), (task) =>
      task === undefined ? undefined : patchTaskDetail(task, progress),
    );
    this.#queries.setQueriesData<SubtaskDetail>(this.#trpc.tasks.subtask.pathFilter(), (subtask) =>
      subtask === undefined ? undefined : patchSubtaskRow(subtask, progress),
    );
  }

  #later(name: string, refresh: () => void): void {
    this.#stale.set(name, refresh);
    this.#schedule();
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const [changed, stale, moved] = [this.#changed, this.#stale, this.#moved];
      this.#changed = new Map();
      this.#moved = new Set();
      this.#stale = new Map();
      for (const refresh of stale.values()) refresh();
      if (changed.size > 0) void this.#tasks([...changed.values()]);
      if (moved.size > 0) void this.#deliveries(moved);
    }, BATCH_MS);
  }

  async #tasks(changed: readonly TaskMessage[]): Promise<void> {
    for (const { taskId, mediaId, state } of changed) {
      void this.#queries.invalidateQueries(this.#trpc.tasks.get.queryFilter({ id: taskId }));
      void this.#queries.invalidateQueries({
        ...this.#trpc.tasks.subtask.pathFilter(),
        predicate: (query) => isSubtaskOf(query.state.data, taskId),
      });
      // Ended work left renditions behind.
      if (isTerminal(state)) void this.#queries.invalidateQueries(this.#trpc.media.get.queryFilter({ id: mediaId }));
    }
    void this.#queries.invalidateQueries(this.#trpc.pipelines.list.pathFilter());

    const shown = this.#shownTaskIds();
    const ids = changed.map(({ taskId }) => taskId).filter((id) => shown.has(id));
    for (let start = 0; start < ids.length; start += ROWS_MAX) {
      // Missed news leaves rows a little old until the next; not worth a word to the user.
      const rows = await this.#client.tasks.rows.query({ ids: ids.slice(start, start + ROWS_MAX) }).catch(() => []);
      const fresh = new Map(rows.map((row) => [row.id, row]));
      this.#mapTaskRows((row) => fresh.get(row.id) ?? row);
    }
  }

  async #deliveries(moved: ReadonlySet<string>): Promise<void> {
    for (const id of moved) void this.#queries.invalidateQueries(this.#trpc.events.get.queryFilter({ id }));
    const filter = this.#trpc.events.list.infiniteQueryFilter();
    const lists = this.#queries.getQueriesData<DeliveryList>(filter);
    const shown = new Set(
      lists.flatMap(([, list]) => list?.pages.flatMap(({ items }) => items.map(({ id }) => id)) ?? []),
    );
    const ids = [...moved].filter((id) => shown.has(id));
    for (let start = 0; start < ids.length; start += ROWS_MAX) {
      const rows = await this.#client.events.rows.query({ ids: ids.slice(start, start + ROWS_MAX) }).catch(() => []);
      const fresh = new Map(rows.map((row) => [row.id, row]));
      this.#queries.setQueriesData<DeliveryList>(filter, (list) =>
        list === undefined
          ? undefined
          : {
              ...list,
              pages: list.pages.map((page) => ({ ...page, items: page.items.map((row) => fresh.get(row.id) ?? row) })),
            },
      );
    }
  }

  #shownTaskIds(): Set<string> {
    const lists = this.#queries.getQueriesData<TaskList>(this.#trpc.tasks.list.infiniteQueryFilter());
    const media = this.#queries.getQueriesData<MediaDetail>(this.#trpc.media.get.pathFilter());
    return new Set([
      ...lists.flatMap(([, list]) => list?.pages.flatMap((page) => page.items.map(({ id }) => id)) ?? []),
      ...media.flatMap(([, each]) => each?.tasks.map(({ id }) => id) ?? []),
    ]);
  }

  /** Rows keep their places and, unless they change, their identity, so that nothing else renders again. */
  #mapTaskRows(change: (row: TaskRow) => TaskRow): void {
    this.#queries.setQueriesData<TaskList>(this.#trpc.tasks.list.infiniteQueryFilter(), (list) =>
      list === undefined
        ? undefined
        : { ...list, pages: list.pages.map((page) => ({ ...page, items: page.items.map(change) })) },
    );
    this.#queries.setQueriesData<MediaDetail>(this.#trpc.media.get.pathFilter(), (media) =>
      media === undefined ? undefined : { ...media, tasks: media.tasks.map(change) },
    );
  }
}

function isSubtaskOf(data: unknown, taskId: string): boolean {
  return typeof data === "object" && data !== null && "taskId" in data && data.taskId === taskId;
}
