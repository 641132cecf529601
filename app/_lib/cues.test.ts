import { expect, test } from "vitest";
import { readTiles } from "./cues.ts";

const VTT = `WEBVTT

00:00:00.000 --> 00:00:10.000
sprite-001.jpg#xywh=0,0,142,80

1
00:10.000 --> 00:20.500
sprite-001.jpg#xywh=142,0,142,80

NOTE nothing to see

01:00:00.000 --> 01:00:10.000
sprite-002.jpg#xywh=0,80,142,80
`;

test("each cue is a tile of a sheet that lies beside the file", () => {
  expect(readTiles(VTT, "/files/token/sprite.vtt")).toEqual([
    { startSeconds: 0, endSeconds: 10, sheetUrl: "/files/token/sprite-001.jpg", x: 0, y: 0, width: 142, height: 80 },
    {
      startSeconds: 10,
      endSeconds: 20.5,
      sheetUrl: "/files/token/sprite-001.jpg",
      x: 142,
      y: 0,
      width: 142,
      height: 80,
    },
    {
      startSeconds: 3600,
      endSeconds: 3610,
      sheetUrl: "/files/token/sprite-002.jpg",
      x: 0,
      y: 80,
      width: 142,
      height: 80,
    },
  ]);
});

test("Windows line ends and captions that are no tiles do no harm", () => {
  expect(readTiles(VTT.replaceAll("\n", "\r\n"), "/a/b.vtt")).toHaveLength(3);
  expect(readTiles("WEBVTT\n\n00:00.000 --> 00:01.000\nHello.", "/a/b.vtt")).toEqual([]);
});
