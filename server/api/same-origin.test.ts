import { expect, test } from "vitest";
import { isJson, isSameOrigin } from "./same-origin.ts";

const PUBLIC_URL = "https://video.example.com/";

test.each([
  ["our own page by the public address", { origin: "https://video.example.com", host: "127.0.0.1:3000" }, true],
  ["our own page by a LAN address", { origin: "http://192.168.1.5:3000", host: "192.168.1.5:3000" }, true],
  ["our own page, in a browser that says so", { "sec-fetch-site": "same-origin", host: "localhost:3000" }, true],
  ["another site", { origin: "https://evil.example", host: "192.168.1.5:3000" }, false],
  ["another port of our host", { origin: "http://192.168.1.5:8080", host: "192.168.1.5:3000" }, false],
  ["another site that pretends in Origin", { "sec-fetch-site": "cross-site", origin: "http://a", host: "a" }, false],
  ["a sibling site", { "sec-fetch-site": "same-site", origin: "https://x.example.com", host: "a" }, false],
  ["a sandboxed page", { origin: "null", host: "192.168.1.5:3000" }, false],
  ["a sandboxed page of ours", { "sec-fetch-site": "same-origin", origin: "null", host: "a" }, false],
  ["nobody who says anything", { host: "192.168.1.5:3000" }, false],
])("%s: %o is %s", (_, headers, expected) => {
  expect(isSameOrigin(new Headers(Object.entries(headers)), PUBLIC_URL)).toBe(expected);
});

test("only JSON is JSON", () => {
  const types = ["application/json", "Application/JSON; charset=utf-8", "text/plain", "multipart/form-data", ""];
  expect(types.map((type) => isJson(new Headers({ "content-type": type })))).toEqual([true, true, false, false, false]);
  expect(isJson(new Headers())).toBe(false);
});
