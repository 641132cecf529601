import { describe, expect, test } from "vitest";
import { isTimeZone, negotiateLocale } from "./locale.ts";

describe("the language of a first visit", () => {
  test.each([
    [null, "en"],
    ["", "en"],
    ["ko-KR,ko;q=0.9,en-US;q=0.8", "ko"],
    ["zh-TW,zh;q=0.9,en;q=0.8", "zh-CN"],
    ["fr-FR,fr;q=0.9", "en"],
    ["en;q=0.4,zh-CN;q=0.7", "zh-CN"],
    ["ko;q=0,en", "en"],
    ["*", "en"],
  ])("%s is answered in %s", (header, locale) => {
    expect(negotiateLocale(header)).toBe(locale);
  });
});

test("only time zones the runtime knows are accepted from a cookie", () => {
  expect(isTimeZone("Asia/Seoul")).toBe(true);
  expect(isTimeZone("Mars/Olympus")).toBe(false);
  expect(isTimeZone(undefined)).toBe(false);
});
