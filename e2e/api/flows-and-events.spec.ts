import { createDecipheriv, createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "@playwright/test";
import { Webhook } from "standardwebhooks";
import { childrenOf, codeOf, ended, fetched, send, vod } from "../support/api-calls.ts";
import { makeClip } from "../support/clips.ts";

// One after the other: an application has one event configuration.
test.describe.configure({ mode: "serial" });

const COVER = { CoverBySnapshotTaskSet: [{ Definition: 10, PositionType: "Time", PositionValue: 0 }] };
let clip = "";
test.beforeAll(async () => {
  clip = await makeClip("for-flows.mp4", { seconds: 6, size: "640x360" });
});

interface Heard {
  EventType: string;
  [event: string]: unknown;
}

/** An event of this file or task: others work in the same application meanwhile. */
function about(member: string, wanted: Record<string, unknown>): (event: Heard) => boolean {
  return ({ [member]: said }) =>
    typeof said === "object" &&
    said !== null &&
    Object.entries(wanted).every(([name, value]) => Reflect.get(said, name) === value);
}

/** Takes events from the queue until one of them is what is waited for; all that came are confirmed. */
async function pulledUntil(wanted: (event: Heard) => boolean): Promise<Heard> {
  const client = vod();
  const latest = Date.now() + 120_000;
  while (Date.now() < latest) {
    const { EventSet = [] } = await client.PullEvents({}).catch(() => ({ EventSet: [] }));
    const handles = EventSet.flatMap(({ EventHandle }) => EventHandle ?? []);
    if (handles.length > 0) await client.ConfirmEvents({ EventHandles: handles });
    const found = (EventSet as unknown as Heard[]).find(wanted);
    if (found !== undefined) return found;
  }
  throw new Error("The event did not come.");
}

test("an upload with a procedure: its file and its task are told of by events that are pulled", async () => {
  const client = vod();
  await client.ModifyEventConfig({
    Mode: "PULL",
    UploadMediaCompleteEventSwitch: "ON",
    DeleteMediaCompleteEventSwitch: "ON",
  });
  expect(await client.DescribeEventConfig({})).toMatchObject({ Mode: "PULL", UploadMediaCompleteEventSwitch: "ON" });
  const FileId = await send(clip, { MediaName: "uploaded", Procedure: "LongVideoPreset", SessionContext: "ctx" });
  const came = await pulledUntil(about("FileUploadEvent", { FileId }));
  expect(came).toMatchObject({ FileUploadEvent: { FileId, ProcedureTaskId: expect.stringMatching(/^1-Procedure-/) } });
  const done = await pulledUntil(about("ProcedureStateChangeEvent", { FileId }));
  expect(done).toMatchObject({ ProcedureStateChangeEvent: { Status: "FINISH", SessionContext: "ctx" } });
  const { ProcedureTaskId } = (came as unknown as { FileUploadEvent: { ProcedureTaskId: string } }).FileUploadEvent;
  const children = childrenOf(await ended(ProcedureTaskId));
  expect(children.map(({ task }) => task.Status)).toEqual(["SUCCESS", "SUCCESS", "SUCCESS"]);
  const { MediaInfoSet } = await client.DescribeMediaInfos({ FileIds: [FileId] });
  await fetched(MediaInfoSet?.[0]?.BasicInfo?.CoverUrl);
  expect((await client.DescribeEventsState({})).CountOfEventsToPull).toEqual(expect.any(Number));
});

test("procedures are made, run, replaced as a whole and deleted, and can be said in a call", async () => {
  const client = vod();
  const FileId = await send(clip);
  const Name = "Suite";
  const MediaProcessTask = {
    TranscodeTaskSet: [{ Definition: 100_010 }],
    ImageSpriteTaskSet: [{ Definition: 10 }],
    ...COVER,
  };
  await client.CreateProcedureTemplate({ Name, MediaProcessTask });
  expect(await codeOf(client.CreateProcedureTemplate({ Name, MediaProcessTask }))).toBe(
    "InvalidParameter.ExistedProcedureName",
  );
  expect((await client.DescribeProcedureTemplates({ Names: [Name] })).ProcedureTemplateSet).toMatchObject([
    { Name, Type: "Custom", MediaProcessTask },
  ]);
  const run = async (ProcedureName: string) =>
    childrenOf(await ended((await client.ProcessMediaByProcedure({ FileId, ProcedureName })).TaskId)).map(
      ({ type }) => type,
    );
  expect((await run(Name)).sort()).toEqual(["CoverBySnapshot", "ImageSprites", "Transcode"]);
  await client.ResetProcedureTemplate({ Name, MediaProcessTask: COVER });
  expect(await run(Name)).toEqual(["CoverBySnapshot"]);
  await client.DeleteProcedureTemplate({ Name });
  expect(await codeOf(client.ProcessMediaByProcedure({ FileId, ProcedureName: Name }))).toBe(
    "InvalidParameterValue.ProcedureName",
  );
  expect((await run("QCVB_SimpleProcessFile({10,20},0,10,10)")).sort()).toEqual([
    ...["CoverBySnapshot", "SampleSnapshot", "Transcode", "Transcode"],
  ]);
  expect(await run("return media.durationSeconds < 60 and { cover(10) } or { sprite(10) }")).toEqual([
    "CoverBySnapshot",
  ]);
  expect(await codeOf(client.ProcessMediaByProcedure({ FileId, ProcedureName: "return {" }))).toBe(
    "InvalidParameterValue.ProcedureName",
  );
});

test("callbacks: as many as the mode says, signed in both ways, and again where they were not taken", async () => {
  const client = vod();
  const FileId = await send(clip);
  const heard: { event: Heard; sign: unknown; headers: NodeJS.Dict<string | string[]> }[] = [];
  let refusals = 0;
  const receiver = createServer(async (request, response) => {
    const body = await text(request);
    if (refusals > 0) {
      refusals -= 1;
      response.writeHead(500).end();
      return;
    }
    heard.push({ event: JSON.parse(body), sign: JSON.parse(body).Sign, headers: request.headers });
    response.writeHead(200).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const { port } = receiver.address() as AddressInfo;
  const SignKey = "suite0key";
  await client.ModifyEventConfig({ Mode: "PUSH", NotificationUrl: `http://127.0.0.1:${port}/`, SignKey } as never);
  const heardOf = (TaskId: string | undefined) =>
    heard.filter(
      ({ event }) => (event.ProcedureStateChangeEvent as { TaskId?: string } | undefined)?.TaskId === TaskId,
    );
  const MediaProcessTask = { SampleSnapshotTaskSet: [{ Definition: 10 }], ...COVER };
  const start = async (TasksNotifyMode: string) =>
    (await client.ProcessMedia({ FileId, MediaProcessTask, TasksNotifyMode })).TaskId;

  const finish = await start("Finish");
  await expect.poll(() => heardOf(finish).length, { timeout: 60_000 }).toBe(1);
  const change = await start("Change");
  await expect.poll(() => heardOf(change).length, { timeout: 60_000 }).toBeGreaterThanOrEqual(2);
  const none = await start("None");
  await ended(none);
  refusals = 2;
  const again = await start("Finish");
  await expect.poll(() => heardOf(again).length, { timeout: 120_000 }).toBe(1);
  expect(refusals).toBe(0);
  expect(heardOf(none)).toEqual([]);

  for (const { event } of heard) {
    expect(JSON.stringify(event)).not.toContain("null");
    expect(event).not.toHaveProperty("EventHandle");
    const { Sign, T } = event as unknown as { Sign: string; T: number };
    expect(Sign).toBe(createHash("md5").update(`${SignKey}${T}`).digest("hex"));
  }
  // The other way of signing is there, too; its secret is shown in the console alone.
  expect(heard[0]?.headers["webhook-signature"]).toMatch(/^v1,/);
  expect(() => new Webhook("whsec_bm90IHRoaXMgb25l").verify("{}", heard[0]?.headers as never)).toThrow();
  receiver.close();
  await client.ModifyEventConfig({ Mode: "PULL" });
});

test("media come of media: cut, joined, split, composed, each with its event", async () => {
  const client = vod();
  const [first, second] = [await send(clip, { MediaName: "first" }), await send(clip, { MediaName: "second" })];
  const lengthOf = async (FileId: string | undefined) => {
    const { MediaInfoSet } = await client.DescribeMediaInfos({ FileIds: [FileId ?? ""] });
    return MediaInfoSet?.[0]?.MetaData?.Duration ?? 0;
  };
  const { TaskId: edit } = await client.EditMedia({
    InputType: "File",
    FileInfos: [{ FileId: first, StartTimeOffset: 1, EndTimeOffset: 3 }, { FileId: second }],
    ProcedureName: "PreviewImages",
    OutputConfig: { MediaName: "joined" },
  });
  const joined = (await ended(edit)).EditMediaTask?.Output?.FileId;
  expect(Math.abs((await lengthOf(joined)) - 8)).toBeLessThan(0.5);
  const edited = await pulledUntil(about("EditMediaCompleteEvent", { TaskId: edit }));
  expect(edited).toMatchObject({ EditMediaCompleteEvent: { Output: { FileId: joined } } });
  expect(JSON.stringify(edited)).toContain("ProcedureTaskId");

  const { TaskId: split } = await client.SplitMedia({
    FileId: first,
    Segments: [
      { StartTimeOffset: 0, EndTimeOffset: 2, OutputConfig: { MediaName: "left", Type: "mp4" } },
      { StartTimeOffset: 2, EndTimeOffset: 6, OutputConfig: { MediaName: "right", Type: "mp4" } },
    ],
  });
  const parts = (await ended(split)).SplitMediaTask?.FileInfoSet ?? [];
  expect(parts).toHaveLength(2);
  await pulledUntil(about("SplitMediaCompleteEvent", { TaskId: split }));

  const { TaskId: compose } = await client.ComposeMedia({
    Tracks: [
      {
        Type: "Video",
        TrackItems: [
          { Type: "Video", VideoItem: { SourceMedia: first, Duration: 2 } },
          { Type: "Video", VideoItem: { SourceMedia: second, Duration: 3 } },
        ],
      },
    ],
    Output: { FileName: "composed", Container: "mp4" },
  });
  const composed = (await ended(compose)).ComposeMediaTask?.Output?.FileId;
  expect(Math.abs((await lengthOf(composed)) - 5)).toBeLessThan(0.5);
  await pulledUntil(about("ComposeMediaCompleteEvent", { TaskId: compose }));
});

test("files are pulled from addresses: one that is there, one that is not, one that may not be reached", async () => {
  const client = vod();
  const source = createServer(async (request, response) => {
    if (request.url !== "/film.mp4") return void response.writeHead(404).end();
    const { readFile } = await import("node:fs/promises");
    response.writeHead(200, { "content-type": "video/mp4" }).end(await readFile(clip));
  });
  await new Promise<void>((resolve) => source.listen(0, "127.0.0.1", resolve));
  const at = `http://127.0.0.1:${(source.address() as AddressInfo).port}`;
  const { TaskId: good } = await client.PullUpload({
    MediaUrl: `${at}/film.mp4`,
    MediaName: "pulled",
    Procedure: "PreviewImages",
  });
  const pulled = (TaskId: string | undefined) => about("PullCompleteEvent", { TaskId });
  expect(await pulledUntil(pulled(good))).toMatchObject({
    PullCompleteEvent: { ErrCode: 0, FileId: expect.any(String) },
  });
  const { TaskId: dead } = await client.PullUpload({ MediaUrl: `${at}/nothing.mp4` });
  const { PullCompleteEvent } = await pulledUntil(pulled(dead));
  expect((PullCompleteEvent as { ErrCode: number }).ErrCode).not.toBe(0);
  expect(await codeOf(client.PullUpload({ MediaUrl: "http://169.254.169.254/latest/meta-data" }))).toMatch(
    /^InvalidParameterValue/,
  );
  const { TaskId } = await client.request("ProcessMediaByUrl", {
    InputInfo: { Url: `${at}/film.mp4`, Name: "by address" },
    MediaProcessTask: COVER,
  });
  expect(childrenOf(await ended(TaskId)).map(({ task }) => task.Status)).toEqual(["SUCCESS"]);
  expect(
    await client.ParseStreamingManifest({ MediaManifestContent: "#EXTM3U\n#EXTINF:4,\na.ts\n", ManifestType: "m3u8" }),
  ).toMatchObject({
    MediaSegmentSet: ["a.ts"],
  });
  source.close();
});

test("media are described, found, sorted and deleted", async () => {
  const client = vod();
  const FileId = await send(clip, { MediaName: "described" });
  const { ClassId = 0 } = await client.CreateClass({ ParentId: -1, ClassName: "Suite" });
  await client.ModifyClass({ ClassId, ClassName: "Suite 2" });
  await client.ModifyMediaInfo({ FileId, Name: "renamed", ClassId, AddTags: ["blue"], Description: "words" });
  expect((await client.SearchMedia({ Tags: ["blue"], ClassIds: [ClassId] })).MediaInfoSet).toMatchObject([
    { FileId, BasicInfo: { Name: "renamed", ClassId, TagSet: ["blue"], Description: "words" } },
  ]);
  expect(JSON.stringify(await client.DescribeAllClass({}))).toContain("Suite 2");
  await client.DeleteMedia({ FileId });
  expect((await client.DescribeMediaInfos({ FileIds: [FileId] })).NotExistFileIdSet).toEqual([FileId]);
  await pulledUntil(({ EventType }) => EventType === "FileDeleted");
  await client.DeleteClass({ ClassId });
  expect((await client.DescribeStorageRegions({})).StorageRegionInfos?.length).toBeGreaterThan(0);
  expect((await client.DescribeSubAppIds({})).TotalCount).toBeGreaterThan(0);
});

test("the key of an encrypted stream is told to its application", async () => {
  const client = vod();
  const FileId = await send(clip);
  const { TaskId } = await client.ProcessMedia({
    FileId,
    MediaProcessTask: { AdaptiveDynamicStreamingTaskSet: [{ Definition: 12 }] },
  });
  const [stream] = childrenOf(await ended(TaskId));
  if (stream === undefined) throw new Error("Expected a stream.");
  const { Url } = stream.task.Output as unknown as { Url: string };
  const lines = async (url: string) => new TextDecoder().decode(await fetched(url)).split("\n");
  const levelOf = (all: string[]) => all.find((line) => line !== "" && !line.startsWith("#")) ?? "";
  const level = new URL(levelOf(await lines(Url)), Url).href;
  const playlist = await lines(level);
  const { uri = "", iv = "" } =
    /URI="(?<uri>[^"]+)"(?:,IV=0x(?<iv>[0-9a-f]+))?/iu.exec(playlist.join("\n"))?.groups ?? {};
  // Whoever is not let in is not given the key, but its application is, by the key's id.
  expect((await fetch(new URL(uri, level))).status).not.toBe(200);
  const Edk = new URL(uri, level).pathname.split("/").at(-1) ?? "";
  const { KeyList } = await client.DescribeDrmDataKey({ EdkList: [Edk] });
  const key = Buffer.from(KeyList?.[0]?.Dk ?? "", "base64");
  const segment = await fetched(new URL(levelOf(playlist), level).href);
  const cipher = createDecipheriv("aes-128-cbc", key, iv === "" ? Buffer.alloc(16) : Buffer.from(iv, "hex"));
  const clear = Buffer.concat([cipher.update(segment), cipher.final()]);
  // Packets of MPEG-TS, each of which begins alike.
  expect([0, 188, 376].map((at) => clear[at])).toEqual([0x47, 0x47, 0x47]);
  expect(segment[0]).not.toBe(0x47);
  expect(await codeOf(client.DescribeDrmDataKey({ EdkList: ["unknown"] }))).toBe("ResourceNotFound");
});
