/** The vendor's own client against the media and category actions. */
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeContentKey } from "../../content-keys/make-content-key.ts";
import { A_VIDEO } from "../../domain/operations/test-plans.ts";
import { finishRun } from "../../tasks/finish-run.ts";
import { addMedia, anOutput, claimAdmitted } from "../../tasks/test-tasks.ts";
import { renderMedia } from "../render-media.ts";
import { ourTaskId } from "../tasks/task-id.ts";
import { startTestApi, type TestApi, type VodClient } from "../test-api.ts";

let api: TestApi;
let client: VodClient;
let stranger: VodClient;
beforeAll(async () => {
  api = await startTestApi();
  client = api.client;
  const other = await api.database.db.application.create({ data: { name: "other" } });
  await api.database.db.pipeline.create({
    data: { applicationId: other.id, name: "theirs", capacity: 5, isDefault: true },
  });
  await api.database.db.pipeline.updateMany({ data: { capacity: 100 } });
  stranger = api.clientWith(await api.addKey(other.id));
});
afterAll(() => api.stop());

const refused = (work: Promise<unknown>, code: string) => expect(work).rejects.toMatchObject({ code });

function addFilm(name = "film.mp4") {
  return addMedia(api.database.db, { name, video: A_VIDEO, durationSeconds: 60 });
}

async function infoOf(FileId: string, Filters: string[] = []) {
  const { MediaInfoSet = [] } = await client.DescribeMediaInfos({ FileIds: [FileId], Filters });
  return MediaInfoSet[0];
}

/** Carries a task out as a worker would tell of it, with one output for each subtask. */
async function made(FileId: string, MediaProcessTask: object): Promise<void> {
  const { db } = api.database;
  const { TaskId = "" } = await client.ProcessMedia({ FileId, MediaProcessTask });
  const run = await claimAdmitted(db, ourTaskId(1, TaskId) ?? "");
  const subtasks = run.subtasks.map(({ id, number, operation }) => ({
    ...{ id, state: "succeeded" as const, setsCover: operation.kind === "cover" },
    outputs: [anOutput(run, number, operation.kind === "transcode" ? "video.mp4" : "picture.jpg")],
  }));
  expect(await finishRun(db, run, { subtasks })).toBe("finished");
}

describe("what is known of a media", () => {
  test("is told as a whole, and in parts", async () => {
    const id = await addFilm();
    const { MediaInfoSet, NotExistFileIdSet } = await client.DescribeMediaInfos({ FileIds: [id, "12345", id] });
    expect(NotExistFileIdSet).toEqual(["12345"]);
    expect(MediaInfoSet).toMatchObject([
      {
        FileId: id,
        BasicInfo: {
          ...{ Name: "film.mp4", Description: "", ExpireTime: "9999-12-31T23:59:59Z", ClassId: 0, CoverUrl: "" },
          ...{ Type: "mp4", Category: "Video", Status: "Normal", StorageClass: "STANDARD", TagSet: [] },
          MediaUrl: expect.stringMatching(/^http:\/\/reelflow\.test\/files\/.+\/source\.mp4$/),
          SourceInfo: { SourceType: "Upload", SourceContext: "" },
        },
        MetaData: {
          ...{ Duration: 60, Size: 1000, Width: 1920, Height: 1080, Rotate: 0, Md5: "" },
          VideoStreamSet: [{ Codec: "h264", Fps: 25, DynamicRangeInfo: { Type: "SDR", HDRType: "" } }],
        },
        TranscodeInfo: { TranscodeSet: [{ Definition: 0, Width: 1920, Size: 1000 }] },
        ...{ AnimatedGraphicsInfo: null, ImageSpriteInfo: null, SampleSnapshotInfo: null, SubtitleInfo: null },
        ...{
          KeyFrameDescInfo: null,
          AdaptiveDynamicStreamingInfo: null,
          MiniProgramReviewInfo: null,
          ReviewInfo: null,
        },
      },
    ]);
    expect(await infoOf(id, ["metaData"])).toMatchObject({
      BasicInfo: null,
      MetaData: { Duration: 60 },
      TranscodeInfo: null,
    });
  });

  test("is nothing to another application", async () => {
    const id = await addFilm();
    expect(await stranger.DescribeMediaInfos({ FileIds: [id] })).toMatchObject({
      ...{ MediaInfoSet: [], NotExistFileIdSet: [id] },
    });
  });

  test("cannot be asked of none, of too many, or by an unknown part", async () => {
    await refused(client.DescribeMediaInfos({ FileIds: [] }), "InvalidParameterValue.FileIdsEmpty");
    const many = Array.from({ length: 21 }, (_, index) => String(index));
    await refused(client.DescribeMediaInfos({ FileIds: many }), "InvalidParameterValue.FileIdsTooMany");
    await refused(
      client.DescribeMediaInfos({ FileIds: ["1"], Filters: ["everything"] }),
      "InvalidParameterValue.Filters",
    );
  });

  test("includes what tasks made of it: the newest of each template", async () => {
    const id = await addFilm();
    await made(id, { TranscodeTaskSet: [{ Definition: 100_010 }] });
    const first = (await infoOf(id))?.TranscodeInfo?.TranscodeSet;
    expect(first).toMatchObject([{ Definition: 0 }, { Definition: 100_010 }]);
    await made(id, { TranscodeTaskSet: [{ Definition: 100_020 }] });
    await made(id, { TranscodeTaskSet: [{ Definition: 100_010 }] });
    const then = (await infoOf(id))?.TranscodeInfo?.TranscodeSet;
    expect(then).toMatchObject([{ Definition: 0 }, { Definition: 100_010 }, { Definition: 100_020 }]);
    expect(then?.[1]?.Url).not.toBe(first?.[1]?.Url);
    await made(id, { CoverBySnapshotTaskSet: [{ Definition: 10, PositionType: "Time", PositionValue: 1 }] });
    expect((await infoOf(id))?.BasicInfo?.CoverUrl).toMatch(/picture\.jpg$/);
  });

  test("takes as many queries for twenty media as for one", async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => addFilm()));
    for (const id of ids.slice(0, 5)) await made(id, { TranscodeTaskSet: [{ Definition: 100_010 }] });
    let queries = 0;
    const counting = api.database.db.$extends({
      query: {
        $allOperations: ({ args, query }) => {
          queries += 1;
          return query(args);
        },
      },
    });
    const count = async (FileIds: string[]) => {
      queries = 0;
      // SAFETY: an extended client does all that a client does.
      const found = await renderMedia({ ...api.services, db: counting as never }, 1, FileIds, []);
      expect(found).toHaveLength(FileIds.length);
      return queries;
    };
    expect(await count(ids)).toBe(await count(ids.slice(0, 1)));
  });
});

describe("what people say of a media", () => {
  test("changes in part, and lists by what is added and taken away", async () => {
    const FileId = await addFilm();
    await client.ModifyMediaInfo({
      ...{ FileId, Name: "Holiday 2026", Description: "by the sea" },
      AddTags: ["sea", "sun", "sea"],
      AddKeyFrameDescs: [
        { TimeOffset: 5.5, Content: "a whale" },
        { TimeOffset: 1, Content: "the beach" },
      ],
      ExpireTime: "2099-01-01T08:00:00+08:00",
    });
    expect(await infoOf(FileId)).toMatchObject({
      BasicInfo: {
        ...{ Name: "Holiday 2026", Description: "by the sea", TagSet: ["sea", "sun"] },
        ExpireTime: "2099-01-01T00:00:00Z",
      },
      KeyFrameDescInfo: {
        KeyFrameDescSet: [
          { TimeOffset: 1, Content: "the beach" },
          { TimeOffset: 5.5, Content: "a whale" },
        ],
      },
    });
    await client.ModifyMediaInfo({
      ...{ FileId, AddTags: ["boat"], DeleteTags: ["sun", "unknown"], DeleteKeyFrameDescs: [1] },
      ...{ AddKeyFrameDescs: [{ TimeOffset: 5.5, Content: "two whales" }], ExpireTime: "9999-12-31T23:59:59Z" },
    });
    expect(await infoOf(FileId)).toMatchObject({
      BasicInfo: { Name: "Holiday 2026", TagSet: ["sea", "boat"], ExpireTime: "9999-12-31T23:59:59Z" },
      KeyFrameDescInfo: { KeyFrameDescSet: [{ TimeOffset: 5.5, Content: "two whales" }] },
    });
    await client.ModifyMediaInfo({ FileId, ClearTags: 1, ClearKeyFrameDescs: 1 });
    expect(await infoOf(FileId)).toMatchObject({ BasicInfo: { TagSet: [] }, KeyFrameDescInfo: null });
  });

  test("of two changes at once neither is lost", async () => {
    const FileId = await addFilm();
    await Promise.all(["a", "b", "c", "d"].map((tag) => client.ModifyMediaInfo({ FileId, AddTags: [tag] })));
    expect([...((await infoOf(FileId))?.BasicInfo?.TagSet ?? [])].sort()).toEqual(["a", "b", "c", "d"]);
  });

  test("a cover is a picture of any kind, drawn anew", async () => {
    const FileId = await addFilm();
    const picture = await sharp({ create: { width: 64, height: 36, channels: 3, background: "#336699" } })
      .png()
      .toBuffer();
    const { CoverUrl } = await client.ModifyMediaInfo({ FileId, CoverData: picture.toString("base64") });
    expect(CoverUrl).toMatch(/^http:\/\/reelflow\.test\/files\/.+\/cover-[0-9a-z]+\.jpg$/);
    expect((await infoOf(FileId))?.BasicInfo?.CoverUrl).toBe(CoverUrl);
    const { coverKey } = await api.database.db.media.findUniqueOrThrow({ where: { id: FileId } });
    const path = await api.services.store.materialise(coverKey ?? "", "/nowhere");
    expect(await sharp(path).metadata()).toMatchObject({ format: "jpeg", width: 64, height: 36 });
    await refused(client.ModifyMediaInfo({ FileId, CoverData: "bm90IGEgcGljdHVyZQ==" }), "FailedOperation.CoverType");
    await refused(client.ModifyMediaInfo({ FileId, CoverData: "###" }), "FailedOperation.CoverType");
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>').toString("base64");
    await refused(client.ModifyMediaInfo({ FileId, CoverData: svg }), "FailedOperation.CoverType");
  });

  test("subtitles come as files, and tasks name them by their ids", async () => {
    const FileId = await addFilm();
    const vtt = Buffer.from("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nHello\n").toString("base64");
    const subtitle = { Name: "English", Language: "en", Format: "vtt", Content: vtt };
    const { AddedSubtitleSet = [] } = await client.ModifyMediaInfo({ FileId, AddSubtitles: [subtitle] });
    expect(AddedSubtitleSet).toMatchObject([
      { Name: "English", Language: "en", Format: "vtt", Source: "UserUploaded" },
    ]);
    const [{ Id = "", Url = "" } = {}] = AddedSubtitleSet;
    expect(Url).toMatch(/^http:\/\/reelflow\.test\/files\/.+\.vtt$/);
    expect((await infoOf(FileId))?.SubtitleInfo?.SubtitleSet).toEqual(AddedSubtitleSet);
    const SubtitleInfoSet = [{ Id, FontSize: "5%" }];
    await client.ProcessMedia({
      FileId,
      MediaProcessTask: { TranscodeTaskSet: [{ Definition: 100_010, SubtitleInfoSet }] },
    });
    await client.ModifyMediaInfo({ FileId, DeleteSubtitleIds: [Id] });
    expect((await infoOf(FileId))?.SubtitleInfo).toBeNull();
    const wrong = { ...subtitle, Format: "srt" };
    await refused(client.ModifyMediaInfo({ FileId, AddSubtitles: [wrong] }), "InvalidParameterValue");
    const many = Array.from({ length: 16 }, () => subtitle);
    await client.ModifyMediaInfo({ FileId, AddSubtitles: many });
    await refused(client.ModifyMediaInfo({ FileId, AddSubtitles: [subtitle] }), "LimitExceeded");
  });

  test("has bounds, each with its code", async () => {
    const FileId = await addFilm();
    const change = (more: object) => client.ModifyMediaInfo({ FileId, ...more });
    const tags = (count: number) => Array.from({ length: count }, (_, index) => `tag ${index}`);
    const moments = (count: number) => Array.from({ length: count }, (_, at) => ({ TimeOffset: at, Content: "x" }));
    await refused(change({ FileId: "12345" }), "ResourceNotFound.FileNotExist");
    await refused(stranger.ModifyMediaInfo({ FileId, Name: "mine" }), "ResourceNotFound.FileNotExist");
    for (const Name of ["", "n".repeat(65), "a/b", "a\\b", "a:b", "a*b", "a?b", 'a"b', "a<b", "a>b", "a|b"])
      await refused(change({ Name }), "InvalidParameterValue.Name");
    await refused(change({ Description: "d".repeat(129) }), "InvalidParameterValue.Description");
    await refused(change({ ExpireTime: "tomorrow" }), "InvalidParameterValue.ExpireTime");
    await refused(change({ ExpireTime: "2020-01-01T00:00:00Z" }), "InvalidParameterValue.ExpireTime");
    await refused(change({ ClassId: 99 }), "InvalidParameterValue.ClassId");
    await refused(change({ AddTags: ["t".repeat(33)] }), "InvalidParameterValue.TagTooLong");
    await refused(change({ AddTags: tags(17) }), "LimitExceeded.TagCountReachMax");
    await refused(
      change({ AddKeyFrameDescs: [{ TimeOffset: 1, Content: "c".repeat(129) }] }),
      "InvalidParameterValue.KeyFrameDescContentTooLong",
    );
    await refused(change({ AddKeyFrameDescs: moments(101) }), "LimitExceeded.KeyFrameDescCountReachMax");
    await refused(change({ AddTags: ["a"], ClearTags: 1 }), "InvalidParameterValue.AddTagsAndClearTagsConflict");
    await refused(change({ AddTags: ["a"], DeleteTags: ["a"] }), "InvalidParameterValue.AddTagsAndDeleteTagsConflict");
    await refused(
      change({ AddKeyFrameDescs: moments(1), ClearKeyFrameDescs: 1 }),
      "InvalidParameterValue.AddKeyFrameDescsAndClearKeyFrameDescsConflict",
    );
    await refused(
      change({ AddKeyFrameDescs: moments(1), DeleteKeyFrameDescs: [0] }),
      "InvalidParameterValue.AddKeyFrameDescsAndDeleteKeyFrameDescsConflict",
    );
    await change({ AddTags: tags(16), AddKeyFrameDescs: moments(100) });
    expect((await infoOf(FileId))?.BasicInfo?.TagSet).toHaveLength(16);
  });
});

describe("categories", () => {
  test("are a tree of four levels, shown with their media", async () => {
    const ids = [];
    for (const ClassName of ["films", "nature", "sea", "whales"]) {
      const { ClassId = 0 } = await client.CreateClass({ ParentId: ids.at(-1) ?? -1, ClassName });
      ids.push(ClassId);
    }
    const [films = 0, nature = 0, , whales = 0] = ids;
    const { ClassInfoSet = [] } = await client.DescribeAllClass({});
    expect(ClassInfoSet.find(({ ClassId }) => ClassId === films)).toEqual({
      ...{ ClassId: films, ParentId: -1, Name: "films", ClassName: "films", Level: 0, SubClassIdSet: [nature] },
    });
    expect(ClassInfoSet.find(({ ClassId }) => ClassId === whales)).toMatchObject({ Level: 3, SubClassIdSet: [] });
    const FileId = await addFilm();
    await client.ModifyMediaInfo({ FileId, ClassId: whales });
    expect((await infoOf(FileId))?.BasicInfo).toMatchObject({
      ...{ ClassId: whales, ClassName: "whales", ClassPath: "films-nature-sea-whales" },
    });
    const found = await client.SearchMedia({ ClassIds: [nature] });
    expect(found.MediaInfoSet).toMatchObject([{ FileId }]);

    await refused(
      client.CreateClass({ ParentId: whales, ClassName: "blue" }),
      "FailedOperation.ClassLevelLimitExceeded",
    );
    await refused(client.CreateClass({ ParentId: -1, ClassName: "films" }), "FailedOperation.ClassNameDuplicate");
    await refused(client.CreateClass({ ParentId: 999_999, ClassName: "x" }), "FailedOperation.ParentIdNoFound");
    await refused(client.CreateClass({ ParentId: -1, ClassName: "x".repeat(65) }), "InvalidParameterValue.ClassName");
    await refused(client.DeleteClass({ ClassId: nature }), "UnsupportedOperation.ClassNotEmpty");
    await refused(client.DeleteClass({ ClassId: whales }), "UnsupportedOperation.ClassNotEmpty");
    await refused(client.ModifyClass({ ClassId: 999_999, ClassName: "x" }), "FailedOperation.ClassNoFound");
    await client.ModifyClass({ ClassId: whales, ClassName: "dolphins" });
    await client.ModifyMediaInfo({ FileId, ClassId: 0 });
    await client.DeleteClass({ ClassId: whales });
    expect((await infoOf(FileId))?.BasicInfo).toMatchObject({ ClassId: 0, ClassName: "" });
  });

  test("of another application do not exist", async () => {
    const { ClassId = 0 } = await client.CreateClass({ ParentId: -1, ClassName: "mine" });
    expect((await stranger.DescribeAllClass({})).ClassInfoSet).toEqual([]);
    await refused(stranger.DeleteClass({ ClassId }), "FailedOperation.ClassNoFound");
    await refused(stranger.CreateClass({ ParentId: ClassId, ClassName: "theirs" }), "FailedOperation.ParentIdNoFound");
    await stranger.CreateClass({ ParentId: -1, ClassName: "mine" });
  });
});

describe("searching", () => {
  test("finds by every part of what is known", async () => {
    const { db } = api.database;
    const ids: string[] = [];
    for (const name of ["Zebra one.mp4", "zebra TWO.mp4", "100% zebra_three.mp4"]) ids.push(await addFilm(name));
    const [one = "", two = "", three = ""] = ids;
    // At moments of their own, in this order.
    for (const [index, id] of ids.entries())
      await db.media.update({
        where: { id },
        data: { createdAt: new Date(Date.UTC(2026, 0, 1 + index, 12, 0, 0, 500)) },
      });
    await db.media.update({
      where: { id: two },
      data: { kind: "audio", source: "edit", storageKey: "a1/media/x/source.m4a" },
    });
    await client.ModifyMediaInfo({ FileId: one, AddTags: ["striped", "fast"], Description: "Of Africa" });
    await client.ModifyMediaInfo({ FileId: three, AddTags: ["slow"], ExpireTime: "2099-06-01T00:00:00Z" });
    const search = async (request: object) => {
      const { MediaInfoSet = [], TotalCount } = await client.SearchMedia({
        NamePrefixes: ["zebra", "100%"],
        ...request,
      });
      expect(TotalCount).toBeGreaterThanOrEqual(MediaInfoSet.length);
      return MediaInfoSet.map(({ FileId }) => FileId);
    };
    expect(await search({})).toEqual([three, two, one]);
    expect(await search({ Sort: { Field: "CreateTime", Order: "Asc" } })).toEqual([one, two, three]);
    expect(await search({ Offset: 1, Limit: 1 })).toEqual([two]);
    expect(await search({ Offset: 3 })).toEqual([]);
    expect(await search({ FileIds: [one, three] })).toEqual([three, one]);
    expect(await search({ Names: ["two", "three"] })).toEqual([three, two]);
    expect(await search({ Names: ["%"] })).toEqual([three]);
    expect(await search({ Names: ["a_t"] })).toEqual([three]);
    expect(await search({ Descriptions: ["africa"] })).toEqual([one]);
    expect(await search({ Text: "AFRICA" })).toEqual([one]);
    expect(await search({ Tags: ["fast", "slow"] })).toEqual([three, one]);
    expect(await search({ Categories: ["Audio"] })).toEqual([two]);
    expect(await search({ SourceTypes: ["VideoProcessing"] })).toEqual([two]);
    expect(await search({ SourceType: "Upload" })).toEqual([three, one]);
    expect(await search({ MediaTypes: ["M4A"] })).toEqual([two]);
    expect(await search({ CreateTime: { After: "2026-01-02T12:00:00Z", Before: "2026-01-02T12:00:00Z" } })).toEqual([
      two,
    ]);
    expect(await search({ StartTime: "2026-01-02T20:00:00+08:00" })).toEqual([three, two]);
    expect(await search({ ExpireTime: { After: "2099-06-01T00:00:00Z", Before: "2099-06-01T00:00:00Z" } })).toEqual([
      three,
    ]);
    expect(await search({ StorageRegions: ["ap-guangzhou"] })).toEqual([]);
    expect(await search({ StorageRegions: ["local"], StorageClasses: ["STANDARD"], Status: ["Normal"] })).toHaveLength(
      3,
    );
    expect(await search({ StreamIds: ["live"] })).toEqual([]);
    expect((await stranger.SearchMedia({ Names: ["zebra"] })).TotalCount).toBe(0);
    expect((await client.SearchMedia({ Names: ["zebra one"], Filters: ["basicInfo"] })).MediaInfoSet).toMatchObject([
      { BasicInfo: { Name: "Zebra one.mp4" }, MetaData: null },
    ]);
  });

  test("goes no further than five thousand", async () => {
    await refused(client.SearchMedia({ Offset: 4991 }), "InvalidParameterValue.OffsetTooLarge");
    await refused(client.SearchMedia({ Limit: 5001 }), "InvalidParameterValue.LimitTooLarge");
    await refused(client.SearchMedia({ Sort: { Field: "Name", Order: "Asc" } }), "InvalidParameterValue");
  });
});

describe("deleting", () => {
  test("takes the media with all its results", async () => {
    const { db } = api.database;
    const FileId = await addFilm();
    await made(FileId, { TranscodeTaskSet: [{ Definition: 100_010 }] });
    await client.DeleteMedia({ FileId });
    expect(await client.DescribeMediaInfos({ FileIds: [FileId] })).toMatchObject({ NotExistFileIdSet: [FileId] });
    expect(await db.output.count({ where: { subtask: { task: { mediaId: FileId } } } })).toBe(0);
    await refused(client.DeleteMedia({ FileId }), "ResourceNotFound.FileNotExist");
  });

  test("takes results of one template, of all, or the source", async () => {
    const { db } = api.database;
    const FileId = await addFilm();
    await made(FileId, { TranscodeTaskSet: [{ Definition: 100_010 }] });
    await made(FileId, { TranscodeTaskSet: [{ Definition: 100_020 }] });
    const left = async () => (await infoOf(FileId))?.TranscodeInfo?.TranscodeSet?.map(({ Definition }) => Definition);
    await client.DeleteMedia({ FileId, DeleteParts: [{ Type: "TranscodeFiles", Definition: 100_010 }] });
    expect(await left()).toEqual([0, 100_020]);
    await client.DeleteMedia({ FileId, DeleteParts: [{ Type: "OriginalFiles" }] });
    expect(await left()).toEqual([100_020]);
    expect((await infoOf(FileId))?.BasicInfo?.MediaUrl).toBe("");
    const { TaskId = "" } = await client.ProcessMedia({
      FileId,
      MediaProcessTask: { ImageSpriteTaskSet: [{ Definition: 10 }] },
    });
    const { ProcedureTask, Status } = await client.DescribeTaskDetail({ TaskId });
    expect(Status).toBe("FINISH");
    expect(ProcedureTask?.MediaProcessResultSet).toMatchObject([
      { ImageSpriteTask: { Status: "FAIL", ErrCodeExt: "SourceFileError.DownloadNotAccessible" } },
    ]);
    await client.DeleteMedia({ FileId, DeleteParts: [{ Type: "TranscodeFiles" }, { Type: "WechatPublishFiles" }] });
    expect((await infoOf(FileId))?.TranscodeInfo).toBeNull();
    const events = await db.event.findMany({
      where: { mediaId: FileId, type: "media.deleted" },
      orderBy: { id: "asc" },
    });
    expect(events.map(({ data }) => data)).toEqual([
      { parts: [{ type: "TranscodeFiles", definition: 100_010 }] },
      { parts: [{ type: "OriginalFiles", definition: 0 }] },
      {
        parts: [
          { type: "TranscodeFiles", definition: 0 },
          { type: "WechatPublishFiles", definition: 0 },
        ],
      },
    ]);
  });

  test("waits for a task that has not ended, and is not for others", async () => {
    const FileId = await addFilm();
    await client.ProcessMedia({ FileId, MediaProcessTask: { ImageSpriteTaskSet: [{ Definition: 10 }] } });
    await refused(client.DeleteMedia({ FileId }), "ResourceInUse");
    await refused(stranger.DeleteMedia({ FileId }), "ResourceNotFound.FileNotExist");
    await refused(client.DeleteMedia({ FileId, DeleteParts: [{ Type: "Everything" }] }), "InvalidParameterValue.Type");
  });
});

test("there is one storage region", async () => {
  const { StorageRegionInfos } = await client.DescribeStorageRegions({});
  expect(StorageRegionInfos).toMatchObject([{ Region: "local", Status: "opened", IsDefault: true }]);
});

test("the key of an encrypted output is told to its application alone", async () => {
  const { db } = api.database;
  const FileId = await addFilm();
  const MediaProcessTask = { AdaptiveDynamicStreamingTaskSet: [{ Definition: 12 }] };
  const { TaskId = "" } = await client.ProcessMedia({ FileId, MediaProcessTask });
  const run = await claimAdmitted(db, ourTaskId(1, TaskId) ?? "");
  const { bytes, stored } = makeContentKey(api.services.env.SECRET_KEY);
  const subtasks = run.subtasks.map(({ id, number }) => ({
    ...{ id, state: "succeeded" as const, setsCover: false },
    outputs: [{ ...anOutput(run, number, "stream.m3u8"), role: "playlist" as const, contentKey: stored }],
  }));
  await finishRun(db, run, { subtasks });
  const EdkList = [stored.id];
  expect((await client.DescribeDrmDataKey({ EdkList })).KeyList).toEqual([
    { Edk: stored.id, Dk: bytes.toString("base64") },
  ]);
  await refused(stranger.DescribeDrmDataKey({ EdkList }), "ResourceNotFound");
  await refused(client.DescribeDrmDataKey({ EdkList: ["unknown"] }), "ResourceNotFound");
});
