import { z } from "zod";
import { pictureWatermarks, pictureWatermarkUses } from "../../modifiers/watermark/schema.ts";
import { intervalOrScenes } from "../interval.ts";
import { pictureFields } from "../snapshot/schema.ts";
import { refuseTwoOffsets, timeRangeFields } from "../time-range.ts";

const templateFields = { interval: intervalOrScenes.prefault({}), ...pictureFields };

export const sampledSnapshotTemplateParams = z.strictObject(templateFields);
export const sampledSnapshotUseParams = z
  .strictObject({ ...timeRangeFields, watermarks: pictureWatermarkUses })
  .superRefine(refuseTwoOffsets);
export const sampledSnapshotParams = z
  .strictObject({ ...templateFields, ...timeRangeFields, watermarks: pictureWatermarks })
  .superRefine(refuseTwoOffsets);
export type SampledSnapshotParams = z.output<typeof sampledSnapshotParams>;
