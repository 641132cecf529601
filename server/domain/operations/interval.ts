import { z } from "zod";

const distance = z.number().min(0.1).max(86_400).default(10);
const count = (byDefault: number) => z.int().min(1).max(1000).default(byDefault);
const apart = (min: number, byDefault: number) =>
  z.number().min(min).max(86_400).default(byDefault).meta({ unit: "s" });

// Without a unit, percent.
const percent = z.strictObject({
  unit: z.literal("percent").optional().default("percent"),
  value: distance.unwrap().max(100).default(10).meta({ unit: "%" }),
});
const seconds = z.strictObject({ unit: z.literal("seconds"), value: distance.meta({ unit: "s" }) });
/** As many as asked, as far as they are not nearer to each other than that. */
const evenly = z.strictObject({
  unit: z.literal("count"),
  count: count(9),
  minDistanceSeconds: apart(0, 1),
});
/** The first frame of each scene. */
const scenes = z.strictObject({
  unit: z.literal("scenes"),
  /** Cuts between shots of one place change a fifth or more of the picture; pans and people, less. */
  changePercent: z.int().min(5).max(90).default(20).meta({ unit: "%" }),
  minDistanceSeconds: apart(0, 1),
  countMax: count(100),
});

/** The distance between two pictures taken at regular times. The first is always the first frame. */
export const interval = z.discriminatedUnion("unit", [percent, seconds, evenly]);
export type Interval = z.output<typeof interval>;

export const intervalOrScenes = z.discriminatedUnion("unit", [percent, seconds, evenly, scenes]);
export type IntervalOrScenes = z.output<typeof intervalOrScenes>;
export type Scenes = z.output<typeof scenes>;

export function intervalSecondsOf(wish: Interval, stretchSeconds: number): number {
  switch (wish.unit) {
    case "percent":
      return (wish.value / 100) * stretchSeconds;
    case "seconds":
      return wish.value;
    case "count":
      return Math.max(stretchSeconds / wish.count, wish.minDistanceSeconds);
  }
}
