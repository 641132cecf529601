import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { argvOf } from "../domain/ffmpeg/argv.ts";
import { operation } from "../domain/operations/operation.ts";
import { addFilm } from "../tasks/test-tasks.ts";
import { planBeforehand, readPlanSource } from "./plan-context.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const RENDITION = operation.parse({ kind: "transcode", params: { video: { heightPx: 360 } } });

test("a plan made beforehand names files by where they will lie in the workspace", async () => {
  const source = await readPlanSource(database.db, 1, await addFilm(database.db), [RENDITION]);
  if (!source.ok) throw new Error(source.failure.code);
  const planned = planBeforehand(RENDITION, source.value, 2);
  if (!planned.ok) throw new Error(planned.failure.code);
  const [command] = planned.value.plan.commands;
  const argv = command === undefined ? [] : argvOf(command);
  expect(argv[argv.indexOf("-i") + 1]).toBe("source/source.mp4");
  expect(argv.at(-1)).toBe("2/outputs/video.mp4");
});

test("what an operation refers to and is not there is said, and so is a media of another application", async () => {
  const mark = { template: 1, mark: { type: "image", assetId: "gone" } };
  const marked = operation.parse({ kind: "transcode", params: { watermarks: [mark] } });
  const mediaId = await addFilm(database.db);
  const source = await readPlanSource(database.db, 1, mediaId, [marked]);
  if (!source.ok) throw new Error(source.failure.code);
  expect(planBeforehand(marked, source.value, 1)).toEqual({
    ok: false,
    failure: { code: "SOURCE_GONE", detail: "asset gone" },
  });
  expect(await readPlanSource(database.db, 2, mediaId, [])).toMatchObject({ failure: { code: "MEDIA_NOT_FOUND" } });
});
