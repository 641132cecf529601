import { describe, expect, test } from "vitest";
import type { FrameTime } from "../../report/frame-times.ts";
import { findInStream } from "./find.ts";
import { healthCheckParams } from "./schema.ts";

const PARAMS = healthCheckParams.parse({});

function at(startSeconds: number, more: Partial<FrameTime> = {}): FrameTime {
  const usual = { durationSeconds: 0.04, decodeSeconds: startSeconds, key: false, corrupt: false, discarded: false };
  return { startSeconds, ...usual, ...more };
}

/** One every 40 ms for four seconds, the first of them a key frame. */
const PACKETS = Array.from({ length: 100 }, (_, n) => at(n / 25, { key: n === 0 }));

test("as many frames as packets is healthy", () => {
  expect(findInStream("video", PARAMS, PACKETS, PACKETS, null)).toEqual([]);
});

test("packets without frames are damage, near ones together", () => {
  const lost = [25, 26, 30, 80];
  const frames = PACKETS.filter((_, n) => !lost.includes(n));
  expect(findInStream("video", PARAMS, PACKETS, frames, null)).toEqual([
    {
      ...{ check: "damage", severity: "error", threshold: null },
      ...{ startSeconds: 1, endSeconds: expect.closeTo(1.24), measured: 3 },
    },
    {
      ...{ check: "damage", severity: "error", threshold: null },
      ...{ startSeconds: 3.2, endSeconds: expect.closeTo(3.24), measured: 1 },
    },
  ]);
});

test("a stream of which nothing can be decoded is damaged from end to end", () => {
  expect(findInStream("video", PARAMS, PACKETS, [], null)).toMatchObject([
    { check: "damage", startSeconds: 0, endSeconds: expect.closeTo(4), measured: 100 },
  ]);
});

test("fields in pairs, frames that are never shown and what precedes the first key frame are no damage", () => {
  const pairs = PACKETS.filter((_, n) => n % 2 === 0);
  expect(findInStream("video", PARAMS, PACKETS, pairs, null)).toEqual([]);
  const hidden = PACKETS.toSpliced(50, 0, at(1.97));
  expect(findInStream("video", PARAMS, hidden, PACKETS, null)).toEqual([]);
  const begun = PACKETS.map((packet, n) => ({ ...packet, key: n === 10 }));
  expect(findInStream("video", PARAMS, begun, PACKETS.slice(10), null)).toEqual([]);
  const primed = [at(-0.04, { discarded: true, key: true }), ...PACKETS];
  expect(findInStream("video", PARAMS, primed, PACKETS, null)).toEqual([]);
});

test("sound that is there for the decoder alone is no damage; a picture has none", () => {
  const late = PACKETS.slice(3).map((frame) => ({ ...frame, startSeconds: frame.startSeconds - 0.01 }));
  expect(findInStream("audio", PARAMS, PACKETS, late, null)).toEqual([]);
  expect(findInStream("video", PARAMS, PACKETS, late, null)).toMatchObject([
    { check: "damage", startSeconds: 0, measured: 3 },
  ]);
});

test("a demuxer's own complaint is damage, whatever was decoded", () => {
  const packets = PACKETS.with(50, at(2, { corrupt: true }));
  expect(findInStream("video", PARAMS, packets, PACKETS, null)).toMatchObject([
    { check: "damage", startSeconds: 2, measured: 1 },
  ]);
});

test("time without packets is a gap, and decoding times that do not grow are out of order", () => {
  const gap = PACKETS.filter((_, n) => n < 25 || n >= 60);
  expect(findInStream("video", PARAMS, gap, gap, null)).toEqual([
    {
      ...{ check: "gap", severity: "warning", threshold: 1 },
      ...{ startSeconds: 1, endSeconds: 2.4, measured: expect.closeTo(1.4) },
    },
  ]);
  const twice = PACKETS.with(50, at(2, { decodeSeconds: 1.96 }));
  expect(findInStream("video", PARAMS, twice, twice, null)).toMatchObject([
    { check: "order", severity: "warning", startSeconds: 2, measured: 1 },
  ]);
});

describe("of a stretch", () => {
  const STRETCH = { startSeconds: 1, endSeconds: 3 };
  const FRAMES = PACKETS.slice(25, 75);

  test("what is read on the way to it, and what was not decoded after it, is no damage", () => {
    expect(findInStream("video", PARAMS, PACKETS, FRAMES, STRETCH)).toEqual([]);
  });

  test("damage, gaps and disorder count inside of it only", () => {
    const packets = PACKETS.with(10, at(0.4, { corrupt: true, decodeSeconds: 0 })).with(80, at(3.2, { corrupt: true }));
    expect(findInStream("video", PARAMS, packets, FRAMES, STRETCH)).toEqual([]);
    expect(findInStream("video", PARAMS, packets.with(50, at(2, { corrupt: true })), FRAMES, STRETCH)).toMatchObject([
      { check: "damage", startSeconds: 2, measured: 1 },
    ]);
    const lost = FRAMES.toSpliced(20, 2);
    expect(findInStream("video", PARAMS, PACKETS, lost, STRETCH)).toMatchObject([
      { check: "damage", startSeconds: 1.8, measured: 2 },
    ]);
    const before = PACKETS.filter((_, n) => n < 1 || n >= 20);
    expect(findInStream("video", { ...PARAMS, gapSeconds: 0.5 }, before, FRAMES, STRETCH)).toEqual([]);
    const across = PACKETS.filter((_, n) => n < 20 || n >= 40);
    expect(findInStream("video", { ...PARAMS, gapSeconds: 0.5 }, across, PACKETS.slice(40, 75), STRETCH)).toMatchObject(
      [{ check: "gap", startSeconds: 0.8, endSeconds: 1.6 }],
    );
  });
});
