import { expect, test } from "vitest";
import { parseKeyFrames } from "./key-frames.ts";

test("key frames are told from the beginning of the media", () => {
  const csv = "packet,1.400000,K_\npacket,1.480000,__\npacket,1.440000,__\npacket,2.400000,K__\nformat,1.400000\n";
  expect(parseKeyFrames(csv)).toEqual({ seconds: [0, 1], closed: true });
});

test("a frame that is shown before the key frame it follows refers across it", () => {
  const csv = "packet,0.000000,K_\npacket,0.080000,__\npacket,0.200000,K_\npacket,0.160000,__\nformat,0.000000";
  expect(parseKeyFrames(csv)).toEqual({ seconds: [0, 0.2], closed: false });
});

test("nothing is known where a time is missing", () => {
  expect(parseKeyFrames("packet,N/A,K_\nformat,0.000000")).toBeNull();
  expect(parseKeyFrames("")).toBeNull();
});
