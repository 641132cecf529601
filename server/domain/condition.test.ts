import { expect, test } from "vitest";
import { type Condition, condition, FACT_NAMES, factsOf, holds } from "./condition.ts";
import { blankInfo, type MediaInfo } from "./media.ts";
import { A_VIDEO } from "./operations/test-plans.ts";

const PHONE: MediaInfo = {
  ...blankInfo(5_000_000),
  ...{ formatName: "mov,mp4,m4a", durationSeconds: 40, bitrateBps: 1_000_000 },
  video: { ...A_VIDEO, widthPx: 1920, heightPx: 1080, rotationDegrees: 90, sampleAspectRatio: 1, dynamicRange: "hlg" },
};
const SONG: MediaInfo = { ...blankInfo(900_000), formatName: "mp3", durationSeconds: 200 };

test.each<[string, Condition, boolean, boolean]>([
  ["a turned video is as high as it is shown", { fact: "heightPx", is: "atLeast", value: 1920 }, true, false],
  ["its short side is its width", { fact: "shortSidePx", is: "equals", value: 1080 }, true, false],
  ["what a song does not have is not small either", { fact: "widthPx", is: "below", value: 5000 }, true, false],
  ["nor is it something else", { fact: "videoCodec", is: "differs", value: "h264" }, A_VIDEO.codec !== "h264", false],
  ["kinds are told apart", { fact: "kind", is: "differs", value: "audio" }, true, false],
  ["lengths are compared", { fact: "durationSeconds", is: "above", value: 100 }, false, true],
  ["flags are either", { fact: "hdr", is: "equals", value: true }, true, false],
  ["the first name of a container counts", { fact: "container", is: "equals", value: "mp3" }, false, true],
])("%s", (_, one, ofPhone, ofSong) => {
  expect(condition.parse(one)).toEqual(one);
  expect([holds([one], PHONE), holds([one], SONG)]).toEqual([ofPhone, ofSong]);
});

test("none always holds; of several every one has to", () => {
  expect(holds([], SONG)).toBe(true);
  const long: Condition = { fact: "durationSeconds", is: "atLeast", value: 100 };
  const mute: Condition = { fact: "hasAudio", is: "equals", value: false };
  expect(holds([long, mute], SONG)).toBe(true);
  expect(holds([long, { ...mute, value: true }], SONG)).toBe(false);
});

test("a script is told every fact that there is", () => {
  expect(Object.keys(factsOf({ ...PHONE, audio: [] })).sort()).toEqual(
    FACT_NAMES.filter((name) => name !== "audioCodec").toSorted(),
  );
  expect(factsOf(SONG)).not.toHaveProperty("widthPx");
});

test.each([
  { fact: "widthPx", is: "atLeast", value: "1080" },
  { fact: "widthPx", is: "differs", value: 1080 },
  { fact: "hdr", is: "equals", value: "true" },
  { fact: "kind", is: "equals", value: "film" },
  { fact: "__proto__", is: "equals", value: 1 },
])("%j makes no sense", (one) => {
  expect(condition.safeParse(one).success).toBe(false);
});
