import { expect, test } from "vitest";
import { FileLinks } from "./file-links.ts";

const HOUR_MS = 3_600_000;
const SECRET_KEY = "a secret key of the installation, long enough";

const linksAt = (now: number, secretKey = SECRET_KEY) => new FileLinks(secretKey, () => now);
const tokenOf = (url: string): string => url.split("/")[2] ?? "";

test("a link to a file opens its folder, so that a playlist's segments are found next to it", () => {
  const links = linksAt(0);
  const url = links.url("a1/tasks/t/r/1/index 1.m3u8");
  expect(url).toMatch(/^\/files\/[\w.-]+\/index%201\.m3u8$/);
  expect(links.open(tokenOf(url))).toEqual({ ok: true, value: { of: "folder", prefix: "a1/tasks/t/r/1" } });
});

test("a download carries the name to save under", () => {
  expect(linksAt(0).downloadUrl("a1/x.mp4", "影片 & 1.mp4")).toMatch(
    /\/x\.mp4\?download=%E5%BD%B1%E7%89%87%20%26%201\.mp4$/,
  );
});

test("links of the same hour are the same, and each lives twelve hours at least and thirteen at most", () => {
  const early = linksAt(100 * HOUR_MS);
  const late = linksAt(101 * HOUR_MS - 1);
  const token = tokenOf(early.url("a1/x"));
  expect(tokenOf(late.url("a1/x"))).toBe(token);
  expect(tokenOf(linksAt(101 * HOUR_MS).url("a1/x"))).not.toBe(token);
  expect(linksAt(113 * HOUR_MS - 1).open(token).ok).toBe(true);
  expect(linksAt(113 * HOUR_MS).open(token)).toEqual({
    ok: false,
    failure: { code: "LINK_EXPIRED", detail: "expired" },
  });
});

test("a changed, foreign or made-up token opens nothing", () => {
  const links = linksAt(0);
  const token = tokenOf(links.url("a1/x"));
  const [body = "", signature = ""] = token.split(".");
  const otherBody = Buffer.from(JSON.stringify([99, { of: "folder", prefix: "a2" }])).toString("base64url");
  const foreign = tokenOf(linksAt(0, `${SECRET_KEY}!`).url("a1/x"));
  for (const wrong of ["", ".", body, `${body}.`, `${otherBody}.${signature}`, foreign, `${token.slice(0, -2)}AA`]) {
    expect(links.open(wrong), wrong).toEqual({ ok: false, failure: { code: "LINK_EXPIRED", detail: "signature" } });
  }
});
