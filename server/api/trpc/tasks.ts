import { z } from "zod";
import { OPERATION_KINDS } from "#domain/operations/operation.ts";
import { step } from "#domain/procedure.ts";
import { PRIORITY_MAX, PRIORITY_MIN, STARTED_BY, TASK_STATES } from "#domain/task.ts";
import type { Page, RunLog, SubtaskDetail, TaskDetail, TaskRow } from "../rows.ts";
import { operator, router, viewer } from "../trpc.ts";
import { unbuilt } from "./unbuilt.ts";

const id = z.string().min(1).max(64);
const cursor = z.string().max(500);

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
  cursor: cursor.optional(),
  limit: z.int().min(1).max(100).default(25),
});

const createInput = z
  .strictObject({
    mediaIds: z.array(id).min(1).max(100),
    procedureName: z.string().min(1).max(200).optional(),
    steps: z.array(step).min(1).max(50).optional(),
    priority: z.int().min(PRIORITY_MIN).max(PRIORITY_MAX).optional(),
    outputDir: z.string().max(200).optional(),
  })
  .refine((input) => (input.procedureName === undefined) !== (input.steps === undefined), {
    path: ["procedureName"],
    message: "procedureOrSteps",
  });

export const tasksRouter = router({
  list: viewer.input(listInput).query(() => unbuilt<Page<TaskRow>>()),
  rows: viewer.input(z.strictObject({ ids: z.array(id).max(100) })).query(() => unbuilt<TaskRow[]>()),
  get: viewer.input(z.strictObject({ id })).query(() => unbuilt<TaskDetail>()),
  subtask: viewer.input(z.strictObject({ id })).query(() => unbuilt<SubtaskDetail>()),
  log: viewer
    .input(z.strictObject({ runId: id, afterNumber: z.int().min(0).default(0) }))
    .query(() => unbuilt<RunLog>()),
  create: operator.input(createInput).mutation(() => unbuilt<{ taskIds: string[] }>()),
  cancel: operator.input(z.strictObject({ id })).mutation(() => unbuilt<void>()),
  restart: operator
    .input(z.strictObject({ id, scope: z.enum(["all", "failed"]), subtaskIds: z.array(id).min(1).max(50).optional() }))
    .mutation(() => unbuilt<void>()),
});
