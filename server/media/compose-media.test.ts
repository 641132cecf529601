import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { composeParams } from "../domain/operations/compose/schema.ts";
import { A_VIDEO } from "../domain/operations/test-plans.ts";
import { addMedia, addPipeline } from "../tasks/test-tasks.ts";
import { composeInput } from "./compose-input.ts";
import { composeMedia } from "./compose-media.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function compose(input: object, applicationId = 1) {
  const terms = { applicationId, startedBy: "console" as const, pipelineId: await addPipeline(database.db, 5) };
  return composeMedia(database.db, terms, composeInput.parse(input));
}

const film = (more: object = {}) => addMedia(database.db, { video: A_VIDEO, ...more });

const tracksOf = (...mediaIds: string[]) => [{ clips: mediaIds.map((mediaId) => ({ mediaId, durationSeconds: 1 })) }];

test("a composition is a task on its first media, which it names by nothing, and needs the others", async () => {
  const { db } = database;
  const [first, second, third] = [await film({ name: "first.mov" }), await film(), await film()];
  const stickers = [{ mediaId: third }];
  const created = await compose({ videoTracks: tracksOf(second, first, second), stickerTracks: [{ stickers }] });
  if (!created.ok) throw new Error(created.failure.code);
  const { taskId } = created.value;
  const task = await db.task.findUniqueOrThrow({ where: { id: taskId }, include: { subtasks: true, inputs: true } });
  expect(task).toMatchObject({ mediaId: second, kinds: ["compose"], procedureName: null });
  expect(task.inputs.map(({ mediaId }) => mediaId).sort()).toEqual([first, third].sort());
  const params = composeParams.parse(JSON.parse(JSON.stringify(task.subtasks[0]?.operation)).params);
  expect(params.videoTracks[0]?.clips.map(({ mediaId }) => mediaId)).toEqual([null, first, null]);
  expect(params.result.name).toMatch(/-compose\.mp4$/);
});

test("what cannot be made is refused before there is a task, by its place", async () => {
  const { db } = database;
  const mediaId = await film();
  const before = await db.task.count();
  const stickers = [{ assetId: "nothing" }];
  const clip = (more: object) => ({ videoTracks: [{ clips: [{ mediaId, ...more }] }] });
  for (const [input, failure] of [
    [clip({ startSeconds: 80_000 }), { code: "INVALID_TIME_OFFSET", detail: "videoTracks.0.clips.0" }],
    [
      { ...clip({}), stickerTracks: [{ stickers }] },
      { code: "ASSET_NOT_FOUND", detail: "nothing" },
    ],
    [{ videoTracks: tracksOf(mediaId, "gone") }, { code: "MEDIA_NOT_FOUND", detail: "gone" }],
    [{ ...clip({}), result: { procedureName: "No-such" } }, { code: "PROCEDURE_NOT_FOUND" }],
  ] as const)
    expect(await compose(input)).toMatchObject({ ok: false, failure });
  expect(await db.task.count()).toBe(before);
});

test("media and files of another application do not exist", async () => {
  const { db } = database;
  const other = await db.application.create({ data: { name: "Other" } });
  const [own, theirs] = [await film(), await film({ applicationId: other.id })];
  expect(await compose({ videoTracks: tracksOf(own, theirs) })).toMatchObject({
    failure: { code: "MEDIA_NOT_FOUND", detail: theirs },
  });
  const info = { kind: "image", format: "png", widthPx: 4, heightPx: 4, durationSeconds: 0 };
  const asset = { applicationId: other.id, name: "logo", sizeBytes: 9, info };
  await db.asset.create({ data: { ...asset, id: "their-logo", storageKey: "a2/assets/their-logo.png" } });
  const stickerTracks = [{ stickers: [{ assetId: "their-logo" }] }];
  expect(await compose({ videoTracks: tracksOf(own), stickerTracks })).toMatchObject({
    failure: { code: "ASSET_NOT_FOUND", detail: "their-logo" },
  });
});

test("every clip and sound names its media", () => {
  const { error } = composeInput.safeParse({ audioTracks: [{ sounds: [{ mediaId: "a" }, {}] }] });
  expect(error?.issues.map(({ path, message }) => [path.join("."), message])).toEqual([
    ["videoTracks.0.clips.0.mediaId", "mediaNeeded"],
    ["audioTracks.0.sounds.1.mediaId", "mediaNeeded"],
  ]);
});
