import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { pino } from "pino";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningWorker, startWorker } from "../../../worker/main.ts";
import { makeClip, makeTestFolder, type TestFolder } from "../../../worker/run/test-clips.ts";
import { serveS3 } from "../../api/serve-s3.ts";
import { serveOverHttp, type TestHttp } from "../../api/test-http.ts";
import { sweepObjects } from "../../uploads/sweep-objects.ts";
import { startTestApi, type TestApi, type VodClient } from "../test-api.ts";

let api: TestApi;
let s3: TestHttp;
let folder: TestFolder;
let worker: RunningWorker;
let clip: Buffer;

beforeAll(async () => {
  api = await startTestApi();
  folder = await makeTestFolder();
  s3 = await serveOverHttp((request) => serveS3(request, api.services));
  worker = await startWorker({ ...api.services.env, WORKER_CONCURRENCY: 1 }, pino({ level: "silent" }));
  clip = await readFile(await makeClip(join(folder.path, "clip")));
});
afterAll(async () => {
  await worker.stop();
  await s3.close();
  await api.stop();
  await folder.remove();
});

type Applied = Awaited<ReturnType<VodClient["ApplyUpload"]>> & {
  StorageEndpoint: string;
  UploadUrl: string;
  CoverUploadUrl: string;
};

async function apply(request: Partial<Parameters<VodClient["ApplyUpload"]>[0]> = {}): Promise<Applied> {
  return (await api.client.ApplyUpload({ MediaType: "mp4", ...request })) as Applied;
}

/** The test's endpoint stands at another address than the one the installation is told it has. */
const here = (address: string) => address.replace("http://reelflow.test", s3.url);
const put = (address: string, body: Buffer) => fetch(here(address), { method: "PUT", body: new Uint8Array(body) });
const commit = ({ VodSessionKey = "" }: Applied) => api.client.CommitUpload({ VodSessionKey });

test("a file sent by the AWS client becomes a media under the id that the commit tells", async () => {
  const applied = await apply({
    MediaName: "holiday",
    SourceContext: "from here",
    Procedure: "PreviewImages",
    SessionContext: "s",
  });
  const { SecretId, SecretKey, Token, ExpiredTime = 0 } = applied.TempCertificate ?? {};
  expect(ExpiredTime * 1000).toBeGreaterThan(Date.now());
  const client = new S3Client({
    ...{ endpoint: here(applied.StorageEndpoint), region: applied.StorageRegion ?? "", forcePathStyle: true },
    credentials: { accessKeyId: SecretId ?? "", secretAccessKey: SecretKey ?? "", sessionToken: Token ?? "" },
  });
  const params = { Bucket: applied.StorageBucket, Key: applied.MediaStoragePath, Body: clip };
  await new Upload({ client, params }).done();
  const { FileId, MediaUrl, CoverUrl } = await commit(applied);
  const media = await api.database.db.media.findUniqueOrThrow({ where: { id: FileId ?? "" } });
  expect(media).toMatchObject({
    name: "holiday",
    source: "upload",
    sourceContext: "from here",
    kind: "video",
    errorCode: null,
  });
  expect(MediaUrl).toContain("http://reelflow.test/files/");
  expect(CoverUrl).toContain("thumb.jpg");
  const upload = await api.database.db.upload.findFirstOrThrow({ where: { mediaId: media.id } });
  const task = await api.database.db.task.findUniqueOrThrow({ where: { id: upload.taskId ?? "" } });
  expect(task).toMatchObject({ procedureName: "PreviewImages", startedBy: "upload", sessionContext: "s" });
  // Nothing is left of how it came, and asking again says the same.
  expect(await api.services.objects.find(upload.id, "media")).toBeNull();
  expect(await commit(applied)).toMatchObject({ FileId, MediaUrl: expect.stringContaining("source.mp4") });
});

test("a plain PUT does as well, and the cover that comes with it is the media's", async () => {
  const applied = await apply({ MediaType: "MP4", CoverType: "jpg" });
  const picture = await sharp({ create: { width: 320, height: 180, channels: 3, background: "#c03" } })
    .jpeg()
    .toBuffer();
  expect((await put(applied.UploadUrl, clip)).status).toBe(200);
  expect((await put(applied.CoverUploadUrl, picture)).status).toBe(200);
  const { FileId, CoverUrl } = await commit(applied);
  expect(CoverUrl).toMatch(/cover-\w+\.jpg/);
  const { coverKey } = await api.database.db.media.findUniqueOrThrow({ where: { id: FileId ?? "" } });
  const stored = await api.services.store.open(coverKey ?? "");
  const chunks: Buffer[] = [];
  for await (const chunk of stored?.stream ?? []) chunks.push(chunk);
  expect(await sharp(Buffer.concat(chunks)).metadata()).toMatchObject({ format: "jpeg", width: 320, height: 180 });
});

test("a cover that is none is said so, and can be sent again", async () => {
  const applied = await apply({ CoverType: "png" });
  await put(applied.UploadUrl, clip);
  await put(applied.CoverUploadUrl, Buffer.from("<svg/>"));
  await expect(commit(applied)).rejects.toMatchObject({ code: "FailedOperation.CoverType" });
  const picture = await sharp({ create: { width: 8, height: 8, channels: 4, background: "#fff" } })
    .png()
    .toBuffer();
  await put(applied.CoverUploadUrl, picture);
  expect(await commit(applied)).toMatchObject({ CoverUrl: expect.stringMatching(/cover-\w+\.jpg/) });
});

test("a broken file has an id all the same, and work on it fails at once with what is wrong", async () => {
  const applied = await apply();
  await put(applied.UploadUrl, randomBytes(5_000));
  const { FileId = "" } = await commit(applied);
  const { errorCode } = await api.database.db.media.findUniqueOrThrow({ where: { id: FileId } });
  expect(errorCode).toBe("NOT_MEDIA");
});

test("nothing sent, an unknown session, another application's: the vendor's codes", async () => {
  const applied = await apply();
  await expect(commit(applied)).rejects.toMatchObject({ code: "ResourceNotFound" });
  await expect(api.client.CommitUpload({ VodSessionKey: "no-such" })).rejects.toMatchObject({
    code: "InvalidParameterValue.VodSessionKey",
  });
  const stranger = await api.database.db.application.create({ data: { name: "another" } });
  const other = api.clientWith(await api.addKey(stranger.id));
  const { VodSessionKey = "" } = applied;
  await expect(other.CommitUpload({ VodSessionKey })).rejects.toMatchObject({
    code: "InvalidParameterValue.VodSessionKey",
  });
});

test.each([
  [{ MediaType: "exe" }, "InvalidParameterValue.MediaType"],
  [{ CoverType: "svg" }, "InvalidParameterValue.CoverType"],
  [{ ExpireTime: "2001-01-01T00:00:00Z" }, "InvalidParameter.ExpireTime"],
  [{ ExpireTime: "tomorrow" }, "InvalidParameter.ExpireTime"],
  [{ Procedure: "NoSuchProcedure" }, "InvalidParameterValue.ProcedureName"],
  [{ SessionContext: "x".repeat(1_001) }, "InvalidParameterValue.SessionContextTooLong"],
  [{ MediaName: "a/b" }, "InvalidParameterValue"],
])("%o is refused", async (request, code) => {
  await expect(apply(request)).rejects.toMatchObject({ code });
});

test("what nobody commits is forgotten with its files, a day after it could be sent", async () => {
  const { db } = api.database;
  const applied = await apply();
  await put(applied.UploadUrl, clip);
  const id = (applied.MediaStoragePath ?? "").split("/")[0] ?? "";
  const { objects } = api.services;
  const days = (count: number) => new Date(Date.now() + count * 86_400_000);
  await sweepObjects(db, objects, days(1.9));
  expect(await objects.find(id, "media")).not.toBeNull();
  await sweepObjects(db, objects, days(2.1));
  expect(await db.upload.count({ where: { id } })).toBe(0);
  expect(await objects.find(id, "media")).toBeNull();
});

test("two commits at once are one", async () => {
  const applied = await apply();
  await put(applied.UploadUrl, clip);
  const [one, two] = await Promise.all([commit(applied), commit(applied)]);
  expect(one.FileId).toBe(two.FileId);
  expect(await api.database.db.media.count({ where: { id: one.FileId ?? "" } })).toBe(1);
});
