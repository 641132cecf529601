/** How large what a subtask makes will be, and how long it will take: as ranges, before anything runs. */
import { z } from "zod";
import type { Plan, PlanContext } from "../plan.ts";
import { groupByReading, type PlannedOperation } from "../sharing/group.ts";
import { mergePlans } from "../sharing/merge-plans.ts";
import type { Complexity } from "./complexity.ts";
import { type Experience, learnt, type Range, speedOf, sumOf } from "./experience.ts";
import { filmBytes } from "./film-size.ts";
import { guessComplexity } from "./guess-complexity.ts";
import { sizeOf } from "./size.ts";
import { processorSeconds } from "./time.ts";
import { type Film, type Work, worksOf } from "./workload.ts";

const range = z.strictObject({ low: z.number(), expected: z.number(), high: z.number() });

export const estimate = z.strictObject({
  sizeBytes: range,
  /** Of the run that carries it out, with all others that share it: they end together. */
  seconds: range,
  /** What the model said before experience; by it later ones learn. */
  model: z.strictObject({ sizeKey: z.string(), sizeBytes: z.number(), timeKey: z.string(), seconds: z.number() }),
});
export type Estimate = z.output<typeof estimate>;

export interface Estimable extends PlannedOperation {
  context: PlanContext;
}

export interface Known {
  /** Null: nobody has looked at the media yet. */
  complexity: Complexity | null;
  experience: Experience;
}

export interface EstimatedRun<T> {
  members: readonly (T & { estimate: Estimate })[];
  /** Its commands, those of several as one. */
  merged: Plan;
  seconds: Range;
}

/** How far reality may lie from the model where there is no experience, by how the size is decided. */
const SIZE_SPREAD: Record<string, number> = {
  rate: 1.15,
  constant: 1.06,
  copy: 1.05,
  quality: 1.5,
  pictures: 1.35,
  animation: 2,
  sound: 1.1,
};
const SIZE_SPREAD_OTHER = 1.5;
/** An installation that has run nothing yet: several cores share the work. */
const SPEED_USUAL = 0.8;
const TIME_SPREAD = 1.6;

/** What shares a decode is one run, and takes its time once. */
export function estimateRuns<T extends Estimable>(planned: readonly T[], known: Known): EstimatedRun<T>[] {
  return groupByReading(planned).map((group) => estimateRun(group, known));
}

function estimateRun<T extends Estimable>(group: readonly T[], { complexity, experience }: Known): EstimatedRun<T> {
  const members = group.map((member) => {
    const { plan, context } = member;
    const look = complexity ?? guessComplexity(context.media);
    const works = worksOf(plan, context);
    const sizeBytes = sizeOf(plan, works, context, look);
    const seconds = processorSeconds(works, (film) => filmBytes(film, look));
    return { member, works, sizeBytes, seconds, look };
  });
  const merged = mergePlans(group.map(({ plan }) => plan));
  const seconds = modelledSeconds(members);
  const timeKey = timeKeyOf(members.flatMap(({ works }) => works));
  const took = learnt(experience.times[timeKey] ?? [], TIME_SPREAD, speedOf(experience, SPEED_USUAL));
  return {
    merged,
    seconds: times(took, seconds),
    members: members.map(({ member, works, sizeBytes }) => {
      const { key: sizeKey, spread } = sizeKeyOf(works);
      const made = learnt(experience.sizes[sizeKey] ?? [], spread, 1);
      return {
        ...member,
        estimate: {
          sizeBytes: times(made, sizeBytes),
          seconds: times(took, seconds),
          model: { sizeKey, sizeBytes, timeKey, seconds },
        },
      };
    }),
  };
}

/** Of those who share a process: what all of them read is read once. */
function modelledSeconds(members: readonly { works: readonly Work[]; look: Complexity }[]): number {
  return members.reduce((sum, { works, look }, index) => {
    const own = index === 0 ? works : works.map((work) => ({ ...work, reading: [], readBytes: 0 }));
    return sum + processorSeconds(own, (film) => filmBytes(film, look));
  }, 0);
}

function times({ low, expected, high }: Range, factor: number): Range {
  return { low: low * factor, expected: expected * factor, high: high * factor };
}

export function totalOf(runs: readonly EstimatedRun<unknown>[]): { sizeBytes: Range; seconds: Range } {
  const estimates = runs.flatMap(({ members }) => members.map((member) => member.estimate));
  return {
    sizeBytes: sumOf(estimates.map(({ sizeBytes }) => sizeBytes)),
    seconds: sumOf(runs.map(({ seconds }) => seconds)),
  };
}

/** By what decides its size. */
function sizeKeyOf(works: readonly Work[]): { key: string; spread: number } {
  const of = (decided: string, what: string) => ({
    key: `${decided} ${what}`,
    spread: SIZE_SPREAD[decided] ?? SIZE_SPREAD_OTHER,
  });
  const [animation] = works.flatMap(({ animations }) => animations);
  if (animation !== undefined) return of("animation", animation.encoder);
  const film = largestOf(works);
  if (film !== undefined) {
    const { rate, encoder, preset } = film;
    return of(rate.by === "rate" && rate.constant ? "constant" : rate.by, `${encoder} ${preset}`);
  }
  const [picture] = works.flatMap(({ pictures }) => pictures);
  if (picture !== undefined) return of("pictures", `${picture.tiled ? "tiles " : ""}${picture.encoder}`);
  if (works.some(({ copies }) => copies.length > 0)) return of("copy", "");
  const [sound] = works.flatMap(({ sounds }) => sounds);
  return sound === undefined ? of("report", "") : of("sound", sound.encoder);
}

/** By what takes most of its time. */
function timeKeyOf(works: readonly Work[]): string {
  const film = largestOf(works);
  if (film !== undefined) return `${film.encoder} ${film.preset}`;
  const [animation] = works.flatMap(({ animations }) => animations);
  if (animation !== undefined) return animation.encoder;
  const [picture] = works.flatMap(({ pictures }) => pictures);
  if (picture !== undefined) return picture.encoder;
  if (works.some(({ copies }) => copies.length > 0)) return "copy";
  const [sound] = works.flatMap(({ sounds }) => sounds);
  return sound?.encoder ?? "reading";
}

function largestOf(works: readonly Work[]): Film | undefined {
  const pixelsOf = (film: Film) => film.widthPx * film.heightPx;
  return works.flatMap(({ films }) => films).toSorted((a, b) => pixelsOf(b) - pixelsOf(a))[0];
}
