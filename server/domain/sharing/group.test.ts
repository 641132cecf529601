import { expect, test } from "vitest";
import { type Operation, operation, planOperation } from "../operations/operation.ts";
import { A_VIDEO, aContext } from "../operations/test-plans.ts";
import type { PlanContext } from "../plan.ts";
import { groupByReading } from "./group.ts";

type Wish = [kind: Operation["kind"], params?: object];

/** The groups by the places of their members. */
function groupsOf(wishes: readonly Wish[], context: PlanContext = aContext()): number[][] {
  const planned = wishes.map(([kind, params = {}], place) => {
    const wish = operation.parse({ kind, params });
    const plan = planOperation(wish, context);
    if (!plan.ok) throw new Error(plan.failure.code);
    return { operation: wish, plan: plan.value, place };
  });
  return groupByReading(planned).map((members) => members.map(({ place }) => place));
}

const rendition = (heightPx: number, more: object = {}, video: object = {}): Wish => [
  "transcode",
  { ...more, video: { heightPx, ...video } },
];

test("renditions, sampled pictures and sprites of the whole source go together", () => {
  const hls = rendition(720, { container: "hls" });
  expect(groupsOf([rendition(360), hls, ["sampled-snapshot"], ["sprite"]])).toEqual([[0, 1, 2, 3]]);
});

test("what would make the others wait, or decodes no frames that others need, goes alone", () => {
  const alone: Wish[] = [
    rendition(360, {}, { codec: "h265" }),
    rendition(360, {}, { codec: "av1" }),
    rendition(360, {}, { enhance: { interpolateTo: 50 } }),
    rendition(360, {}, { passes: "two", bitrateKbps: 500 }),
    ["transcode", { headTails: [{ template: 1, heads: [{ mediaId: "2" }] }] }],
    ["transcode", { video: null }],
    ["remux"],
    ["audio"],
    ["cover"],
    ["snapshot", { positions: [{ value: 0 }] }],
    ["animated-graphic"],
    ["adaptive-streaming"],
  ];
  const wishes = alone.flatMap((wish) => [wish, wish]);
  const files = { 2: { of: "media", path: "/run/2", info: aContext().media } } as const;
  expect(groupsOf(wishes, { ...aContext(), files })).toEqual(wishes.map((_, place) => [place]));
});

test("what reads one stretch of the source goes with others of that stretch only", () => {
  const [from5, until9] = [{ startOffsetSeconds: 5 }, { endOffsetSeconds: 9 }];
  const wishes = [{}, from5, until9, from5, {}, until9].map((range) => rendition(360, range));
  expect(groupsOf(wishes)).toEqual([
    [0, 4],
    [1, 3],
    [2, 5],
  ]);
});

test("pictures of a long source are sought rather than decoded, unless they are close together", () => {
  const context = aContext({ durationSeconds: 3600 });
  const close = { interval: { unit: "seconds", value: 5 } };
  expect(groupsOf([rendition(360), ["sprite"], ["sampled-snapshot"], ["sprite", close]], context)).toEqual([
    [0, 3],
    [1],
    [2],
  ]);
});

test("one process encodes a 4K rendition and some smaller ones, not two of 4K", () => {
  const context = aContext({ video: { ...A_VIDEO, widthPx: 3840, heightPx: 2160 } });
  const wishes = [2160, 2160, 1080, 720, 540, 360, 1440].map((heightPx) => rendition(heightPx));
  // Pictures of any size are no burden.
  expect(groupsOf([...wishes, ["sampled-snapshot"]], context)).toEqual([
    [0, 2, 3, 4, 5, 7],
    [1, 6],
  ]);
});
