import { z } from "zod";
import { intervalOrScenes } from "../interval.ts";
import { pictureFields } from "../snapshot/schema.ts";
import { refuseTwoOffsets, timeRangeFields, timeRangeParams } from "../time-range.ts";

const templateFields = { interval: intervalOrScenes.prefault({}), ...pictureFields };

export const sampledSnapshotTemplateParams = z.strictObject(templateFields);
export const sampledSnapshotUseParams = timeRangeParams;
export const sampledSnapshotParams = z
  .strictObject({ ...templateFields, ...timeRangeFields })
  .superRefine(refuseTwoOffsets);
export type SampledSnapshotParams = z.output<typeof sampledSnapshotParams>;
