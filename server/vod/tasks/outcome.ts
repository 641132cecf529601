/** How far a subtask or a task is, in the words that all structures of results share. */
import { isTerminal, type TaskState, taskStateOf } from "../../domain/task.ts";
import { errCodeExtOf, errNumberOf, messageOf } from "../error-codes.ts";
import { isoTime } from "../time.ts";
import { failureIn, type SubtaskRecord, type TaskRecord } from "./read-task.ts";
import { STATUS_OF } from "./states.ts";

interface Outcome {
  ErrCodeExt: string;
  ErrCode: number;
  Message: string;
}

/** Who cancels asked for no result, and there is no better word for that. */
const CANCELLED: Outcome = { ErrCodeExt: "InvalidInput", ErrCode: errNumberOf("InvalidInput"), Message: "Cancelled." };

function outcomeOf(subtask: SubtaskRecord): Outcome {
  if (subtask.state === "cancelled") return CANCELLED;
  const failure = failureIn(subtask);
  if (failure === null) return { ErrCodeExt: "", ErrCode: 0, Message: subtask.state === "succeeded" ? "SUCCESS" : "" };
  const ext = errCodeExtOf(failure.code);
  return { ErrCodeExt: ext, ErrCode: errNumberOf(ext), Message: messageOf(failure) };
}

/** What every child says of itself. One that waits is said to be processed, as there is no other word. */
export function childOf(subtask: SubtaskRecord) {
  const status = {
    waiting: "PROCESSING",
    processing: "PROCESSING",
    succeeded: "SUCCESS",
    failed: "FAIL",
    cancelled: "FAIL",
  };
  return {
    Status: status[subtask.state],
    ...outcomeOf(subtask),
    Progress: progressOf(subtask),
    BeginProcessTime: isoTime(subtask.startedAt),
    FinishTime: isoTime(subtask.endedAt),
  };
}

function progressOf({ state, progressPercent }: SubtaskRecord): number {
  // 100 is for what has succeeded.
  return state === "succeeded" ? 100 : Math.min(99, Math.floor(progressPercent));
}

export function isOver({ subtasks }: Pick<TaskRecord, "subtasks">): boolean {
  return subtasks.every(({ state }) => isTerminal(state));
}

/** Of a task that is described as one piece: the first thing that went wrong in it. */
export function wholeOf(task: Pick<TaskRecord, "subtasks">) {
  const { subtasks } = task;
  const wrong = subtasks.map(outcomeOf).find(({ ErrCodeExt }) => ErrCodeExt !== "");
  const sum = subtasks.map(progressOf).reduce((total, percent) => total + percent, 0);
  return {
    Status: isOver(task) ? "FINISH" : "PROCESSING",
    ErrCodeExt: wrong?.ErrCodeExt ?? "",
    ErrCode: wrong?.ErrCode ?? 0,
    Message: wrong?.Message ?? "",
    Progress: subtasks.length === 0 ? 100 : Math.floor(sum / subtasks.length),
  };
}

export function statusOf({ subtasks }: Pick<TaskRecord, "subtasks">): (typeof STATUS_OF)[TaskState] {
  const counts = { waiting: 0, processing: 0, succeeded: 0, failed: 0, cancelled: 0 };
  for (const { state } of subtasks) counts[state] += 1;
  return STATUS_OF[taskStateOf(counts)];
}

/** When a task as a whole began and ended. */
export function timesOf(task: Pick<TaskRecord, "createdAt" | "subtasks">) {
  const times = (of: "startedAt" | "endedAt") => task.subtasks.flatMap((subtask) => subtask[of]?.getTime() ?? []);
  const begun = times("startedAt");
  const ended = isOver(task) ? times("endedAt") : [];
  return {
    CreateTime: isoTime(task.createdAt),
    BeginProcessTime: begun.length === 0 ? "" : isoTime(new Date(Math.min(...begun))),
    FinishTime: ended.length === 0 ? "" : isoTime(new Date(Math.max(...ended))),
  };
}
