import { expect, test } from "vitest";
import { type ClipDraft, cutAt, movedClip, newClip, readClip } from "./clip-draft.ts";

const CLIP: ClipDraft = { key: 0, mediaId: "1", start: "", end: "", name: "" };
const times = (clips: readonly ClipDraft[]) => clips.map(({ key, start, end }) => [key, start, end]);

test("empty times are the whole media, and typed ones are read", () => {
  expect(readClip(CLIP, 12.34)).toMatchObject({
    value: { startOffsetSeconds: 0, endOffsetSeconds: 0, startSeconds: 0, endSeconds: 12.34 },
  });
  expect(readClip({ ...CLIP, start: "0:01.5", end: "1:02" }, 90)).toMatchObject({
    value: { startOffsetSeconds: 1.5, endOffsetSeconds: 62 },
  });
  // Shown as 0:12.346.
  expect(readClip({ ...CLIP, end: "12.346" }, 12.3456)).toMatchObject({ value: { endOffsetSeconds: 0 } });
});

test.each([
  [{ start: "x" }, { start: "badTime" }],
  [{ end: "1:99" }, { end: "badTime" }],
  [{ start: "10" }, { start: "startOutside" }],
  [{ end: "10.5" }, { end: "endOutside" }],
  [{ start: "4", end: "4" }, { end: "endBeforeStart" }],
  [
    { start: "x", end: "11" },
    { start: "badTime", end: "endOutside" },
  ],
])("%o of ten seconds says what is wrong, by field", (typed, errors) => {
  expect(readClip({ ...CLIP, ...typed }, 10)).toEqual({ ok: false, failure: errors });
});

test("a cut makes two clips that meet, and outside of the clip none", () => {
  const clips = [
    { ...CLIP, start: "0:02" },
    { ...CLIP, key: 7 },
  ];
  expect(times(cutAt(clips, 0, 5.04, 10))).toEqual([
    [0, "0:02", "0:05.04"],
    [8, "0:05.04", ""],
    [7, "", ""],
  ]);
  expect(cutAt(clips, 0, 1, 10)).toEqual(clips);
});

test("clips trade places with their neighbours, and the ends stay", () => {
  const clips = [CLIP, newClip([CLIP], "2")];
  expect(movedClip(clips, 1, -1).map(({ key }) => key)).toEqual([1, 0]);
  expect(movedClip(clips, 0, -1)).toEqual(clips);
});
