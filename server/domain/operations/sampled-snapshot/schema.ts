import { z } from "zod";
import { interval } from "../sampling.ts";
import { pictureFields } from "../snapshot/schema.ts";

export const sampledSnapshotParams = z.strictObject({ interval: interval.prefault({}), ...pictureFields });
export const sampledSnapshotUseParams = z.strictObject({});
export type SampledSnapshotParams = z.output<typeof sampledSnapshotParams>;
