import { z } from "zod";
import { pictureWatermarks, pictureWatermarkUses } from "../../modifiers/watermark/schema.ts";
import { interval } from "../sampling.ts";
import { pictureFields } from "../snapshot/schema.ts";

const templateFields = { interval: interval.prefault({}), ...pictureFields };

export const sampledSnapshotTemplateParams = z.strictObject(templateFields);
export const sampledSnapshotUseParams = z.strictObject({ watermarks: pictureWatermarkUses });
export const sampledSnapshotParams = z.strictObject({ ...templateFields, watermarks: pictureWatermarks });
export type SampledSnapshotParams = z.output<typeof sampledSnapshotParams>;
