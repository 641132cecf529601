import { describe, expect, test } from "vitest";
import {
  formatBitrate,
  formatBytes,
  formatDuration,
  formatElapsed,
  formatPercent,
  formatRelative,
  formatSize,
  formatSpeed,
  formatTimestamp,
} from "./format.ts";

test.each([
  [0, "0:00"],
  [0.2, "0:01"],
  [7.4, "0:07"],
  [725, "12:05"],
  [3723, "1:02:03"],
  [null, "—"],
])("a length of %s s reads %s", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test.each([
  [12.5, "0:12.5"],
  [12, "0:12"],
  [0.04, "0:00.04"],
  [61.0006, "1:01.001"],
])("the place %s s on a time line keeps its fraction: %s", (seconds, text) => {
  expect(formatTimestamp(seconds)).toBe(text);
});

test.each([
  ["en", 0, "0 bytes"],
  ["en", 999, "999 bytes"],
  ["en", 1000, "1 kB"],
  ["en", 12_345_678, "12.3 MB"],
  ["en", 256_000_000, "256 MB"],
  ["en", 5e15, "5,000 TB"],
  ["ko", 12_345_678, "12.3MB"],
  ["zh-CN", 12_345_678, "12.3 MB"],
])("%s: %d bytes read %s", (locale, bytes, text) => {
  expect(formatBytes(locale, bytes)).toBe(text);
});

test.each([
  [640_000, "640 kbps"],
  [2_440_000, "2.4 Mbps"],
  [0, "—"],
  [null, "—"],
])("%s bit/s read %s", (bitrate, text) => {
  expect(formatBitrate("en", bitrate)).toBe(text);
});

describe("elapsed time shows its two largest units", () => {
  test.each([
    ["en", 0.85, "850 ms"],
    ["en", 42, "42 sec"],
    ["en", 59.7, "1 min"],
    ["en", 185, "3 min 5 sec"],
    ["en", 7260, "2 hr 1 min"],
    ["en", 7205, "2 hr"],
    ["zh-CN", 185, "3分钟 5秒"],
    ["ko", 185, "3분 5초"],
  ])("%s: %d s is %s", (locale, seconds, text) => {
    expect(formatElapsed(locale, seconds)).toBe(text);
  });
});

test("100 % is kept for what is done", () => {
  expect(formatPercent("en", 99.9)).toBe("99%");
  expect(formatPercent("en", 100)).toBe("100%");
  expect(formatPercent("en", -1)).toBe("0%");
});

test("an unknown size or speed is a dash, a known one is exact", () => {
  expect(formatSize(1920, 1080)).toBe("1920 × 1080");
  expect(formatSize(null, 1080)).toBe("—");
  expect(formatSpeed("en", 2.44)).toBe("2.4×");
  expect(formatSpeed("en", 31.2)).toBe("31×");
});

test("relative times are counted down to minutes", () => {
  const now = new Date("2026-06-01T12:00:00Z");
  const ago = (seconds: number) => formatRelative("en", new Date(now.getTime() - seconds * 1000), now);
  expect(ago(20)).toBe("now");
  expect(ago(200)).toBe("3 min. ago");
  expect(ago(86_400)).toBe("yesterday");
  expect(formatRelative("ko", new Date(now.getTime() - 200_000), now)).toBe("3분 전");
});
