import { z } from "zod";
import { refuseTwoOffsets, timeRangeFields, timeRangeParams } from "../time-range.ts";

/** How long something has to last before it counts. */
const lasting = (seconds: number) => z.number().min(0.1).max(3600).default(seconds).meta({ unit: "s" });

const checks = {
  /** Null, here and below: not looked for. */
  black: z
    .strictObject({
      minSeconds: lasting(2),
      /** So dark a point is black, in percent of white. */
      darkPercent: z.number().min(0).max(50).default(10).meta({ unit: "%" }),
      /** So much of the picture has to be black. */
      areaPercent: z.number().min(50).max(100).default(98).meta({ unit: "%" }),
    })
    .nullable()
    .prefault({}),
  frozen: z
    .strictObject({
      // Slides and titles stand for some seconds.
      minSeconds: lasting(5),
      /** So little difference between two frames is none. */
      noiseDb: z.number().min(-100).max(-20).default(-60).meta({ unit: "dB" }),
    })
    .nullable()
    .prefault({}),
  interlacing: z
    .strictObject({ minSeconds: lasting(1) })
    .nullable()
    .prefault({}),
  blur: z
    .strictObject({
      minSeconds: lasting(2),
      /** Width of edges in pixels, as `blurdetect` measures it: sharp video has 4 to 7, out of focus begins at about 9. */
      blurMax: z.number().min(1).max(100).default(9),
    })
    .nullable()
    .prefault({}),
  blockiness: z
    .strictObject({
      minSeconds: lasting(2),
      /** How many times larger steps are at the borders of blocks: 1 to 1.5 in good encodings, 8 where there are only blocks. */
      blockinessMax: z.number().min(1).max(8).default(2.5),
    })
    .nullable()
    .prefault({}),
  silent: z
    .strictObject({
      minSeconds: lasting(3),
      silenceDb: z.number().min(-100).max(-20).default(-60).meta({ unit: "dB" }),
    })
    .nullable()
    .prefault({}),
  clipping: z
    .strictObject({
      minSeconds: lasting(0.1),
      /** Over full scale. Lossy sound often goes a little over; what was cut off flat counts from −1 dB on. */
      peakDb: z.number().min(-20).max(20).default(1.5).meta({ unit: "dB" }),
    })
    .nullable()
    .prefault({}),
  duration: z
    .strictObject({ toleranceSeconds: z.number().min(0.05).max(60).default(0.5).meta({ unit: "s" }) })
    .nullable()
    .prefault({}),
};

const templateParams = z.strictObject(checks);

function refuseNothing(params: z.output<typeof templateParams>, context: z.core.$RefinementCtx): void {
  const { black, frozen, interlacing, blur, blockiness, silent, clipping, duration } = params;
  if ([black, frozen, interlacing, blur, blockiness, silent, clipping, duration].every((check) => check === null))
    context.addIssue({ code: "custom", path: ["duration"], message: "nothingToInspect" });
}

export const inspectionTemplateParams = templateParams.superRefine(refuseNothing);
export const inspectionUseParams = timeRangeParams;
export const inspectionParams = z
  .strictObject({ ...checks, ...timeRangeFields })
  .superRefine(refuseNothing)
  .superRefine(refuseTwoOffsets);
export type InspectionParams = z.output<typeof inspectionParams>;
