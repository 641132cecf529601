/**
 * What finished runs taught: how much more or less than the model said was made of what, and how long it took. By it an
 * installation learns the speed of its machines and what its media are like.
 */

/** Real over modelled, newest first, by what was done (`sizeKey`, `timeKey` of an estimate). */
export interface Experience {
  sizes: Readonly<Record<string, readonly number[]>>;
  times: Readonly<Record<string, readonly number[]>>;
}

export const NO_EXPERIENCE: Experience = { sizes: {}, times: {} };

export interface Range {
  low: number;
  expected: number;
  high: number;
}

/** So many of the newest count: machines change, and so do the media that come in. */
const REMEMBERED = 40;
/** As much weight as so many runs has the model alone. */
const DOUBT = 1;
/** From so many runs on their own spread says how far the next one may lie. */
const SPREAD_FROM = 6;
/** Two thirds of a hundred lie within; the others may be anything. */
const WITHIN = { low: 0.1, high: 0.9 };

/** A ratio by which the model is multiplied, with how far reality may lie on both sides of it. */
export function learnt(ratios: readonly number[], spread: number, prior: number): Range {
  const logs = ratios
    .filter((ratio) => ratio > 0 && Number.isFinite(ratio))
    .slice(0, REMEMBERED)
    .map(Math.log);
  const middle = logs.length === 0 ? Math.log(prior) : quantile(logs, 0.5);
  const weight = logs.length / (logs.length + DOUBT);
  const expected = Math.exp(weight * middle + (1 - weight) * Math.log(prior));
  const usual = { low: expected / spread, high: expected * spread };
  if (logs.length < SPREAD_FROM) return { expected, ...usual };
  return {
    expected,
    // One that was always the same is not promised to the byte.
    low: Math.min(expected / LEAST_SPREAD, Math.exp(quantile(logs, WITHIN.low))),
    high: Math.max(expected * LEAST_SPREAD, Math.exp(quantile(logs, WITHIN.high))),
  };
}
const LEAST_SPREAD = 1.03;

/** What is known of a machine's speed by everything it did: what a kind of work it has not done yet begins with. */
export function speedOf({ times }: Experience, usual: number): number {
  const medians = Object.values(times).flatMap((ratios) =>
    ratios.length === 0 ? [] : [quantile(ratios.slice(0, REMEMBERED).map(Math.log), 0.5)],
  );
  return medians.length === 0 ? usual : Math.exp(quantile(medians, 0.5));
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const [below = 0, above = below] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below + (above - below) * (place - Math.floor(place));
}

/** Errors of several that have nothing to do with each other cancel out in part. */
export function sumOf(ranges: readonly Range[]): Range {
  const expected = ranges.reduce((sum, range) => sum + range.expected, 0);
  const away = (side: "low" | "high") => Math.hypot(...ranges.map((range) => range[side] - range.expected));
  return { low: Math.max(0, expected - away("low")), expected, high: expected + away("high") };
}
