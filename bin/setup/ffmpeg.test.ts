import { describe, expect, test } from "vitest";
import { isRecentEnough, missingEncoders, requireFfmpeg, versionOf } from "./ffmpeg.ts";

describe("ffmpeg's version", () => {
  test.each([
    ["ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000-2026", true],
    ["ffmpeg version n7.1 Copyright (c) 2000-2026", true],
    ["ffmpeg version N-118000-gabcdef Copyright (c) 2000-2026", true],
    ["ffmpeg version git-2026-01-01-abcdef Copyright", true],
    ["ffmpeg version 4.4.2-0ubuntu0.22.04.1 Copyright (c) 2000-2021", false],
    ["something else", false],
  ])("%s: new enough is %s", (line, isEnough) => {
    expect(isRecentEnough(versionOf(line))).toBe(isEnough);
  });
});

test("encoders are told apart from those whose name only begins alike", () => {
  const list = [" V....D libx264rgb           H.264 RGB", " A....D aac                  AAC (Advanced Audio Coding)"];
  expect(missingEncoders(list.join("\n"))).toEqual(["libx264", "libmp3lame"]);
});

test("the ffmpeg of this machine has what we need", async () => {
  expect(isRecentEnough(await requireFfmpeg())).toBe(true);
});
