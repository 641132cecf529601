import { describe, expect, test } from "vitest";
import type { TaskDetail } from "#server/api/rows.ts";
import { type ProgressMessage, patchSubtaskRow, patchTaskDetail, patchTaskRow } from "./live-patch.ts";

const counts = { waiting: 1, processing: 1, succeeded: 1, failed: 0, cancelled: 0 };

function aTask(): TaskDetail {
  const subtasks = [
    { id: "s1", number: 1, state: "succeeded" as const, kind: "transcode" as const, progressPercent: 100 },
    { id: "s2", number: 2, state: "processing" as const, kind: "transcode" as const, progressPercent: 10 },
    { id: "s3", number: 3, state: "waiting" as const, kind: "sprite" as const, progressPercent: 0 },
  ];
  return {
    id: "t1",
    state: "processing",
    cancelling: false,
    media: { id: "1", name: "clip.mp4", kind: "video", thumbnailUrl: null },
    procedureName: null,
    procedureVersion: null,
    procedureText: null,
    priority: 0,
    startedBy: "console",
    createdAt: new Date(0),
    startedAt: new Date(0),
    endedAt: null,
    progressPercent: 36,
    remainingSeconds: null,
    counts,
    subtasks,
    sourceUrl: null,
    zipUrl: null,
    pipelineName: "default",
    sessionId: null,
    sessionContext: "",
    notifyMode: "finish",
    outputDir: null,
    createdByName: null,
    subtaskRows: subtasks.map((subtask) => ({
      ...subtask,
      template: null,
      startedAt: null,
      endedAt: null,
      speed: null,
      remainingSeconds: null,
      runId: null,
      error: null,
      estimate: null,
      outputs: [],
      made: null,
    })),
  };
}

const progress: ProgressMessage = {
  applicationId: 1,
  type: "progress",
  taskId: "t1",
  runId: "r1",
  subtasks: [
    { id: "s2", percent: 50 },
    { id: "s1", percent: 99 },
  ],
  speed: 2,
  remainingSeconds: 12,
};

describe("a progress message", () => {
  test("moves the bars of its task and the mean of them", () => {
    const row = patchTaskRow(aTask(), progress);
    expect(row.subtasks.map(({ progressPercent }) => progressPercent)).toEqual([100, 50, 0]);
    expect(row.progressPercent).toBe(50);
    expect(row.remainingSeconds).toBe(12);
  });

  test("leaves every other row the very same object", () => {
    const other = { ...aTask(), id: "t2" };
    expect(patchTaskRow(other, progress)).toBe(other);
    expect(patchTaskDetail(other, progress)).toBe(other);
  });

  test("that comes late cannot bring an ended task back", () => {
    const ended = { ...aTask(), state: "failed" as const };
    expect(patchTaskRow(ended, progress)).toBe(ended);
  });

  test("tells a subtask's speed and time left, and which run works on it", () => {
    const [first, second] = aTask().subtaskRows.map((row) => patchSubtaskRow(row, progress));
    expect(first).toMatchObject({ state: "succeeded", speed: null, runId: null });
    expect(second).toMatchObject({
      state: "processing",
      progressPercent: 50,
      speed: 2,
      remainingSeconds: 12,
      runId: "r1",
    });
  });
});
