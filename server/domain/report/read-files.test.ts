import { expect, test } from "vitest";
import { readFrameMetadata } from "./frame-metadata.ts";
import { readFrameTimes } from "./frame-times.ts";
import type { ScratchFiles } from "./scratch-files.ts";

function filesOf(text: string): ScratchFiles {
  return {
    async *lines() {
      yield* text.split("\n");
    },
  };
}

async function all<T>(found: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of found) items.push(item);
  return items;
}

test("what filters print is read frame by frame", async () => {
  const text = [
    "frame:0    pts:0       pts_time:0",
    "lavfi.idet.multiple.current_frame=undetermined",
    "lavfi.blur=4.795208",
    "frame:1    pts:1536    pts_time:0.12",
    "lavfi.blur=nan",
    "",
  ].join("\n");
  const frames = await all(readFrameMetadata(filesOf(text), "looks.txt"));
  expect(frames.map(({ seconds, values }) => [seconds, Object.fromEntries(values)])).toEqual([
    [0, { "idet.multiple.current_frame": "undetermined", blur: "4.795208" }],
    [0.12, { blur: "nan" }],
  ]);
  expect(await all(readFrameMetadata(filesOf(""), "none.txt"))).toEqual([]);
});

test("packets are read with their times, in seconds, and what their flags say", async () => {
  const text = [
    "#extradata 0:       40, 0x16350d2b",
    "#software: Lavf59.27.100",
    "#tb 0: 1/100",
    "#media_type 0: video",
    "0,         -4,          0,        4,     7606, 0x995001b4",
    "0,          0,         12,        4,     3075, 0x5eccab82, F=0x0",
    "0,          4,      NOPTS,        4,      472, 0x71f4d75b, F=0x2",
    "0,          8,          8,        4,      258, 0x2c5b786a, F=0x5, S=1,       10",
  ].join("\n");
  const usual = { durationSeconds: 0.04, key: false, corrupt: false, discarded: false };
  expect(await all(readFrameTimes(filesOf(text), "packets.txt"))).toEqual([
    { ...usual, decodeSeconds: -0.04, startSeconds: 0, key: true },
    { ...usual, decodeSeconds: 0, startSeconds: 0.12 },
    { ...usual, decodeSeconds: 0.04, startSeconds: 0.04, corrupt: true },
    { ...usual, decodeSeconds: 0.08, startSeconds: 0.08, key: true, discarded: true },
  ]);
});
