import { z } from "zod";
import { intervalOrScenes } from "../interval.ts";
import { pictureFields } from "../snapshot/schema.ts";

export const sampledSnapshotParams = z.strictObject({ interval: intervalOrScenes.prefault({}), ...pictureFields });
export const sampledSnapshotUseParams = z.strictObject({});
export type SampledSnapshotParams = z.output<typeof sampledSnapshotParams>;
