import { z } from "zod";
import { OPERATION_KINDS } from "#domain/operations/operation.ts";
import { stepsBody } from "#domain/procedure.ts";
import { PROCEDURE_BYTES_MAX } from "#domain/procedure-text.ts";
import { PRIORITY_MAX, PRIORITY_MIN, STARTED_BY, TASK_STATES } from "#domain/task.ts";
import { cancelTask } from "../../tasks/cancel-task.ts";
import { countByState } from "../../tasks/count-by-state.ts";
import { createTasks } from "../../tasks/create-tasks.ts";
import { listTasks } from "../../tasks/list-tasks.ts";
import { restartTask } from "../../tasks/restart-task.ts";
import { cursor, endOf } from "../cursor.ts";
import { unwrap } from "../failure-error.ts";
import { readPlaybackUrl } from "../playback-link.ts";
import type { Page, RunLog, SubtaskDetail, TaskDetail, TaskRow } from "../rows.ts";
import { readLog, readSubtask, readTask } from "../task-detail.ts";
import { readTaskRows } from "../task-rows.ts";
import { operator, router, viewer } from "../trpc.ts";

const id = z.string().min(1).max(64);
const key = z.strictObject({ id });

const listInput = z.strictObject({
  search: z.string().trim().max(200).optional(),
  states: z.array(z.enum(TASK_STATES)).optional(),
  failedSubtask: z.boolean().optional(),
  procedure: z.string().max(200).optional(),
  kinds: z.array(z.enum(OPERATION_KINDS)).optional(),
  startedBy: z.array(z.enum(STARTED_BY)).optional(),
  createdAfter: z.date().optional(),
  createdBefore: z.date().optional(),
  mediaId: id.optional(),
  cursor: cursor.nullish(),
  limit: z.int().min(1).max(100).default(25),
});

const createInput = z
  .strictObject({
    mediaIds: z.array(id).min(1).max(100),
    /** In any of its forms. */
    procedureName: z.string().min(1).max(PROCEDURE_BYTES_MAX).optional(),
    procedureVersion: z.int().min(1).optional(),
    steps: stepsBody.shape.steps.optional(),
    priority: z.int().min(PRIORITY_MIN).max(PRIORITY_MAX).optional(),
    outputDir: z.string().max(200).optional(),
  })
  .transform(({ procedureName, procedureVersion, steps, ...rest }, context) => {
    if (procedureName !== undefined && steps === undefined)
      return { ...rest, work: { procedureName, ...(procedureVersion === undefined ? {} : { procedureVersion }) } };
    if (steps !== undefined && procedureName === undefined) return { ...rest, work: { steps } };
    context.addIssue({ code: "custom", path: ["procedureName"], message: "procedureOrSteps" });
    return z.NEVER;
  });

const restartInput = z.strictObject({
  id,
  scope: z.enum(["all", "failed"]),
  /** Restarts these instead of the scope. */
  subtaskIds: z.array(id).min(1).max(50).optional(),
});

export const tasksRouter = router({
  list: viewer.input(listInput).query(async ({ ctx, input }): Promise<Page<TaskRow>> => {
    const { cursor: after = null, limit, ...filter } = input;
    const applicationId = ctx.me.application.id;
    const page = await listTasks(ctx.db, applicationId, filter, { after, limit });
    const ids = page.rows.map((task) => task.id);
    return {
      items: await readTaskRows(ctx.db, ctx.links, applicationId, ids),
      ...endOf(page),
    };
  }),
  /** How many tasks the same filters find in each state. */
  countByState: viewer
    .input(listInput.omit({ states: true, cursor: true, limit: true }))
    .query(({ ctx, input }) => countByState(ctx.db, ctx.me.application.id, input)),
  rows: viewer
    .input(z.strictObject({ ids: z.array(id).max(100) }))
    .query(({ ctx, input }) => readTaskRows(ctx.db, ctx.links, ctx.me.application.id, input.ids)),
  get: viewer
    .input(key)
    .query(
      async ({ ctx, input }): Promise<TaskDetail> =>
        unwrap(await readTask(ctx.db, ctx.links, ctx.me.application.id, input.id)),
    ),
  subtask: viewer
    .input(key)
    .query(
      async ({ ctx, input }): Promise<SubtaskDetail> =>
        unwrap(await readSubtask(ctx.db, ctx.links, ctx.me.application.id, input.id)),
    ),
  log: viewer
    .input(z.strictObject({ runId: id, afterNumber: z.int().optional() }))
    .query(
      async ({ ctx, input }): Promise<RunLog> =>
        unwrap(await readLog(ctx.db, ctx.me.application.id, input.runId, input.afterNumber)),
    ),
  /** For operators: whoever gets this address needs no session. */
  playbackUrl: operator
    .input(z.strictObject({ outputId: id }))
    .mutation(async ({ ctx, input }) =>
      unwrap(await readPlaybackUrl(ctx.db, ctx.links, ctx.me.application.id, input.outputId)),
    ),
  /** One task for each media; all of them, or none when one cannot be. */
  create: operator.input(createInput).mutation(async ({ ctx, input }) => {
    const { mediaIds, work, ...rest } = input;
    const { application, user } = ctx.me;
    const request = {
      ...rest,
      ...work,
      applicationId: application.id,
      createdById: user.id,
      startedBy: "console" as const,
    };
    return unwrap(await createTasks(ctx.db, request, mediaIds));
  }),
  cancel: operator
    .input(key)
    .mutation(async ({ ctx, input }) => unwrap(await cancelTask(ctx.db, ctx.me.application.id, input.id))),
  restart: operator.input(restartInput).mutation(async ({ ctx, input }) => {
    const { id, scope, subtaskIds } = input;
    const chosen = scope === "all" ? { all: true as const } : { failed: true as const };
    unwrap(await restartTask(ctx.db, ctx.me.application.id, id, subtaskIds === undefined ? chosen : { subtaskIds }));
  }),
});
