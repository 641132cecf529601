import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { TEMPLATE_KINDS, template } from "../domain/template.ts";
import { addFilm, addMedia } from "../tasks/test-tasks.ts";
import { previewTemplate } from "./preview-template.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function preview(kind: string, params: object, mediaId: string | null = null) {
  const shown = await previewTemplate(database.db, 1, template.parse({ kind, params }), mediaId);
  if (!shown.ok) throw new Error(shown.failure.code);
  return shown.value;
}

test("every kind shows its commands for a typical clip", async () => {
  for (const kind of TEMPLATE_KINDS.filter((kind) => kind !== "head-tail")) {
    const { commands, failure } = await preview(kind, {});
    expect(failure, kind).toBeNull();
    expect(commands[0]?.[0], kind).toBe("ffmpeg");
    expect(commands[0], kind).toContain("source/source.mp4");
  }
});

test("heads are shown around the clip", async () => {
  const head = await addFilm(database.db);
  const { commands } = await preview("head-tail", { heads: [{ mediaId: head }] });
  expect(commands.flat()).toContain(`file-${head}/source.mp4`);
});

test("what a media cannot give is said by its code", async () => {
  const soundless = await addMedia(database.db);
  expect(await preview("sprite", {}, soundless)).toMatchObject({ commands: [], failure: { code: "NO_VIDEO_STREAM" } });
  expect(
    await previewTemplate(database.db, 2, template.parse({ kind: "sprite", params: {} }), soundless),
  ).toMatchObject({
    failure: { code: "MEDIA_NOT_FOUND" },
  });
});

test("it says where more depends on what is found", async () => {
  expect(await preview("inspection", {})).toMatchObject({ continues: true });
  expect(await preview("adaptive-streaming", { copyFittingRung: true })).toMatchObject({ dependsOnKeyFrames: true });
  expect(await preview("transcode", {})).toMatchObject({ continues: false, dependsOnKeyFrames: false });
});
