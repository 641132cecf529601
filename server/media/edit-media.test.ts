import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { mediaInfo } from "../domain/media.ts";
import { mediaPrefix, sourceKey } from "../storage/layout.ts";
import type { ClaimedRun } from "../tasks/claim-run.ts";
import { finishRun } from "../tasks/finish-run.ts";
import { restartTask } from "../tasks/restart-task.ts";
import { madeMediaIdOf } from "../tasks/run-files.ts";
import { sweepRuns } from "../tasks/sweep-runs.ts";
import { addMedia, addPipeline, claimAdmitted, eventsOf, expireLease, subtasksOf } from "../tasks/test-tasks.ts";
import { deleteMedia } from "./delete-media.ts";
import { editInput, splitInput } from "./edit-input.ts";
import { editMedia, splitMedia } from "./edit-media.ts";

const PROCEDURE = "LongVideoPreset";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function newTerms() {
  return { applicationId: 1, startedBy: "console" as const, pipelineId: await addPipeline(database.db, 5) };
}

/** A task that joins two media, and these. */
async function newEdit({ procedureName = PROCEDURE }: { procedureName?: string | null } = {}) {
  const { db } = database;
  const [first, second] = [await addMedia(db, { name: "first.mov" }), await addMedia(db)];
  const clips = [{ mediaId: first, endOffsetSeconds: 5 }, { mediaId: second }];
  const terms = await newTerms();
  const created = await editMedia(db, terms, editInput.parse({ clips, result: { procedureName } }));
  if (!created.ok) throw new Error(created.failure.code);
  return { taskId: created.value.taskId, first, second, pipelineId: terms.pipelineId };
}

/** What a worker tells of a run that made what it was to make. */
function madeBy(run: ClaimedRun) {
  const subtasks = run.subtasks.map(({ id, number, operation }) => {
    if (!("result" in operation.params)) throw new Error(operation.kind);
    const place = { applicationId: run.applicationId, mediaId: madeMediaIdOf(run, { number }) };
    const info = mediaInfo.parse({ ...run.mediaInfo, durationSeconds: 30 });
    const files = { storageKey: sourceKey(place, "mp4"), coverKey: null };
    const made = { ...operation.params.result, mediaId: place.mediaId, info, ...files };
    return { id, state: "succeeded" as const, outputs: [], setsCover: false, made };
  });
  return { subtasks };
}

const tasksOn = (mediaId: string) => database.db.task.findMany({ where: { mediaId } });

test("a join is a task on its first media, which it names by nothing, and needs the others", async () => {
  const { db } = database;
  const { taskId, first, second } = await newEdit();
  const task = await db.task.findUniqueOrThrow({ where: { id: taskId }, include: { subtasks: true, inputs: true } });
  expect(task).toMatchObject({ mediaId: first, kinds: ["edit"], procedureName: null });
  expect(task.inputs).toEqual([{ taskId, mediaId: second }]);
  expect(task.subtasks).toMatchObject([
    {
      ...{ kind: "edit", templateName: null },
      operation: {
        params: {
          clips: [{ mediaId: null, endOffsetSeconds: 5 }, { mediaId: second }],
          result: { name: "first-edit.mp4", procedureName: PROCEDURE },
        },
      },
    },
  ]);
  expect((await claimAdmitted(db, taskId)).files).toMatchObject([{ of: "media", id: second }]);
});

test("a split has a subtask for each part, with a name and a procedure of its own", async () => {
  const { db } = database;
  const mediaId = await addMedia(db, { name: "talk.mp4" });
  const segments = [
    { endOffsetSeconds: 10 },
    { startOffsetSeconds: 10, endOffsetSeconds: 20, result: { name: "Middle", procedureName: PROCEDURE } },
    { startOffsetSeconds: -5 },
  ];
  const created = await splitMedia(db, await newTerms(), splitInput.parse({ mediaId, cutMode: "fast", segments }));
  if (!created.ok) throw new Error(created.failure.code);
  expect(await subtasksOf(db, created.value.taskId)).toMatchObject([
    { kind: "split", operation: { params: { cutMode: "fast", result: { name: "talk-1.mp4", procedureName: null } } } },
    { kind: "split", operation: { params: { startOffsetSeconds: 10, result: { name: "Middle" } } } },
    { kind: "split", operation: { params: { startOffsetSeconds: -5, result: { name: "talk-3.mp4" } } } },
  ]);
});

test("what cannot be is refused before there is a task", async () => {
  const { db } = database;
  const terms = await newTerms();
  const mine = await addMedia(db);
  const other = await db.application.create({ data: { name: "other" } });
  const theirs = await addMedia(db, { applicationId: other.id });
  const edit = (clips: object[], more: object = {}) => editMedia(db, terms, editInput.parse({ clips, ...more }));
  const refused = (code: string, detail: string) => ({ ok: false, failure: { code, detail } });
  expect(await edit([{ mediaId: mine }, { mediaId: theirs }])).toEqual(refused("MEDIA_NOT_FOUND", theirs));
  expect(await edit([{ mediaId: mine }, { mediaId: mine, startOffsetSeconds: 25 }])).toEqual(
    refused("INVALID_TIME_OFFSET", "clips.1"),
  );
  expect(await edit([{ mediaId: mine }], { result: { procedureName: "nobody" } })).toEqual(
    refused("PROCEDURE_NOT_FOUND", "nobody"),
  );
  expect(await edit([{ mediaId: mine }], { cutMode: "fast", widthPx: 640 })).toEqual(
    refused("INVALID_PARAMETER", "widthPx: onlyWhenExact"),
  );
  const segments = [{}, { startOffsetSeconds: 5, endOffsetSeconds: 4 }];
  expect(await splitMedia(db, terms, splitInput.parse({ mediaId: mine, segments }))).toEqual(
    refused("INVALID_TIME_OFFSET", "segments.1"),
  );
  expect(await tasksOn(mine)).toEqual([]);
});

test("a second edit of one session is refused", async () => {
  const { db } = database;
  const terms = { ...(await newTerms()), sessionId: "edit-1" };
  const edit = editInput.parse({ clips: [{ mediaId: await addMedia(db) }] });
  const first = await editMedia(db, terms, edit);
  expect(await editMedia(db, terms, edit)).toMatchObject({
    failure: { code: "SESSION_REPEATED", detail: first.ok && first.value.taskId },
  });
});

test("the new media, its event and the task on it come with the end of the run, and once", async () => {
  const { db } = database;
  const { taskId, pipelineId } = await newEdit();
  const run = await claimAdmitted(db, taskId);
  const outcome = madeBy(run);
  const mediaId = madeMediaIdOf(run, { number: 1 });
  expect(await finishRun(db, run, outcome)).toBe("finished");
  expect(await finishRun(db, run, outcome)).toBe("lost");

  expect(await db.media.findUniqueOrThrow({ where: { id: mediaId } })).toMatchObject({
    ...{ name: "first-edit.mp4", source: "edit", kind: "audio", storageKey: `a1/media/${mediaId}/source.mp4` },
  });
  const [task, ...more] = await tasksOn(mediaId);
  expect(more).toEqual([]);
  expect(task).toMatchObject({ procedureName: PROCEDURE, startedBy: "edit", pipelineId });
  expect(await subtasksOf(db, taskId)).toMatchObject([
    { state: "succeeded", madeMediaId: mediaId, madeTaskId: task?.id, errorCode: null },
  ]);
  expect(await db.event.count({ where: { mediaId, type: "media.created" } })).toBe(1);
  expect((await eventsOf(db, taskId)).at(-1)).toBe("task.finished");
});

test("a run that was lost makes nothing: its files go, and the next attempt makes a media of its own", async () => {
  const { db } = database;
  const { taskId } = await newEdit();
  const lost = await claimAdmitted(db, taskId);
  const lostId = madeMediaIdOf(lost, { number: 1 });
  await expireLease(db, lost.runId);
  await sweepRuns(db, 0);
  expect(await finishRun(db, lost, madeBy(lost))).toBe("lost");
  expect(await db.media.findUnique({ where: { id: lostId } })).toBeNull();
  const removed = await db.$queryRaw<{ payload: { prefix?: string } }[]>`
    SELECT payload FROM graphile_worker._private_jobs`;
  expect(removed.map(({ payload }) => payload.prefix)).toContain(mediaPrefix({ applicationId: 1, mediaId: lostId }));

  const next = await claimAdmitted(db, taskId);
  expect(await finishRun(db, next, madeBy(next))).toBe("finished");
  const madeMediaId = madeMediaIdOf(next, { number: 1 });
  expect(madeMediaId).not.toBe(lostId);
  expect(await subtasksOf(db, taskId)).toMatchObject([{ state: "succeeded", madeMediaId }]);
});

test("a procedure that was deleted meanwhile takes nothing from the media", async () => {
  const { db } = database;
  const { taskId } = await newEdit();
  const run = await claimAdmitted(db, taskId);
  const outcome = madeBy(run);
  const subtasks = outcome.subtasks.map((one) => ({ ...one, made: { ...one.made, procedureName: "gone" } }));
  expect(await finishRun(db, run, { subtasks })).toBe("finished");
  const mediaId = madeMediaIdOf(run, { number: 1 });
  expect(await subtasksOf(db, taskId)).toMatchObject([{ madeMediaId: mediaId, madeTaskId: null }]);
  expect(await tasksOn(mediaId)).toEqual([]);
});

test("a restarted edit makes another media and points to it; the earlier one stays", async () => {
  const { db } = database;
  const { taskId } = await newEdit({ procedureName: null });
  const first = await claimAdmitted(db, taskId);
  await finishRun(db, first, madeBy(first));
  expect((await restartTask(db, 1, taskId, { all: true })).ok).toBe(true);
  const second = await claimAdmitted(db, taskId);
  await finishRun(db, second, madeBy(second));
  const ids = [first, second].map((run) => madeMediaIdOf(run, { number: 1 }));
  expect(await db.media.count({ where: { id: { in: ids }, deletedAt: null } })).toBe(2);
  expect(await subtasksOf(db, taskId)).toMatchObject([{ madeMediaId: ids[1] }]);
});

test("a media that an edit needs stays until that has ended, and then a restart says that it is gone", async () => {
  const { db } = database;
  const { taskId, second } = await newEdit();
  expect(await deleteMedia(db, 1, second)).toEqual({ ok: false, failure: { code: "MEDIA_IN_USE", detail: taskId } });
  const run = await claimAdmitted(db, taskId);
  await finishRun(db, run, madeBy(run));
  expect((await deleteMedia(db, 1, second)).ok).toBe(true);
  const gone = { ok: false, failure: { code: "SOURCE_GONE", detail: second } };
  expect(await restartTask(db, 1, taskId, { all: true })).toEqual(gone);
});
