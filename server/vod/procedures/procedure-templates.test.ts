import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApi, type TestApi, type VodClient } from "../test-api.ts";

let api: TestApi;
let client: VodClient;
beforeAll(async () => {
  api = await startTestApi();
  client = api.client;
});
afterAll(() => api.stop());

const COVER = { CoverBySnapshotTaskSet: [{ Definition: 10, PositionType: "Time", PositionValue: 2.5 }] };

async function onlyOf(name: string) {
  const { ProcedureTemplateSet = [], TotalCount } = await client.DescribeProcedureTemplates({ Names: [name] });
  expect(TotalCount).toBe(ProcedureTemplateSet.length);
  return ProcedureTemplateSet[0];
}

test("is created, shown with every value, replaced as a whole, and deleted", async () => {
  const mark = await client.CreateWatermarkTemplate({
    Type: "text",
    TextTemplate: { FontType: "simkai.ttf", FontSize: "24px", FontColor: "0xFFFFFF", FontAlpha: 1 },
  });
  const watermark = { Definition: mark.Definition ?? 0, TextContent: "Reelflow" };
  await client.CreateProcedureTemplate({
    ...{ Name: "任务流-1", Comment: "all of it" },
    MediaProcessTask: {
      TranscodeTaskSet: [
        { Definition: 100_010, WatermarkSet: [watermark], OverrideParameter: { VideoTemplate: { Bitrate: 600 } } },
      ],
      ImageSpriteTaskSet: [{ Definition: 10 }],
      ...COVER,
    },
  });
  const shown = await onlyOf("任务流-1");
  expect(shown).toMatchObject({
    ...{ Name: "任务流-1", Type: "Custom", Comment: "all of it", AiAnalysisTask: null, AiContentReviewTask: null },
    CreateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
  });
  expect(shown?.MediaProcessTask).toEqual({
    TranscodeTaskSet: [
      {
        Definition: 100_010,
        WatermarkSet: [{ ...watermark, SvgContent: "", StartTimeOffset: 0, EndTimeOffset: 0 }],
        ...{ MosaicSet: [], HeadTailSet: [], StartTimeOffset: 0, EndTimeOffset: 0, SubtitleInfoSet: [] },
        OverrideParameter: { VideoTemplate: { Bitrate: 600 } },
        ...{ TraceWatermark: { Switch: "OFF" }, CopyRightWatermark: { Text: "" }, BlindWatermark: null },
      },
    ],
    ...{ AnimatedGraphicTaskSet: [], SnapshotByTimeOffsetTaskSet: [], SampleSnapshotTaskSet: [] },
    ImageSpriteTaskSet: [{ Definition: 10 }],
    CoverBySnapshotTaskSet: [{ ...COVER.CoverBySnapshotTaskSet[0], WatermarkSet: [] }],
    AdaptiveDynamicStreamingTaskSet: [],
  });
  await client.ResetProcedureTemplate({ Name: "任务流-1", MediaProcessTask: COVER });
  expect(await onlyOf("任务流-1")).toMatchObject({
    Comment: "",
    MediaProcessTask: {
      TranscodeTaskSet: [],
      ImageSpriteTaskSet: [],
      CoverBySnapshotTaskSet: [{ PositionValue: 2.5 }],
    },
  });
  await client.DeleteProcedureTemplate({ Name: "任务流-1" });
  expect(await onlyOf("任务流-1")).toBeUndefined();
});

test("what an answer shows makes the same procedure again", async () => {
  const preset = await onlyOf("LongVideoPreset");
  expect(preset?.Type).toBe("Preset");
  await client.CreateProcedureTemplate({ Name: "copy", MediaProcessTask: preset?.MediaProcessTask ?? {} });
  expect((await onlyOf("copy"))?.MediaProcessTask).toEqual(preset?.MediaProcessTask);
});

test("presets and custom ones are listed apart, in either order of their age", async () => {
  for (const Name of ["older", "newer"]) await client.CreateProcedureTemplate({ Name, MediaProcessTask: COVER });
  const names = async (Order: string, Field = "CreateTime") => {
    const { ProcedureTemplateSet = [] } = await client.DescribeProcedureTemplates({
      ...{ Type: "Custom", Names: ["older", "newer"], SortBy: [{ Field, Order }] },
    });
    return ProcedureTemplateSet.map(({ Name }) => Name);
  };
  expect(await names("asc")).toEqual(["older", "newer"]);
  expect(await names("desc", "create_time")).toEqual(["newer", "older"]);
  expect(await names("Desc")).toEqual(["newer", "older"]);
  const { ProcedureTemplateSet = [] } = await client.DescribeProcedureTemplates({ Type: "Preset", Limit: 100 });
  expect(ProcedureTemplateSet.map(({ Name }) => Name)).toEqual(
    expect.arrayContaining(["LongVideoPreset", "SimpleAesEncryptPreset"]),
  );
});

test("what cannot be is refused in the vendor's words", async () => {
  await client.CreateProcedureTemplate({ Name: "taken", MediaProcessTask: COVER });
  const create = (more: object) => client.CreateProcedureTemplate({ Name: "free", MediaProcessTask: COVER, ...more });
  const refused = (work: Promise<unknown>, code: string) => expect(work).rejects.toMatchObject({ code });
  await refused(create({ Name: "taken" }), "InvalidParameter.ExistedProcedureName");
  await refused(create({ Name: "LongVideoPreset" }), "InvalidParameter.ExistedProcedureName");
  await refused(create({ Name: "a name of 21 letters." }), "InvalidParameterValue.Name");
  await refused(create({ Name: "with space" }), "InvalidParameterValue.Name");
  await refused(create({ MediaProcessTask: {} }), "InvalidParameter");
  await refused(create({ AiAnalysisTask: { Definition: 10 } }), "UnsupportedOperation");
  await refused(create({ ReviewAudioVideoTask: { Definition: 10 } }), "UnsupportedOperation");
  await refused(
    create({ MediaProcessTask: { TranscodeTaskSet: [{ Definition: 99_999_999 }] } }),
    "ResourceNotFound.TemplateNotExist",
  );
  await refused(create({ MediaProcessTask: { TranscodeTaskSet: [{}] } }), "MissingParameter");
  const many = Array.from({ length: 26 }, () => ({ Definition: 10 }));
  await refused(
    create({ MediaProcessTask: { ImageSpriteTaskSet: many, SampleSnapshotTaskSet: many } }),
    "InvalidParameterValue",
  );
  await refused(
    client.ResetProcedureTemplate({ Name: "nobody", MediaProcessTask: COVER }),
    "InvalidParameter.ProcedureNameNotExist",
  );
  await refused(client.DeleteProcedureTemplate({ Name: "nobody" }), "InvalidParameter.ProcedureNameNotExist");
  await refused(
    client.DeleteProcedureTemplate({ Name: "LongVideoPreset" }),
    "InvalidParameterValue.DeleteDefaultTemplate",
  );
  await refused(
    client.DescribeProcedureTemplates({ SortBy: [{ Field: "Name", Order: "asc" }] }),
    "InvalidParameterValue",
  );
});

test("there are at most fifty, and another application's are not seen", async () => {
  const other = await api.database.db.application.create({ data: { name: "other" } });
  const theirs = api.clientWith(await api.addKey(other.id));
  const custom = () => theirs.DescribeProcedureTemplates({ Type: "Custom" });
  expect((await custom()).TotalCount).toBe(0);
  for (let number = 1; number <= 50; number++)
    await theirs.CreateProcedureTemplate({ Name: `flow-${number}`, MediaProcessTask: COVER });
  await expect(theirs.CreateProcedureTemplate({ Name: "more", MediaProcessTask: COVER })).rejects.toMatchObject({
    code: "LimitExceeded.TooMuchTemplate",
  });
  expect(await custom()).toMatchObject({ TotalCount: 50 });
  expect((await custom()).ProcedureTemplateSet).toHaveLength(10);
});
