import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApi, type TestApi } from "../vod/test-api.ts";
import { serveVod } from "./serve-vod.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

test("errors are answers with status 200, in the shape that the vendor's clients read", async () => {
  const headers = { "content-type": "application/json", "x-tc-traceid": "3b241101-e2bb-4255-8caf-4136c566a962" };
  const request = new Request("http://127.0.0.1:3000/", { method: "POST", headers, body: "{}" });
  const response = await serveVod(request, api.services);
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toEqual({
    "cache-control": "no-store",
    "content-type": "application/json",
    "x-content-type-options": "nosniff",
    "x-tc-traceid": headers["x-tc-traceid"],
  });
  expect(await response.json()).toEqual({
    Response: { Error: { Code: "InvalidAction", Message: expect.any(String) }, RequestId: expect.any(String) },
  });
});

test("a trace id that no client makes is not repeated", async () => {
  const headers = { "x-tc-traceid": "x".repeat(129) };
  const response = await serveVod(new Request("http://127.0.0.1:3000/", { headers }), api.services);
  expect(response.headers.has("x-tc-traceid")).toBe(false);
});
