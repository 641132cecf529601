import { createHmac, randomInt } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { API_KEY } from "../support/api.ts";
import { codeOf, ended, vod } from "../support/api-calls.ts";
import { makeClip } from "../support/clips.ts";

/** As the vendor's documents say that a server signs. */
function signatureOf(terms: Record<string, string | number>): string {
  const now = Math.floor(Date.now() / 1000);
  const said = {
    ...{ secretId: API_KEY.secretId, currentTimeStamp: now, expireTime: now + 600, random: randomInt(2 ** 32 - 1) },
    ...terms,
  };
  const text = Object.entries(said)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
  const mac = createHmac("sha1", API_KEY.secretKey).update(text).digest();
  return Buffer.concat([mac, Buffer.from(text)]).toString("base64");
}

async function ask(baseURL: string | undefined, action: string, body: object) {
  const answer = await fetch(`${baseURL}/v3/index.php?Action=${action}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: "https://elsewhere.example" },
    body: JSON.stringify(body),
  });
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  return answer.json();
}

test("a client sends a file by a signature that says what becomes of it, once", async ({ baseURL }) => {
  const signature = signatureOf({
    ...{ procedure: "QCVB_SimpleProcessFile({10,20},0,10,10)", taskPriority: 5, taskNotifyMode: "Change" },
    ...{ sourceContext: "user=42 测试", sessionContext: "s1", oneTimeValid: 1 },
  });
  expect(await ask(baseURL, "PrepareUploadUGC", { signature })).toMatchObject({ code: 0 });
  const request = { signature, videoName: "client.mp4", videoType: "mp4", videoSize: 1 };
  const { code, data } = await ask(baseURL, "ApplyUploadUGC", request);
  expect(code).toBe(0);
  expect(await ask(baseURL, "ApplyUploadUGC", request)).toMatchObject({ code: 1001 });
  // Whoever was cut off goes on with what was begun.
  const again = await ask(baseURL, "ApplyUploadUGC", { signature, vodSessionKey: data.vodSessionKey });
  expect(again.data.video.storagePath).toBe(data.video.storagePath);
  const clip = await makeClip("client.mp4", { seconds: 2 });
  const put = await fetch(data.uploadUrl, { method: "PUT", body: new Uint8Array(await readFile(clip)) });
  expect(put.status).toBe(200);
  const done = await ask(baseURL, "CommitUploadUGC", { signature, vodSessionKey: data.vodSessionKey });
  expect(done).toMatchObject({
    code: 0,
    data: { fileId: expect.stringMatching(/^\d+$/), video: { url: expect.any(String) } },
  });
  const content = Buffer.from(done.data.video.verify_content, "base64");
  expect(content.subarray(0, 20)).toEqual(createHmac("sha1", API_KEY.secretKey).update(content.subarray(20)).digest());

  const { TaskSet } = await vod().DescribeTasks({ FileId: done.data.fileId });
  const { ProcedureTask } = await ended(TaskSet?.[0]?.TaskId);
  expect(ProcedureTask).toMatchObject({ TasksPriority: 5, TasksNotifyMode: "Change", SessionContext: "s1" });
  expect(ProcedureTask?.MediaProcessResultSet?.map(({ Type }) => Type).sort()).toEqual([
    ...["CoverBySnapshot", "SampleSnapshot", "Transcode", "Transcode"],
  ]);
  expect(await codeOf(vod().DescribeTaskDetail({ TaskId: "nothing" }))).not.toBe("answered");
});

test("signatures that are wrong, old, of nobody, or with a procedure that is none are refused", async ({ baseURL }) => {
  const apply = async (signature: string) =>
    (await ask(baseURL, "ApplyUploadUGC", { signature, videoName: "x.mp4", videoType: "mp4" })).code;
  const good = Buffer.from(signatureOf({}), "base64");
  good[25] = (good[25] ?? 0) ^ 1;
  expect(await apply(good.toString("base64"))).toBe(1001);
  expect(await apply(signatureOf({ expireTime: Math.floor(Date.now() / 1000) - 1 }))).toBe(1001);
  expect(await apply(signatureOf({ secretId: "AKIDnobody00" }))).toBe(1001);
  expect(await apply(signatureOf({ vodSubAppId: 999_999 }))).toBe(1001);
  expect(await apply("nonsense")).toBe(1001);
  expect(await apply(signatureOf({ procedure: "No-such" }))).not.toBe(0);
  expect(
    (await ask(baseURL, "ApplyUploadUGC", { signature: signatureOf({}), videoName: "x.exe", videoType: "exe" })).code,
  ).not.toBe(0);
});
