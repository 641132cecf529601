/** Every form of a procedure, wherever the API takes one. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { A_VIDEO } from "#domain/operations/test-plans.ts";
import { createProcedure } from "../../procedures/save-procedure.ts";
import { addMedia } from "../../tasks/test-tasks.ts";
import { startTestApi, type TestApi, type VodClient } from "../test-api.ts";

let api: TestApi;
let vod: VodClient;
let mediaId: string;
beforeAll(async () => {
  api = await startTestApi();
  vod = api.client;
  mediaId = await addMedia(api.database.db, { video: A_VIDEO, durationSeconds: 60 });
  const lua =
    "local rungs, cover_at = ...\nlocal steps = {}\nfor _, rung in ipairs(rungs) do steps[#steps + 1] = transcode(rung) end\nif media.hasVideo then steps[#steps + 1] = cover(cover_at) end\nreturn steps";
  const saved = { applicationId: 1, name: "Ladder", comment: "", body: { lua }, createdById: null };
  expect(await createProcedure(api.database.db, saved)).toMatchObject({ ok: true });
});
afterAll(() => api.stop());

/** What is done, in the order of the answer, and with which templates. */
async function done(ProcedureName: string): Promise<[string | undefined, number | undefined][]> {
  const { TaskId = "" } = await vod.ProcessMediaByProcedure({ FileId: mediaId, ProcedureName });
  const { ProcedureTask } = await vod.DescribeTaskDetail({ TaskId });
  return (ProcedureTask?.MediaProcessResultSet ?? []).map((result) => {
    const { TranscodeTask, CoverBySnapshotTask, SampleSnapshotTask, ImageSpriteTask } = result;
    const [task] = [TranscodeTask, CoverBySnapshotTask, SampleSnapshotTask, ImageSpriteTask].filter(Boolean);
    return [result.Type, task?.Input?.Definition];
  });
}

const LADDER = [
  ["Transcode", 100_010],
  ["Transcode", 100_020],
  ["CoverBySnapshot", 10],
];

test.each([
  ["a call of what the contract has always had", "QCVB_SimpleProcessFile({100010,100020},0,10)"],
  ["the same with blanks and nil", "QCVB_ProcessUGCFile( {100010, 100020} , nil, 10, 0 )"],
  [
    "JSON of this server",
    JSON.stringify({
      steps: [
        { operation: "transcode", template: 100_010 },
        { operation: "transcode", template: 100_020, when: [{ fact: "durationSeconds", is: "atMost", value: 60 }] },
        { operation: "transcode", template: 100_030, when: [{ fact: "durationSeconds", is: "above", value: 60 }] },
        { operation: "cover", template: 10 },
      ],
    }),
  ],
  [
    "JSON of the contract",
    JSON.stringify({
      MediaProcessTask: {
        TranscodeTaskSet: [{ Definition: 100_010 }, { Definition: 100_020 }],
        CoverBySnapshotTaskSet: [{ Definition: 10, PositionType: "Time", PositionValue: 0 }],
      },
    }),
  ],
  [
    "a script",
    "if media.durationSeconds < 1 then return {} end\nreturn { transcode(100010), transcode(100020), cover(10) }",
  ],
  ["a stored script with arguments", "Ladder({100010, 100020}, 10)"],
])("%s is carried out", async (_, text) => {
  expect(await done(text)).toEqual(LADDER);
});

test("without a child a flow is finished at once, with the facts of its file", async () => {
  const { TaskId = "" } = await vod.ProcessMediaByProcedure({
    FileId: mediaId,
    ProcedureName: "QCVB_SimpleProcessFile()",
  });
  expect(await vod.DescribeTaskDetail({ TaskId })).toMatchObject({
    Status: "FINISH",
    ProcedureTask: { Status: "FINISH", MediaProcessResultSet: [], MetaData: { Duration: 60 } },
  });
});

interface Refused {
  code: string;
  message: string;
}

const WAYS: Record<string, (text: string) => Promise<unknown>> = {
  ProcessMediaByProcedure: (ProcedureName) => vod.ProcessMediaByProcedure({ FileId: mediaId, ProcedureName }),
  ApplyUpload: (Procedure) => vod.ApplyUpload({ MediaType: "mp4", Procedure }),
  PullUpload: (Procedure) => vod.PullUpload({ MediaUrl: "http://127.0.0.1/film.mp4", Procedure }),
  EditMedia: (ProcedureName) => vod.EditMedia({ InputType: "File", FileInfos: [{ FileId: mediaId }], ProcedureName }),
  SplitMedia: (ProcedureName) => vod.SplitMedia({ FileId: mediaId, Segments: [{ EndTimeOffset: 5, ProcedureName }] }),
};
const BAD: [text: string, place: string][] = [
  ["Nobody", "Nobody"],
  ["QCVB_ConvertAndReplace(1)", "QCVB_ConvertAndReplace"],
  ["QCVB_SimpleProcessFile(1,,2)", "1:26: emptyArgument"],
  ['{"steps": [\n  {"operation": "cover", "template": "ten"}]}', "2:38: steps.0.template: wrongType"],
  ['{"MediaProcessTask": {\n "ImageSpriteTaskSet": [{}]}}', "2:25: MediaProcessTask.ImageSpriteTaskSet.0.Definition"],
  ["return {\n  transcode(100010)\n  cover(10)\n}", "3:3: lua"],
];

test.each(Object.keys(WAYS).flatMap((way) => BAD.map(([text, place]) => ({ way, text, place }))))(
  "$way refuses $text at once, with the place",
  async ({ way, text, place }) => {
    const before = await counts();
    const refused: Refused | undefined = await WAYS[way]?.(text).then(
      () => undefined,
      (error: Refused) => error,
    );
    expect(refused).toMatchObject({
      code: "InvalidParameterValue.ProcedureName",
      message: expect.stringContaining(place),
    });
    expect(await counts()).toEqual(before);
  },
);

async function counts(): Promise<number[]> {
  const { db } = api.database;
  return Promise.all([db.task.count(), db.upload.count(), db.plannedTask.count()]);
}

test.each(Object.keys(WAYS))("%s takes every form", async (way) => {
  for (const text of [
    "QCVB_SimpleProcessFile({100010})",
    '[{"operation":"sprite","template":10}]',
    "return { sprite(10) }",
    "Ladder({}, 10)",
  ]) {
    await expect(WAYS[way]?.(text)).resolves.toBeDefined();
  }
});

test("a review is refused by name: nothing here looks at pictures", async () => {
  await expect(WAYS.ApplyUpload?.("QCVB_ProcessUGCFile({10},0,10,10)")).rejects.toMatchObject({
    message: expect.stringContaining("QCVB_ProcessUGCFile"),
  });
});

test("what a script does on some media only cannot be told in the contract's words", async () => {
  const { ProcedureTemplateSet = [] } = await vod.DescribeProcedureTemplates({ Names: ["Ladder"] });
  expect(ProcedureTemplateSet).toMatchObject([{ Name: "Ladder", Type: "Custom", MediaProcessTask: null }]);
  // Replaced as a whole it is steps like any other.
  const MediaProcessTask = { ImageSpriteTaskSet: [{ Definition: 10 }] };
  await vod.ResetProcedureTemplate({ Name: "Ladder", MediaProcessTask });
  expect(await done("Ladder")).toEqual([["ImageSprites", 10]]);
});
