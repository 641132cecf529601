import { afterAll, beforeAll, expect, test } from "vitest";
import { A_VIDEO } from "../../domain/operations/test-plans.ts";
import { step } from "../../domain/procedure.ts";
import { finishRun } from "../../tasks/finish-run.ts";
import { addMedia, addTask, anOutput, claimAdmitted } from "../../tasks/test-tasks.ts";
import { wireTaskId } from "../tasks/task-id.ts";
import { type MpsClient, startTestApi, type TestApi } from "../test-api.ts";

const NOT_YET = "0000-00-00T00:00:00Z";
const SNAPSHOT = step.parse({ operation: "snapshot", template: 10, use: { positions: [{ value: 1.5 }] } });
const COVER = step.parse({ operation: "cover", template: 10 });

let api: TestApi;
let mps: MpsClient;
let mediaId: string;
const made: string[] = [];
beforeAll(async () => {
  api = await startTestApi();
  mps = api.mps;
  const { db } = api.database;
  await db.pipeline.updateMany({ data: { capacity: 100 } });
  mediaId = await addMedia(db, { video: A_VIDEO, durationSeconds: 60 });
  for (const outcome of ["succeeded", "failed", "waiting"] as const) {
    const taskId = await addTask(db, { mediaId, steps: [SNAPSHOT, COVER] });
    made.push(taskId);
    if (outcome === "waiting") continue;
    for (let runs = await db.run.count({ where: { taskId } }); runs > 0; runs--) {
      const run = await claimAdmitted(db, taskId);
      const failure = { code: "MEDIA_TRUNCATED" as const, detail: "" };
      const subtasks = run.subtasks.map(({ id, number }) =>
        outcome === "failed"
          ? { id, state: outcome, failure }
          : {
              ...{ id, state: outcome, setsCover: false },
              outputs: [{ ...anOutput(run, number, "snapshot-1.jpg"), facts: { atSeconds: 1.5 } }],
            },
      );
      await finishRun(db, run, { subtasks });
    }
  }
});
afterAll(() => api.stop());

function wire(index: number): string {
  return wireTaskId(1, "WorkflowTask", made[index] ?? "");
}

test("tasks are listed by their status, and counted", async () => {
  expect(await mps.DescribeTasks({ Status: "FINISH" })).toMatchObject({
    TotalCount: 2,
    ScrollToken: "",
    TaskSet: [
      { TaskId: wire(1), TaskType: "WorkflowTask", SubTaskTypes: ["action-snapshotByTimeOffset"] },
      { TaskId: wire(0) },
    ],
  });
  const failed = await mps.DescribeTasks({ Status: "FINISH", SubTaskHasFailed: true });
  expect(failed).toMatchObject({ TotalCount: 1, TaskSet: [{ TaskId: wire(1) }] });
  const waiting = await mps.DescribeTasks({ Status: "WAITING" });
  expect(waiting.TaskSet).toMatchObject([{ TaskId: wire(2), BeginProcessTime: NOT_YET, FinishTime: NOT_YET }]);
  const first = await mps.DescribeTasks({ Status: "FINISH", Limit: 1 });
  const { ScrollToken = "" } = first;
  expect(ScrollToken).not.toBe("");
  const second = await mps.DescribeTasks({ Status: "FINISH", Limit: 1, ScrollToken });
  expect(second).toMatchObject({ ScrollToken: "", TaskSet: [{ TaskId: wire(0) }] });
  await expect(mps.DescribeTasks({} as { Status: string })).rejects.toMatchObject({ code: "MissingParameter" });
});

test("a detail has paths, seconds, and no covers", async () => {
  const detail = await mps.DescribeTaskDetail({ TaskId: wire(0) });
  expect(detail).toMatchObject({ TaskType: "WorkflowTask", Status: "FINISH", EditMediaTask: null });
  expect(detail.WorkflowTask).toMatchObject({
    TaskId: wire(0),
    InputInfo: { Type: "URL", UrlInputInfo: { Url: expect.stringMatching(/^http:\/\/reelflow\.test\//) } },
    MetaData: { Duration: 60 },
  });
  const [result, ...others] = detail.WorkflowTask?.MediaProcessResultSet ?? [];
  expect(others).toEqual([]);
  expect(result).toMatchObject({ Type: "SnapshotByTimeOffset", TranscodeTask: null });
  expect(result?.SnapshotByTimeOffsetTask).toMatchObject({ Status: "SUCCESS", Progress: 100 });
  expect(result?.SnapshotByTimeOffsetTask?.Output).toEqual({
    Storage: null,
    Definition: 10,
    PicInfoSet: [
      { TimeOffset: 1.5, Path: expect.stringMatching(/^\/files\/.+\/snapshot-1\.jpg$/), WaterMarkDefinition: [] },
    ],
  });
});

test("only what waits is aborted", async () => {
  const abort = (index: number) => mps.ManageTask({ OperationType: "Abort", TaskId: wire(index) });
  await expect(abort(0)).rejects.toMatchObject({ code: "FailedOperation" });
  await abort(2);
  expect((await mps.DescribeTaskDetail({ TaskId: wire(2) })).Status).toBe("ABORTED");
});
