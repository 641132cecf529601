import { expect, test } from "vitest";
import { cutCues } from "./cut-cues.ts";

test("of a stretch remain the cues that are seen in it, as long as they are seen", () => {
  const whole = [
    "WEBVTT",
    "00:00.200 --> 00:00.500\nover before",
    "00:01.000 --> 00:02.000 line:10%\n$& begins before\nin two lines",
    "00:02.500 --> 01:00:03.000\nends after",
    "01:00:00.000 --> 01:00:01.000\nlater\n",
  ].join("\n\n");
  expect(cutCues(whole, { startSeconds: 1.2, durationSeconds: 1.5 })).toBe(
    [
      "WEBVTT",
      "00:00:00.000 --> 00:00:00.800 line:10%\n$& begins before\nin two lines",
      "00:00:01.300 --> 00:00:01.500\nends after\n",
    ].join("\n\n"),
  );
  expect(cutCues("WEBVTT\n", { startSeconds: 0, durationSeconds: 9 })).toBe("WEBVTT\n");
});
