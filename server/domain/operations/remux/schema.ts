import { z } from "zod";
import { refuseTwoOffsets, timeRangeFields, timeRangeParams } from "../time-range.ts";
import { hlsFields, refusalsOfHls } from "../transcode/hls-params.ts";

const templateFields = { container: z.enum(["mp4", "hls"]).default("mp4"), ...hlsFields };
const templateParams = z.strictObject(templateFields);

function refuseContradictions(params: z.output<typeof templateParams>, context: z.core.$RefinementCtx): void {
  for (const { field, message } of refusalsOfHls(params)) context.addIssue({ code: "custom", path: [field], message });
}

export const remuxTemplateParams = templateParams.superRefine(refuseContradictions);
export const remuxUseParams = timeRangeParams;
export const remuxParams = z
  .strictObject({ ...templateFields, ...timeRangeFields })
  .superRefine(refuseContradictions)
  .superRefine(refuseTwoOffsets);
export type RemuxParams = z.output<typeof remuxParams>;
