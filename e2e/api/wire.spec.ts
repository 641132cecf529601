import { createHash, createHmac } from "node:crypto";
import { expect, test } from "@playwright/test";
import { API_KEY } from "../support/api.ts";
import { codeOf, vod } from "../support/api-calls.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

interface Said {
  body?: string;
  action?: string;
  timestamp?: number;
  headers?: Record<string, string>;
}

/** A request as the contract describes its signature, written by hand. */
async function ask(
  baseURL: string | undefined,
  { body = "{}", action = "DescribeTasks", headers = {}, ...said }: Said,
) {
  const { host } = new URL(baseURL ?? "");
  const timestamp = String(said.timestamp ?? Math.floor(Date.now() / 1000));
  const day = new Date(Number(timestamp) * 1000).toISOString().slice(0, 10);
  const sha = (text: string) => createHash("sha256").update(text).digest("hex");
  const mac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
  const canonical = `POST\n/\n\ncontent-type:application/json\nhost:${host}\n\ncontent-type;host\n${sha(body)}`;
  const scope = `${day}/vod/tc3_request`;
  const key = mac(mac(mac(`TC3${API_KEY.secretKey}`, day), "vod"), "tc3_request");
  const signature = mac(key, `TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${sha(canonical)}`).toString("hex");
  const answer = await fetch(baseURL ?? "", {
    method: "POST",
    body,
    headers: {
      ...{ "content-type": "application/json", "x-tc-action": action, "x-tc-version": "2018-07-17" },
      ...{ "x-tc-timestamp": timestamp },
      authorization: `TC3-HMAC-SHA256 Credential=${API_KEY.secretId}/${scope}, SignedHeaders=content-type;host, Signature=${signature}`,
      ...headers,
    },
  });
  const text = await answer.text();
  // Whatever went wrong, nothing of the inside is told.
  expect(text).not.toMatch(/node_modules|\.ts:|at async|prisma|SELECT/i);
  return { status: answer.status, answer: JSON.parse(text).Response };
}

test("the vendor's client is let in with nothing changed but endpoint and key", async () => {
  const { RequestId } = await vod().DescribeSubAppIds({});
  expect(RequestId).toMatch(UUID);
});

test("a request signed by hand is let in; one that is too old, or was changed on its way, is not", async ({
  baseURL,
}) => {
  expect((await ask(baseURL, {})).answer).toMatchObject({
    RequestId: expect.stringMatching(UUID),
    TaskSet: expect.any(Array),
  });
  const old = await ask(baseURL, { timestamp: Math.floor(Date.now() / 1000) - 600 });
  expect(old).toMatchObject({ status: 200, answer: { Error: { Code: "AuthFailure.SignatureExpire" } } });
  const changed = await ask(baseURL, { headers: { authorization: "TC3-HMAC-SHA256 nonsense" } });
  expect(changed.answer.Error.Code).toMatch(/^AuthFailure/);
});

test("a wrong secret and an unknown key are told apart", async () => {
  const wrong = vod({ ...API_KEY, secretKey: "not the secret of this key" });
  expect(await codeOf(wrong.DescribeTasks({}))).toBe("AuthFailure.SignatureFailure");
  const unknown = vod({ secretId: "AKIDnobody", secretKey: "whatever it may be" });
  expect(await codeOf(unknown.DescribeTasks({}))).toBe("AuthFailure.SecretIdNotFound");
});

test("what is no request of the API is answered in its words", async ({ baseURL }) => {
  const code = async (said: Said) => (await ask(baseURL, said)).answer.Error.Code;
  expect(await code({ action: "MakeCoffee" })).toBe("InvalidAction");
  expect(await code({ body: "{" })).toBe("InvalidParameter");
  expect(await code({ body: '{"Limit":"ten"}' })).toMatch(/^InvalidParameter/);
  expect(await code({ action: "DescribeTaskDetail" })).toBe("MissingParameter");
  expect(await code({ headers: { "x-tc-version": "1999-01-01" } })).toBe("NoSuchVersion");
  expect(await code({ body: JSON.stringify({ Status: "x".repeat(11_000_000) }) })).toBe("RequestSizeLimitExceeded");
});

test("another application's things are as if they were not there", async () => {
  const client = vod();
  const { SubAppId } = await client.CreateSubAppId({ Name: "Other" });
  expect(await codeOf(client.DescribeTaskDetail({ TaskId: "1-Procedure-0t0" }))).toMatch(
    /^(InvalidParameter|ResourceNotFound)/,
  );
  const { Definition = "" } = await client.CreateImageSpriteTemplate({
    ...{ SampleType: "Time", SampleInterval: 5, RowCount: 2, ColumnCount: 2, Width: 256, Height: 144, Name: "mine" },
  });
  // A key speaks for one application alone: another is none to it, whatever is asked.
  for (const asked of [
    client.DescribeImageSpriteTemplates({ SubAppId }),
    client.DeleteImageSpriteTemplate({ SubAppId, Definition: Number(Definition) }),
    client.SearchMedia({ SubAppId }),
  ])
    expect(await codeOf(asked)).toMatch(/SubAppId/);
  expect((await client.DescribeImageSpriteTemplates({ Definitions: [Number(Definition)] })).TotalCount).toBe(1);
  await client.DeleteImageSpriteTemplate({ Definition: Number(Definition) });
});
