/** `SampleType` and `SampleInterval`: how far apart pictures are taken. */
import { z } from "zod";
import type { IntervalOrScenes } from "#domain/operations/interval.ts";
import type { Template } from "#domain/template.ts";
import { wordsOf } from "../words.ts";

const units = wordsOf({ percent: "Percent", seconds: "Time" });

export const sampleFields = {
  SampleType: z.enum(units.wire).optional(),
  SampleInterval: z.int().min(1).max(86_400).optional(),
};
const sample = z.object(sampleFields);

/** Either may be changed alone. */
export function sampleOf({ SampleType, SampleInterval }: z.output<typeof sample>, current: Template | null) {
  if (SampleType === undefined && SampleInterval === undefined) return {};
  const before = current !== null && "interval" in current.params ? current.params.interval : null;
  const known = before !== null && "value" in before ? before : { unit: "percent" as const, value: 10 };
  return {
    interval: {
      unit: SampleType === undefined ? known.unit : units.toOurs(SampleType),
      value: SampleInterval ?? known.value,
    },
  };
}

/** The contract has no words for a number of pictures, or for scenes; templates of the console may say these. */
export function wireSampleOf(interval: IntervalOrScenes) {
  switch (interval.unit) {
    case "percent":
    case "seconds":
      return { SampleType: units.toWire(interval.unit), SampleInterval: interval.value };
    case "count":
      return { SampleType: "Count", SampleInterval: interval.count };
    case "scenes":
      return { SampleType: "Scenes", SampleInterval: 0 };
  }
}
