import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningWorker, startWorker } from "../../../worker/main.ts";
import { makeClip, makeTestFolder, type TestFolder } from "../../../worker/run/test-clips.ts";
import { parseAllowList } from "../../outbound/allow-list.ts";
import { startTestApi, type TestApi } from "../test-api.ts";

let api: TestApi;
let folder: TestFolder;
let worker: RunningWorker;
let server: Server;
let address: string;

beforeAll(async () => {
  api = await startTestApi();
  folder = await makeTestFolder();
  const allow = parseAllowList("127.0.0.1");
  if (!allow.ok) throw new Error(allow.failure);
  api.services.env.OUTBOUND_ALLOW = allow.value;
  const clip = await readFile(await makeClip(join(folder.path, "clip")));
  server = createServer(({ url }, response) => {
    if (url === "/clip.mp4") response.end(clip);
    else if (url === "/broken.mp4") response.end(Buffer.alloc(5_000, "broken"));
    else response.writeHead(404).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  worker = await startWorker({ ...api.services.env, WORKER_CONCURRENCY: 1 }, pino({ level: "silent" }));
});
afterAll(async () => {
  await worker.stop();
  server.close();
  await api.stop();
  await folder.remove();
});

async function detailOf(TaskId = "") {
  const read = () => api.client.DescribeTaskDetail({ TaskId });
  await expect.poll(async () => (await read()).Status, { timeout: 30_000 }).toBe("FINISH");
  return read();
}

test("an address is pulled, its procedure runs, and the pull is described by the id that was told", async () => {
  const asked = { MediaUrl: `${address}/clip.mp4`, MediaName: "pulled", Procedure: "PreviewImages", SessionId: "once" };
  const { TaskId } = await api.client.PullUpload({ ...asked, SessionContext: "ctx" });
  const { TaskType, PullUploadTask } = await detailOf(TaskId);
  expect(TaskType).toBe("PullUpload");
  expect(PullUploadTask).toMatchObject({ ErrCode: 0, SessionContext: "ctx", MediaBasicInfo: { Name: "pulled" } });
  expect(PullUploadTask?.MetaData?.VideoStreamSet).toHaveLength(1);
  expect((await detailOf(PullUploadTask?.ProcedureTaskId)).ProcedureTask?.FileId).toBe(PullUploadTask?.FileId);
  await expect(api.client.PullUpload(asked)).rejects.toMatchObject({ code: "InvalidParameterValue.SessionId" });
});

test("a dead address ends as a pull that failed", async () => {
  const { TaskId } = await api.client.PullUpload({ MediaUrl: `${address}/gone.mp4` });
  const { PullUploadTask } = await detailOf(TaskId);
  expect(PullUploadTask).toMatchObject({ ErrCode: 60_000, MediaBasicInfo: null });
});

test.each([
  [{ MediaUrl: "ftp://example.org/x.mp4" }, "InvalidParameterValue.MediaUrl"],
  [{ MediaUrl: "http://10.0.0.1/x.mp4" }, "InvalidParameterValue.MediaUrl"],
  [{ MediaUrl: "http://127.1/x.mp4" }, "InvalidParameterValue.MediaUrl"],
  [{ MediaUrl: "http://example.org/x.mp4", CoverUrl: "x" }, "InvalidParameterValue.CoverUrl"],
  [{ MediaUrl: "http://example.org/x.mpd", MediaType: "mpd" }, "InvalidParameterValue.MediaType"],
  [{ MediaUrl: "http://example.org/x.mp4", Procedure: "NoSuch" }, "InvalidParameterValue.ProcedureName"],
])("%o is refused at once", async (request, code) => {
  await expect(api.client.PullUpload(request)).rejects.toMatchObject({ code });
});

test("work on an address has its task's id at once; it ends with the work, or with what is wrong with the file", async () => {
  const MediaProcessTask = { SampleSnapshotTaskSet: [{ Definition: 10 }] };
  const work = (file: string) => api.client.ProcessMedia({ Url: `${address}/${file}`, MediaProcessTask });
  const [good, broken, gone] = await Promise.all([work("clip.mp4"), work("broken.mp4"), work("gone.mp4")]);
  const [begun] = await Promise.all([api.client.DescribeTaskDetail({ TaskId: good.TaskId ?? "" })]);
  expect(begun.TaskType).toBe("Procedure");
  const resultOf = async (TaskId = "") => {
    const [result] = (await detailOf(TaskId)).ProcedureTask?.MediaProcessResultSet ?? [];
    return result?.SampleSnapshotTask;
  };
  expect(await resultOf(good.TaskId)).toMatchObject({ Status: "SUCCESS", ErrCode: 0 });
  expect(await resultOf(broken.TaskId)).toMatchObject({
    ...{ Status: "FAIL", ErrCode: 60_000, ErrCodeExt: expect.stringMatching(/^SourceFileError/) },
  });
  expect(await resultOf(gone.TaskId)).toMatchObject({
    ...{ Status: "FAIL", ErrCodeExt: "SourceFileError.DownloadNotAccessible" },
  });
  await expect(api.client.ProcessMedia({ Url: "http://10.0.0.1/", MediaProcessTask })).rejects.toMatchObject({
    code: "InvalidParameterValue.Url",
  });
});

test("a playlist is taken apart into the files it names", async () => {
  const parse = async (MediaManifestContent: string, ManifestType?: string) =>
    (await api.client.ParseStreamingManifest({ MediaManifestContent, ...(ManifestType && { ManifestType }) }))
      .MediaSegmentSet;
  const m3u8 = '#EXTM3U\n#EXT-X-MAP:URI="init.mp4"\n#EXTINF:2,\na.m4s\n#EXTINF:2,\nb.m4s\n#EXT-X-ENDLIST\n';
  expect(await parse(m3u8, "m3u8")).toEqual(["init.mp4", "a.m4s", "b.m4s"]);
  const mpd =
    '<MPD><Period><AdaptationSet><Representation><SegmentList><Initialization sourceURL="i.mp4"/>' +
    '<SegmentURL media="1.m4s"/><SegmentURL media="2.m4s"/></SegmentList></Representation></AdaptationSet></Period></MPD>';
  expect(await parse(mpd, "mpd")).toEqual(["i.mp4", "1.m4s", "2.m4s"]);
  await expect(parse("hello")).rejects.toMatchObject({ code: "InvalidParameterValue" });
});
