import { afterAll, beforeAll, expect, test } from "vitest";
import { createApplication } from "../../applications/create-application.ts";
import { newId, newMediaId } from "../../domain/id.ts";
import { mediaInfo } from "../../domain/media.ts";
import { A_VIDEO } from "../../domain/operations/test-plans.ts";
import { finishRun } from "../../tasks/finish-run.ts";
import { addMedia, anOutput, claimAdmitted } from "../../tasks/test-tasks.ts";
import { renderTask } from "../render-task.ts";
import { startTestApi, type TestApi, type VodClient } from "../test-api.ts";
import { ourTaskId, wireTaskId } from "./task-id.ts";

let api: TestApi;
let vod: VodClient;
let mediaId: string;
beforeAll(async () => {
  api = await startTestApi();
  vod = api.client;
  await api.database.db.pipeline.updateMany({ data: { capacity: 100 } });
  mediaId = await addMedia(api.database.db, { name: "film.mp4", video: A_VIDEO, durationSeconds: 60 });
});
afterAll(() => api.stop());

const TRANSCODE = { TranscodeTaskSet: [{ Definition: 100010 }] };
const TASK_ID = /^1-Procedure-[0-9a-f]{32}t0$/;

async function started(request: object = {}): Promise<string> {
  const { TaskId = "" } = await vod.ProcessMedia({ FileId: mediaId, MediaProcessTask: TRANSCODE, ...request });
  return TaskId;
}

function idOf(wireId: string): string {
  return ourTaskId(1, wireId) ?? "";
}

async function refusal(answer: Promise<unknown>): Promise<unknown> {
  return answer.then(
    () => "answered",
    ({ code }) => code,
  );
}

test("a task is there at once, and its detail says what was asked, with every other member null", async () => {
  const TaskId = await started({
    SessionContext: "ctx",
    SessionId: "first",
    TasksPriority: 5,
    TasksNotifyMode: "Change",
  });
  expect(TaskId).toMatch(TASK_ID);
  const { RequestId: _, ProcedureTask, ...detail } = await vod.DescribeTaskDetail({ TaskId });
  expect(detail).toMatchObject({
    TaskType: "Procedure",
    Status: "WAITING",
    CreateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    BeginProcessTime: "",
    FinishTime: "",
    EditMediaTask: null,
    SplitMediaTask: null,
    ReviewAudioVideoTask: null,
  });
  expect(ProcedureTask).toMatchObject({
    TaskId,
    Status: "PROCESSING",
    ErrCode: 0,
    Message: "",
    FileId: mediaId,
    FileName: "film.mp4",
    FileUrl: expect.stringMatching(/^http:\/\/reelflow\.test\/files\/.+\/source\.mp4$/),
    MetaData: { Duration: 60, Container: "mov,mp4,m4a,3gp,3g2,mj2", Width: A_VIDEO.widthPx },
    TasksPriority: 5,
    TasksNotifyMode: "Change",
    SessionContext: "ctx",
    SessionId: "first",
    AiContentReviewResultSet: [],
    Operator: "",
  });
  expect(ProcedureTask?.MediaProcessResultSet).toMatchObject([
    {
      Type: "Transcode",
      CoverBySnapshotTask: null,
      TranscodeTask: {
        ...{ Status: "PROCESSING", ErrCodeExt: "", ErrCode: 0, Progress: 0, BeginProcessTime: "", FinishTime: "" },
        Input: { Definition: 100010, WatermarkSet: [], StartTimeOffset: 0, OverrideParameter: null },
        Output: null,
      },
    },
  ]);
});

test("what has been made is shown with addresses that anybody can open", async () => {
  const { db } = api.database;
  const TaskId = await started({
    MediaProcessTask: {
      ...TRANSCODE,
      ImageSpriteTaskSet: [{ Definition: 10 }],
      CoverBySnapshotTaskSet: [{ Definition: 10, PositionType: "Time", PositionValue: 1 }],
    },
  });
  for (let runs = await db.run.count({ where: { taskId: idOf(TaskId) } }); runs > 0; runs--) {
    const run = await claimAdmitted(db, idOf(TaskId));
    const outputsOf = (number: number, kind: string) => {
      const facts = { container: "mp4", widthPx: 640, heightPx: 360, durationSeconds: 60, bitrateBps: 464_000 };
      if (kind === "transcode") {
        return [
          { ...anOutput(run, number, "video.mp4"), role: "video" as const, facts: { ...facts, videoCodec: "h264" } },
        ];
      }
      if (kind === "cover") return [anOutput(run, number, "cover.jpg")];
      const tiles = { columns: 10, rows: 10, tileWidthPx: 142, tileHeightPx: 80, tileCount: 6 };
      return [
        { ...anOutput(run, number, "sprite-001.jpg"), facts: tiles },
        { ...anOutput(run, number, "sprite.vtt"), role: "cues" as const, facts: {} },
      ];
    };
    const subtasks = run.subtasks.map(({ id, number, operation }) => ({
      ...{ id, state: "succeeded" as const, setsCover: operation.kind === "cover" },
      outputs: outputsOf(number, operation.kind),
    }));
    expect(await finishRun(db, run, { subtasks })).toBe("finished");
  }
  const detail = await vod.DescribeTaskDetail({ TaskId });
  expect(detail).toMatchObject({ Status: "FINISH", FinishTime: expect.stringMatching(/Z$/) });
  const url = (name: string) => expect.stringMatching(new RegExp(`^http://reelflow\\.test/files/[^/]+/${name}$`));
  const done = { Status: "SUCCESS", ErrCode: 0, Message: "SUCCESS", Progress: 100 };
  expect(detail.ProcedureTask).toMatchObject({
    Status: "FINISH",
    MediaProcessResultSet: [
      {
        Type: "Transcode",
        TranscodeTask: {
          ...done,
          Output: {
            ...{ Url: url("video.mp4"), Definition: 100010, Bitrate: 464_000, Height: 360, Width: 640, Duration: 60 },
            ...{ Container: "mov,mp4,m4a,3gp,3g2,mj2", VideoStreamSet: [{ Codec: "h264" }], AudioStreamSet: [] },
            DigitalWatermarkType: "None",
          },
        },
      },
      {
        Type: "ImageSprites",
        ImageSpriteTask: {
          ...done,
          Output: {
            ...{ Definition: 10, Height: 80, Width: 142, TotalCount: 6 },
            ...{ ImageUrlSet: [url("sprite-001.jpg")], WebVttUrl: url("sprite.vtt") },
          },
        },
      },
      { Type: "CoverBySnapshot", CoverBySnapshotTask: { ...done, Output: { CoverUrl: url("cover.jpg") } } },
    ],
  });
});

test("a template that does not exist fails its child alone", async () => {
  const TaskId = await started({
    MediaProcessTask: { ...TRANSCODE, SampleSnapshotTaskSet: [{ Definition: 99_999_999 }] },
  });
  const { ProcedureTask } = await vod.DescribeTaskDetail({ TaskId });
  expect(ProcedureTask?.MediaProcessResultSet?.[1]).toMatchObject({
    Type: "SampleSnapshot",
    SampleSnapshotTask: {
      ...{ Status: "FAIL", ErrCodeExt: "InvalidInput.DefinitionNotExist", ErrCode: 40_000, Progress: 0 },
      Message: "The template does not exist: sampled-snapshot 99999999",
      ...{ Input: { Definition: 99_999_999, WatermarkSet: [] }, Output: null },
    },
  });
});

test("a broken source and an encoder's failure are told apart, and no log is shown", async () => {
  const { db } = api.database;
  for (const [code, ext, number] of [
    ["MEDIA_TRUNCATED", "SourceFileError.ContentMalformed", 60_000],
    ["NO_VIDEO_STREAM", "SourceFileError.NoVideoMedia", 60_000],
    ["ENCODER_LIMIT", "InternalError", 70_000],
    ["INVALID_TIME_OFFSET", "InvalidInput.InvalidTimeOffset", 40_000],
  ] as const) {
    const TaskId = await started();
    const run = await claimAdmitted(db, idOf(TaskId));
    const failure = { code, detail: "/srv/secret/path" };
    await finishRun(db, run, { subtasks: run.subtasks.map(({ id }) => ({ id, state: "failed", failure })) });
    const detail = await vod.DescribeTaskDetail({ TaskId });
    expect(detail.Status).toBe("FINISH");
    expect(detail.ProcedureTask?.MediaProcessResultSet?.[0]?.TranscodeTask).toMatchObject({
      ...{ Status: "FAIL", ErrCodeExt: ext, ErrCode: number, Output: null },
    });
    expect(JSON.stringify(detail)).not.toContain("secret");
  }
});

test("an event shows the task as it was when it was written", async () => {
  const { db } = api.database;
  const TaskId = await started({ MediaProcessTask: { ...TRANSCODE, AnimatedGraphicTaskSet: [{ Definition: 20000 }] } });
  const taskId = idOf(TaskId);
  for (const _ of [1, 2]) {
    const run = await claimAdmitted(db, taskId);
    const subtasks = run.subtasks.map(({ id, number }) => ({
      ...{ id, state: "succeeded" as const, setsCover: false },
      outputs: [anOutput(run, number, "video.mp4")],
    }));
    await finishRun(db, run, { subtasks });
  }
  const events = await db.event.findMany({ where: { taskId }, orderBy: { id: "asc" } });
  const seen = [];
  for (const { id, type } of events) {
    const rendered = await renderTask(db, api.services, { applicationId: 1, taskId, asOf: id });
    const { structure } = rendered ?? {};
    const { Status, MediaProcessResultSet } = structure as {
      Status: string;
      MediaProcessResultSet: Record<string, { Status?: string; Progress?: number; Output?: object | null } | null>[];
    };
    const children = MediaProcessResultSet.map(({ TranscodeTask, AnimatedGraphicTask }) => {
      const child = TranscodeTask ?? AnimatedGraphicTask;
      return `${child?.Status} ${child?.Progress} ${child?.Output === null ? "-" : "made"}`;
    });
    seen.push([type, Status, ...children]);
  }
  expect(seen).toEqual([
    ["subtask.processing", "PROCESSING", "PROCESSING 0 -", "PROCESSING 0 -"],
    ["subtask.succeeded", "PROCESSING", "SUCCESS 100 made", "PROCESSING 0 -"],
    ["subtask.processing", "PROCESSING", "SUCCESS 100 made", "PROCESSING 0 -"],
    ["subtask.succeeded", "FINISH", "SUCCESS 100 made", "SUCCESS 100 made"],
    ["task.finished", "FINISH", "SUCCESS 100 made", "SUCCESS 100 made"],
  ]);
  expect(await renderTask(db, api.services, { applicationId: 2, taskId })).toBeNull();
});

test("a session is remembered, whichever action it came with", async () => {
  const session = { SessionId: "once" };
  await started(session);
  expect(await refusal(started(session))).toBe("InvalidParameterValue.SessionId");
  const byProcedure = { FileId: mediaId, ProcedureName: "LongVideoPreset", ...session };
  expect(await refusal(vod.ProcessMediaByProcedure(byProcedure))).toBe("InvalidParameterValue.SessionId");
});

test.each<[object, string]>([
  [{ SessionId: "s".repeat(51) }, "InvalidParameterValue.SessionIdTooLong"],
  [{ SessionContext: "s".repeat(1001) }, "InvalidParameterValue.SessionContextTooLong"],
  [{ TasksPriority: 11 }, "InvalidParameterValue"],
  [{ TasksPriority: 1.5 }, "InvalidParameter"],
  [{ TasksNotifyMode: "Always" }, "InvalidParameterValue"],
  [{ FileId: "5285485487985271487" }, "InvalidParameterValue.FileId"],
  [{ FileId: 7 }, "InvalidParameter"],
  [{ FileId: undefined }, "MissingParameter"],
  [{ FileId: undefined, MediaStoragePath: "/a.mp4" }, "UnsupportedOperation"],
  [{ MediaProcessTask: {} }, "InvalidParameter"],
  [{ MediaProcessTask: undefined }, "InvalidParameter"],
  [{ MediaProcessTask: { TranscodeTaskSet: [{}] } }, "MissingParameter"],
  [{ MediaProcessTask: { TranscodeTaskSet: [{ Definition: "100010" }] } }, "InvalidParameter"],
  [{ AiAnalysisTask: { Definition: 10 } }, "UnsupportedOperation"],
  [{ OutputAsIndependentMedia: "ON" }, "UnsupportedOperation"],
])("ProcessMedia with %j is refused with %s", async (request, code) => {
  expect(await refusal(started(request))).toBe(code);
});

test("a procedure is carried out by its name, and one that does not exist is named in the refusal", async () => {
  const answer = await vod.ProcessMediaByProcedure({ FileId: mediaId, ProcedureName: "LongVideoPreset" });
  expect(answer).toMatchObject({ TaskId: expect.stringMatching(TASK_ID), ReviewAudioVideoTaskId: "" });
  const { ProcedureTask } = await vod.DescribeTaskDetail({ TaskId: answer.TaskId ?? "" });
  expect(ProcedureTask?.MediaProcessResultSet?.length).toBeGreaterThan(1);
  const unknown = vod.ProcessMediaByProcedure({ FileId: mediaId, ProcedureName: "Nothing" });
  expect(await refusal(unknown)).toBe("InvalidParameterValue.ProcedureName");
});

test("a waiting task can be aborted, one that has begun cannot, and there is nothing else to do with one", async () => {
  const { db } = api.database;
  const manage = (TaskId: string, OperationType = "Abort") => refusal(vod.ManageTask({ TaskId, OperationType }));
  const [TaskId, begun] = [await started(), await started()];
  expect(await manage(TaskId, "Pause")).toBe("InvalidParameterValue.InvalidOperationType");
  expect(await manage(TaskId)).toBe("answered");
  const detail = await vod.DescribeTaskDetail({ TaskId });
  expect(detail).toMatchObject({
    Status: "ABORTED",
    ProcedureTask: { Status: "FINISH", MediaProcessResultSet: [{ TranscodeTask: { Status: "FAIL", Output: null } }] },
  });
  expect(await manage(TaskId)).toBe("FailedOperation");
  await claimAdmitted(db, idOf(begun));
  expect(await manage(begun)).toBe("FailedOperation");
  expect((await vod.DescribeTaskDetail({ TaskId: begun })).Status).toBe("PROCESSING");
  expect(await manage(`1-Procedure-${Buffer.from("0123456789abcdef").toString("hex")}t0`)).toBe(
    "InvalidParameterValue.TaskId",
  );
  expect(await manage("nothing")).toBe("InvalidParameterValue.TaskId");
});

test("tasks are scrolled through by either time, in both directions, each exactly once", async () => {
  const { db } = api.database;
  const FileId = await addMedia(db, { video: A_VIDEO });
  const mine: string[] = [];
  for (let number = 0; number < 5; number++) mine.push(await started({ FileId, SessionContext: String(number) }));
  const all = async (request: object) => {
    const found: string[] = [];
    let ScrollToken = "";
    do {
      const page = await vod.DescribeTasks({ Limit: 2, ScrollToken, ...request });
      found.push(...(page.TaskSet ?? []).flatMap((task) => task.TaskId ?? []));
      ScrollToken = page.ScrollToken ?? "";
    } while (ScrollToken !== "");
    return found;
  };
  expect(await all({ FileId })).toEqual(mine.toReversed());
  expect(await all({ FileId, Sort: { Field: "CreateTime", Order: "Asc" } })).toEqual(mine);
  const everything = await all({});
  expect(everything.filter((id) => mine.includes(id))).toEqual(mine.toReversed());
  expect(new Set(everything).size).toBe(everything.length);
  expect(await all({ Sort: { Field: "CreateTime", Order: "Asc" } })).toEqual(everything.toReversed());
  expect(await all({ CreateTime: { After: "2100-01-01T00:00:00Z" } })).toEqual([]);
  expect(await all({ CreateTime: { Before: "2100-01-01T08:00:00+08:00" }, FileId })).toHaveLength(5);

  const byEnd = await all({ Sort: { Field: "FinishTime", Order: "Desc" } });
  const ended = await db.task.findMany({ where: { endedAt: { not: null } }, orderBy: { endedAt: "desc" } });
  expect(byEnd.map(idOf)).toEqual(ended.map(({ id }) => id));
  const finished = await all({ Status: "FINISH", Sort: { Field: "FinishTime", Order: "Desc" } });
  expect(finished.length).toBe(ended.filter(({ state }) => state !== "cancelled").length);
  expect(await all({ Status: "FINISH" })).toHaveLength(finished.length);
  expect(await all({ Status: "WAITING", FileId })).toHaveLength(5);

  const [first] = (await vod.DescribeTasks({ FileId, Limit: 1 })).TaskSet ?? [];
  expect(first).toMatchObject({
    ...{ TaskId: mine[4], Status: "WAITING", FileId, TaskType: "Procedure", SessionContext: "4", SessionId: "" },
    ...{ BeginProcessTime: "", FinishTime: "" },
  });
});

test.each<[object, string]>([
  [{ Status: "ABORTED" }, "InvalidParameterValue.Status"],
  [{ Limit: 101 }, "InvalidParameterValue.Limit"],
  [{ ScrollToken: "made up" }, "InvalidParameterValue"],
  [{ CreateTime: { After: "yesterday" } }, "InvalidParameterValue"],
  [{ Sort: { Field: "Name", Order: "Asc" } }, "InvalidParameterValue"],
])("DescribeTasks with %j is refused with %s", async (request, code) => {
  expect(await refusal(vod.DescribeTasks(request))).toBe(code);
});

test("media are edited and split into new ones", async () => {
  const { db } = api.database;
  const other = await addMedia(db, { video: A_VIDEO, durationSeconds: 20 });
  const { TaskId = "" } = await vod.EditMedia({
    InputType: "File",
    FileInfos: [{ FileId: mediaId, StartTimeOffset: 10, EndTimeOffset: 20 }, { FileId: other }],
    OutputConfig: { MediaName: "joined" },
    ProcedureName: "LongVideoPreset",
    SessionContext: "edit",
  });
  expect(TaskId).toMatch(/^1-EditMedia-[0-9a-f]{32}t0$/);
  const detail = await vod.DescribeTaskDetail({ TaskId });
  expect(detail).toMatchObject({ TaskType: "EditMedia", Status: "WAITING", ProcedureTask: null });
  expect(detail.EditMediaTask).toMatchObject({
    ...{ TaskId, Status: "PROCESSING", Progress: 0, SessionContext: "edit", ProcedureTaskId: "", Output: null },
    Input: {
      InputType: "File",
      FileInfoSet: [
        { FileId: mediaId, StartTimeOffset: 10, EndTimeOffset: 20 },
        { FileId: other, StartTimeOffset: 0, EndTimeOffset: 0 },
      ],
    },
  });

  const split = await vod.SplitMedia({
    FileId: mediaId,
    Segments: [{ EndTimeOffset: 30 }, { StartTimeOffset: 30, OutputConfig: { MediaName: "rest" } }],
  });
  const { TaskType, SplitMediaTask } = await vod.DescribeTaskDetail({ TaskId: split.TaskId ?? "" });
  expect(TaskType).toBe("SplitMedia");
  expect(SplitMediaTask?.FileInfoSet).toMatchObject([
    { Input: { FileId: mediaId, StartTimeOffset: 0, EndTimeOffset: 30 }, Output: null, ProcedureTaskId: "" },
    { Input: { StartTimeOffset: 30, OutputConfig: { MediaName: "rest" } } },
  ]);
});

test("what an edit or a split has made is described, with the task that began on it", async () => {
  const { db } = api.database;
  const info = mediaInfo.parse((await db.media.findUniqueOrThrow({ where: { id: mediaId } })).info);
  const finished = async (TaskId = "") => {
    for (let runs = await db.run.count({ where: { taskId: idOf(TaskId) } }); runs > 0; runs--) {
      const run = await claimAdmitted(db, idOf(TaskId));
      const subtasks = run.subtasks.map(({ id, number }) => {
        const media = { mediaId: newMediaId(), info, storageKey: `a1/media/${number}/source.mp4`, coverKey: null };
        const made = { ...media, name: `part ${number}`, procedureName: "LongVideoPreset" };
        return { ...{ id, state: "succeeded" as const, setsCover: false, outputs: [] }, made };
      });
      expect(await finishRun(db, run, { subtasks })).toBe("finished");
    }
    return vod.DescribeTaskDetail({ TaskId });
  };
  const edit = await vod.EditMedia({ InputType: "File", FileInfos: [{ FileId: mediaId, EndTimeOffset: 5 }] });
  expect((await finished(edit.TaskId)).EditMediaTask).toMatchObject({
    ...{ Status: "FINISH", ErrCode: 0, ErrCodeExt: "", Progress: 100, ProcedureTaskId: expect.stringMatching(TASK_ID) },
    Output: {
      ...{ FileType: "mp4", MediaName: "part 1", ClassId: 0, ExpireTime: "9999-12-31T23:59:59Z" },
      ...{
        FileId: expect.stringMatching(/^\d{19}$/),
        FileUrl: expect.stringMatching(/^http:\/\/reelflow\.test\/files\//),
      },
    },
    MetaData: { Duration: 60 },
  });
  const Segments = [{ EndTimeOffset: 30 }, { StartTimeOffset: 30 }];
  const split = await vod.SplitMedia({ FileId: mediaId, Segments });
  const { SplitMediaTask } = await finished(split.TaskId);
  expect(SplitMediaTask).toMatchObject({ Status: "FINISH", ErrCode: 0, Progress: 100 });
  expect(SplitMediaTask?.FileInfoSet).toMatchObject(
    ["part 1", "part 2"].map((Name) => ({
      Output: { FileId: expect.any(String), MediaBasicInfo: { Name, Category: "Video" } },
      ProcedureTaskId: expect.stringMatching(TASK_ID),
    })),
  );
});

test.each<[object, string]>([
  [{ InputType: "Stream" }, "UnsupportedOperation"],
  [{ FileInfos: [] }, "MissingParameter"],
  [{ FileInfos: [{ FileId: "1", StartTimeOffset: 0 }] }, "InvalidParameterValue.FileId"],
  [{ Definition: 30 }, "InvalidParameterValue.Definition"],
  [{ OutputConfig: { Type: "hls" } }, "UnsupportedOperation"],
  [{ OutputConfig: { MediaName: "m".repeat(65) } }, "InvalidParameterValue"],
  [{ ProcedureName: "Nothing" }, "InvalidParameterValue.ProcedureName"],
])("EditMedia with %j is refused with %s", async (request, code) => {
  const good = { InputType: "File", FileInfos: [{ FileId: mediaId, StartTimeOffset: 1 }] };
  expect(await refusal(vod.EditMedia({ ...good, ...request }))).toBe(code);
});

test("another application's tasks and files are as if they did not exist", async () => {
  const created = await createApplication(api.database.db, { applicationId: 1 }, { name: "Other", description: "" });
  const other = api.clientWith(await api.addKey(created.ok ? created.value.id : 0));
  const TaskId = await started();
  expect(await refusal(other.DescribeTaskDetail({ TaskId }))).toBe("InvalidParameterValue.TaskId");
  expect(await refusal(other.DescribeTaskDetail({ TaskId: idOf(TaskId) }))).toBe("ResourceNotFound");
  expect(await refusal(other.ManageTask({ TaskId: idOf(TaskId), OperationType: "Abort" }))).toBe(
    "InvalidParameterValue.TaskId",
  );
  expect(await refusal(other.ProcessMedia({ FileId: mediaId, MediaProcessTask: TRANSCODE }))).toBe(
    "InvalidParameterValue.FileId",
  );
  expect((await other.DescribeTasks({})).TaskSet).toEqual([]);
});

test("a task on a file that is still being checked waits, is described and can be aborted", async () => {
  const { db } = api.database;
  const fileId = "5285485487985271487";
  const upload = { fileName: "film.mp4", sizeBytes: 10, state: "checking" as const, fileId };
  await db.upload.create({ data: { id: "checking", applicationId: 1, ...upload } });
  const TaskId = await started({ FileId: fileId, SessionContext: "later" });
  const detail = await vod.DescribeTaskDetail({ TaskId });
  expect(detail).toMatchObject({
    ...{ TaskType: "Procedure", Status: "WAITING", FinishTime: "" },
    ProcedureTask: { TaskId, Status: "PROCESSING", FileId: fileId, SessionContext: "later", MediaProcessResultSet: [] },
  });
  await vod.ManageTask({ TaskId, OperationType: "Abort" });
  expect(await refusal(vod.DescribeTaskDetail({ TaskId }))).toBe("ResourceNotFound");
});

test("a pull is described while its file comes in, and when it has come or failed", async () => {
  const { db } = api.database;
  const pull = {
    ...{ applicationId: 1, fileName: "far.mp4", origin: "pull" as const, fileId: "77" },
    sessionId: "far",
  };
  const ids = [newId(), newId(), newId()];
  const rows = [
    { state: "receiving" as const, sizeBytes: 200, receivedBytes: 50 },
    { state: "done" as const, sizeBytes: 200, mediaId },
    { state: "refused" as const, sizeBytes: 0, errorCode: "NOT_MEDIA", errorDetail: "/srv/secret" },
  ];
  for (const [index, row] of rows.entries())
    await db.upload.create({ data: { id: ids[index] ?? "", ...pull, ...row } });
  const details = await Promise.all(
    ids.map((id) => vod.DescribeTaskDetail({ TaskId: wireTaskId(1, "PullUpload", id) })),
  );
  expect(details).toMatchObject([
    {
      ...{ TaskType: "PullUpload", Status: "PROCESSING", FinishTime: "", ProcedureTask: null },
      PullUploadTask: {
        Status: "PROCESSING",
        ErrCode: 0,
        Progress: 25,
        FileId: "77",
        SessionId: "far",
        MetaData: null,
      },
    },
    {
      Status: "FINISH",
      PullUploadTask: { ErrCode: 0, Message: "SUCCESS", FileId: mediaId, MediaBasicInfo: { Name: "film.mp4" } },
    },
    { Status: "FINISH", PullUploadTask: { ErrCode: 60_000, MediaBasicInfo: null, FileUrl: "", Progress: 100 } },
  ]);
  expect(JSON.stringify(details)).not.toContain("secret");
});
