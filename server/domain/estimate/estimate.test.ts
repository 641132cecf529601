import { describe, expect, test } from "vitest";
import { OPERATION_KINDS, operation, planOperation } from "../operations/operation.ts";
import { aContext } from "../operations/test-plans.ts";
import type { PlanContext } from "../plan.ts";
import type { Complexity } from "./complexity.ts";
import { type Estimable, estimate, estimateRuns, totalOf } from "./estimate.ts";
import { NO_EXPERIENCE } from "./experience.ts";

const FILMED: Complexity = {
  large: { widthPx: 1280, heightPx: 720, film: { keyBytes: 60_000, otherBytes: 6000 }, pictureBytes: 110_000 },
  small: { widthPx: 640, heightPx: 360, film: { keyBytes: 20_000, otherBytes: 2000 }, pictureBytes: 35_000 },
  poor: { keyBytes: 8000, otherBytes: 500 },
  soundBps: 126_000,
};
const STILL: Complexity = {
  large: { ...FILMED.large, film: { keyBytes: 2000, otherBytes: 40 } },
  small: { ...FILMED.small, film: { keyBytes: 1500, otherBytes: 20 } },
  poor: { keyBytes: 1200, otherBytes: 18 },
  soundBps: 2000,
};

function planned(kind: string, params: object, context: PlanContext = aContext()): Estimable {
  const parsed = operation.parse({ kind, params });
  const plan = planOperation(parsed, context);
  if (!plan.ok) throw new Error(plan.failure.detail);
  return { operation: parsed, plan: plan.value, context };
}

function estimateOf(kind: string, params: object, complexity: Complexity | null = FILMED, context = aContext()) {
  const [run] = estimateRuns([planned(kind, params, context)], { complexity, experience: NO_EXPERIENCE });
  const [member] = run?.members ?? [];
  if (member === undefined) throw new Error("Nothing was estimated");
  return estimate.parse(member.estimate);
}

const bytesOf = (params: object, complexity: Complexity | null = FILMED) =>
  estimateOf("transcode", params, complexity).sizeBytes.expected;

describe("size", () => {
  test("a rate is what comes out, for so many seconds, and its sound beside it", () => {
    const bytes = bytesOf({ video: { heightPx: 720, bitrateKbps: 1800 }, audio: { bitrateKbps: 128 } });
    expect(bytes).toBeGreaterThan((25 * 1_800_000) / 8);
    expect(bytes).toBeLessThan(1.05 * ((25 * 1_928_000) / 8));
  });

  test("a picture that stands still does not need the rate it is offered", () => {
    expect(bytesOf({ video: { heightPx: 720, bitrateKbps: 1800 }, audio: null }, STILL)).toBeLessThan(1_000_000);
  });

  test("a constant rate is filled even so", () => {
    const video = { heightPx: 720, rateMode: "cbr", bitrateKbps: 1800 };
    expect(bytesOf({ video, audio: null }, STILL)).toBeGreaterThan((25 * 1_800_000) / 8);
  });

  test("a worse quality, a smaller picture, fewer frames: each is smaller, and a plainer film as well", () => {
    const quality = (more: object, complexity = FILMED) =>
      bytesOf({ video: { rateMode: "crf", crf: 23, ...more }, audio: null }, complexity);
    expect(quality({ crf: 29 })).toBeLessThan(0.65 * quality({}));
    expect(quality({ heightPx: 360 })).toBeLessThan(0.5 * quality({}));
    expect(quality({ framesPerSecond: 12 })).toBeLessThan(0.85 * quality({}));
    expect(quality({}, STILL)).toBeLessThan(0.1 * quality({}));
  });

  test("near silence takes a fraction of the rate of sound", () => {
    const loud = estimateOf("audio", { bitrateKbps: 128 }).sizeBytes.expected;
    expect(estimateOf("audio", { bitrateKbps: 128 }, STILL).sizeBytes.expected).toBeLessThan(0.2 * loud);
    expect(loud).toBeCloseTo(25 * 16_000, -5);
  });

  test("a copy is as large as its share of the source, and segments of MPEG-TS a little larger", () => {
    const { sizeBytes } = aContext().media;
    const copied = (params: object) => estimateOf("remux", params).sizeBytes.expected;
    expect(copied({}) / sizeBytes).toBeCloseTo(1, 1);
    expect(copied({ startOffsetSeconds: 5, endOffsetSeconds: 10 }) / sizeBytes).toBeCloseTo(0.2, 1);
    expect(copied({ container: "hls" })).toBeGreaterThan(copied({}));
  });

  test("pictures count, and a PNG is several times a JPEG", () => {
    const of = (count: number, format = "jpg") =>
      estimateOf("sampled-snapshot", { format, interval: { unit: "count", count } }).sizeBytes.expected;
    expect(of(20) / of(10)).toBeCloseTo(2, 1);
    expect(of(10, "png")).toBeGreaterThan(4 * of(10));
  });

  test("of a sheet its tiles count, not what is left empty", () => {
    const of = (count: number) => estimateOf("sprite", { interval: { unit: "count", count } }).sizeBytes.expected;
    expect(of(20)).toBeGreaterThan(1.6 * of(10));
  });

  test("every rung of an adaptive stream is counted", () => {
    const rung = (kbps: number, heightPx: number) => ({ video: { heightPx, bitrateKbps: kbps }, audio: null });
    const of = (...rungs: object[]) => estimateOf("adaptive-streaming", { rungs }).sizeBytes.expected;
    const both = of(rung(400, 360), rung(1800, 720));
    expect(both / (of(rung(400, 360)) + of(rung(1800, 720)))).toBeCloseTo(1, 1);
  });

  test("where nobody has looked, a source's own rate tells a rich film from a poor one", () => {
    const video = { rateMode: "crf", crf: 23, heightPx: 720 };
    const of = (bitrateBps: number) => {
      const { media } = aContext();
      const context = aContext({ video: media.video && { ...media.video, bitrateBps } });
      return estimateOf("transcode", { video, audio: null }, null, context).sizeBytes.expected;
    };
    expect(of(12_000_000)).toBeGreaterThan(2 * of(1_000_000));
  });
});

describe("time", () => {
  const secondsOf = (params: object) => estimateOf("transcode", params).seconds.expected;

  test("more pixels, a slower encoder, made-up frames, two passes: each takes longer", () => {
    const small = secondsOf({ video: { heightPx: 360, bitrateKbps: 400 } });
    const large = secondsOf({ video: { heightPx: 1080, bitrateKbps: 2500 } });
    expect(large).toBeGreaterThan(2 * small);
    expect(secondsOf({ video: { codec: "h265", heightPx: 1080, bitrateKbps: 2500 } })).toBeGreaterThan(1.5 * large);
    const thorough = { heightPx: 360, bitrateKbps: 400, rateMode: "abr", passes: "two" };
    expect(secondsOf({ video: thorough })).toBeGreaterThan(1.3 * small);
    expect(secondsOf({ video: { heightPx: 360, enhance: { interpolateTo: 60 } } })).toBeGreaterThan(5 * small);
  });

  test("a copy takes next to no time, whatever its length", () => {
    expect(estimateOf("remux", {}).seconds.expected).toBeLessThan(0.5);
  });

  test("a few seconds of a film take a few seconds' time", () => {
    const video = { heightPx: 720, bitrateKbps: 1800 };
    const part = secondsOf({ video, startOffsetSeconds: 10, endOffsetSeconds: 15 });
    expect(part).toBeLessThan(0.35 * secondsOf({ video }));
  });

  test("what shares a decode is one run, which reads the source once; what does not is another", () => {
    const rendition = (heightPx: number) => planned("transcode", { video: { heightPx, bitrateKbps: 800 } });
    const known = { complexity: FILMED, experience: NO_EXPERIENCE };
    const runs = estimateRuns([rendition(720), rendition(360), planned("remux", {})], known);
    expect(runs.map(({ members }) => members.length)).toEqual([2, 1]);
    const apart = [720, 360].flatMap((heightPx) => estimateRuns([rendition(heightPx)], known));
    expect(runs[0]?.seconds.expected).toBeLessThan(0.95 * totalOf(apart).seconds.expected);
    expect(runs[0]?.merged.commands).toHaveLength(1);
    // Both end when their process does.
    expect(runs[0]?.members[0]?.estimate.seconds).toEqual(runs[0]?.members[1]?.estimate.seconds);
  });
});

test("experience moves both, and only what it is of", () => {
  const one = planned("transcode", { video: { heightPx: 720, rateMode: "crf", crf: 23 } });
  const known = { complexity: FILMED, experience: NO_EXPERIENCE };
  const [before] = estimateRuns([one], known).flatMap(({ members }) => members);
  if (before === undefined) throw new Error("Nothing was estimated");
  const { sizeKey, timeKey } = before.estimate.model;
  const tenTimes = (ratio: number) => Array(10).fill(ratio);
  const experience = { sizes: { [sizeKey]: tenTimes(0.5) }, times: { [timeKey]: tenTimes(4) } };
  const [after] = estimateRuns([one], { ...known, experience }).flatMap(({ members }) => members);
  expect(after?.estimate.sizeBytes.expected).toBeLessThan(0.6 * before.estimate.sizeBytes.expected);
  expect(after?.estimate.seconds.expected).toBeGreaterThan(3 * before.estimate.seconds.expected);
  // By the model it is measured again.
  expect(after?.estimate.model).toEqual(before.estimate.model);
});

test.each(OPERATION_KINDS.filter((kind) => kind !== "edit" && kind !== "split"))(
  "%s has ranges that hold their expectation, with and without a look at the media",
  (kind) => {
    for (const complexity of [FILMED, STILL, null]) {
      const { sizeBytes, seconds } = estimateOf(kind, {}, complexity);
      for (const { low, expected, high } of [sizeBytes, seconds]) {
        expect(low).toBeLessThanOrEqual(expected);
        expect(high).toBeGreaterThanOrEqual(expected);
        expect(expected).toBeGreaterThan(0);
        expect(Number.isFinite(high)).toBe(true);
      }
    }
  },
);

test.each([
  ["edit", { clips: [{ endOffsetSeconds: 10 }, { startOffsetSeconds: 15 }] }],
  ["edit", { cutMode: "fast", clips: [{ endOffsetSeconds: 10 }, { startOffsetSeconds: 15 }] }],
  ["split", { endOffsetSeconds: 20 }],
])("%s of 20 s is estimated, pieces that are joined included: %j", (kind, params) => {
  const { sizeBytes, seconds } = estimateOf(kind, params);
  expect(sizeBytes.expected).toBeGreaterThan(3_000_000);
  expect(sizeBytes.expected).toBeLessThan(30_000_000);
  expect(seconds.expected).toBeGreaterThan(0);
});
