import { expect, test } from "vitest";
import { isSame, mergeDrafts } from "./merge-drafts.ts";

const BASE = { container: "mp4", video: { codec: "h264", heightPx: 720 }, rungs: [{ a: 1 }, { a: 2 }] };

test("changes of different fields are both kept, at any depth", () => {
  const mine = { ...BASE, video: { ...BASE.video, heightPx: 480 }, rungs: [{ a: 1 }, { a: 9 }] };
  const theirs = { ...BASE, container: "hls", video: { ...BASE.video, codec: "h265" }, rungs: [{ a: 7 }, { a: 2 }] };
  expect(mergeDrafts(BASE, mine, theirs)).toEqual({
    container: "hls",
    video: { codec: "h265", heightPx: 480 },
    rungs: [{ a: 7 }, { a: 9 }],
  });
});

test("where both changed one thing, mine counts", () => {
  expect(mergeDrafts(BASE, { ...BASE, container: "flv" }, { ...BASE, container: "hls" })).toMatchObject({
    container: "flv",
  });
  expect(mergeDrafts(BASE, { ...BASE, rungs: [{ a: 3 }] }, { ...BASE, rungs: [] })).toMatchObject({
    rungs: [{ a: 3 }],
  });
});

test("what I left out stays out, and what they left out does, too", () => {
  expect(mergeDrafts(BASE, { ...BASE, video: null }, { ...BASE, container: "hls" })).toEqual({
    ...BASE,
    container: "hls",
    video: null,
  });
  const { container: _, ...without } = BASE;
  expect(mergeDrafts(BASE, BASE, without)).toEqual(without);
});

test("the order of fields makes no difference", () => {
  expect(isSame({ a: 1, b: [{ c: 2 }] }, { b: [{ c: 2 }], a: 1 })).toBe(true);
  expect(isSame({ a: 1 }, { a: 1, b: 2 })).toBe(false);
});
