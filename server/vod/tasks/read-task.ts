/** A task as it is, or as it was when an event of it was written. */
import { z } from "zod";
import type { Prisma } from "../../../prisma/generated/client.ts";
import { listCategories } from "../../categories/list-categories.ts";
import type { Tx } from "../../db/client.ts";
import { failureOf, operationKind, outputFacts, outputParts, outputRole, storedOperation } from "../../db/rows.ts";
import type { Category } from "../../domain/category.ts";
import type { Failure } from "../../domain/error.ts";
import { mediaInfo } from "../../domain/media.ts";
import { isTerminal, SUBTASK_STATES, type SubtaskState } from "../../domain/task.ts";

const columns = {
  id: true,
  applicationId: true,
  kinds: true,
  priority: true,
  notifyMode: true,
  sessionId: true,
  sessionContext: true,
  startedBy: true,
  createdAt: true,
  media: { select: { id: true, name: true, storageKey: true, info: true, errorCode: true, deletedAt: true } },
  subtasks: {
    orderBy: { number: "asc" },
    select: {
      id: true,
      kind: true,
      operation: true,
      templateDefinition: true,
      state: true,
      progressPercent: true,
      errorCode: true,
      errorDetail: true,
      startedAt: true,
      endedAt: true,
      outputs: { orderBy: { number: "asc" } },
      madeMedia: true,
      madeTaskId: true,
    },
  },
} as const satisfies Prisma.TaskSelect;

type Row = Prisma.TaskGetPayload<{ select: typeof columns }>;
type SubtaskRow = Row["subtasks"][number];

export type TaskRecord = Omit<Row, "subtasks" | "media"> & {
  media: Omit<Row["media"], "info"> & { info: z.output<typeof mediaInfo> };
  subtasks: SubtaskRecord[];
  /** Where one of the media that it made is in a category. */
  categories: ReadonlyMap<number, Category>;
};
export type SubtaskRecord = ReturnType<typeof subtaskOf>;
export type OutputRecord = SubtaskRecord["outputs"][number];

/** Null when the application has no such task. `asOf`: the number of the last of its events that has happened. */
export async function readTask(
  tx: Tx,
  { applicationId, taskId, asOf }: { applicationId: number; taskId: string; asOf?: bigint },
): Promise<TaskRecord | null> {
  const task = await tx.task.findFirst({ where: { id: taskId, applicationId }, select: columns });
  if (task === null) return null;
  const subtasks = task.subtasks.map(subtaskOf);
  return {
    ...task,
    media: { ...task.media, info: mediaInfo.parse(task.media.info) },
    categories: await categoriesOf(tx, task),
    subtasks: asOf === undefined ? subtasks : subtasksAt(subtasks, await readMoves(tx, taskId), asOf),
  };
}

async function categoriesOf(tx: Tx, { applicationId, subtasks }: Row): Promise<Map<number, Category>> {
  const named = subtasks.some(({ madeMedia }) => madeMedia !== null && madeMedia.categoryId !== null);
  return new Map(named ? (await listCategories(tx, applicationId)).map((one) => [one.id, one]) : []);
}

function subtaskOf({ errorCode, errorDetail, operation, ...row }: SubtaskRow) {
  return {
    ...row,
    kind: operationKind.parse(row.kind),
    // Parameters from a release that knew others are not shown, and hurt nobody.
    operation: storedOperation.safeParse(operation).data ?? null,
    failure: failureOf({ errorCode, errorDetail }),
    outputs: row.outputs.map((output) => ({
      ...output,
      role: outputRole.parse(output.role),
      sizeBytes: Number(output.sizeBytes),
      facts: outputFacts.parse(output.facts),
      parts: outputParts.parse(output.parts),
    })),
  };
}

const moveRows = z.array(
  z.object({
    id: z.bigint(),
    subtaskId: z.string().nullable(),
    type: z.string(),
    data: z.object({ error: z.looseObject({}).optional() }),
    createdAt: z.date(),
  }),
);
type Move = z.output<typeof moveRows>[number];

async function readMoves(tx: Tx, taskId: string): Promise<Move[]> {
  const rows = await tx.event.findMany({
    where: { taskId, type: { startsWith: "subtask." } },
    select: { id: true, subtaskId: true, type: true, data: true, createdAt: true },
    orderBy: { id: "asc" },
  });
  return moveRows.parse(rows);
}

const failure = z.object({ code: z.string(), detail: z.string() });
const state = z.enum(SUBTASK_STATES);

/** Events of a task are written while it is locked, so those before one are those with a smaller number. */
function subtasksAt(subtasks: SubtaskRecord[], moves: readonly Move[], asOf: bigint): SubtaskRecord[] {
  return subtasks.map((subtask) => {
    const own = moves.filter(({ subtaskId }) => subtaskId === subtask.id);
    // What has not moved since is as it was then.
    return own.every(({ id }) => id <= asOf)
      ? subtask
      : subtaskAt(
          subtask,
          own.filter(({ id }) => id <= asOf),
        );
  });
}

/** Its outputs are those there are: a subtask that was restarted since keeps them until it has others. */
function subtaskAt(subtask: SubtaskRecord, moves: readonly Move[]): SubtaskRecord {
  const last = moves.at(-1);
  const at: SubtaskState = last === undefined ? "waiting" : stateOf(last);
  const started = moves.findLast((move) => stateOf(move) === "processing");
  const error = at === "failed" ? failure.safeParse(last?.data.error).data : undefined;
  return {
    ...subtask,
    state: at,
    failure: error === undefined ? null : failureOf({ errorCode: error.code, errorDetail: error.detail }),
    progressPercent: at === "succeeded" ? 100 : 0,
    startedAt: at === "waiting" ? null : (started?.createdAt ?? null),
    endedAt: last !== undefined && isTerminal(at) ? last.createdAt : null,
  };
}

function stateOf({ type }: Move): SubtaskState {
  return state.parse(type.replace("subtask.", ""));
}

/** Of a subtask that ended without what it was to make. */
export function failureIn({ state, failure }: Pick<SubtaskRecord, "state" | "failure">): Failure | null {
  return state === "failed" ? (failure ?? { code: "INTERNAL", detail: "" }) : null;
}
