import { z } from "zod";
import { ok } from "../../domain/result.ts";
import { action } from "../action.ts";
import { STORAGE_REGION } from "../render-media.ts";

export const describeStorageRegions = action({
  name: "DescribeStorageRegions",
  request: z.object({}),
  handle: async () =>
    ok({
      StorageRegionInfos: [
        { Region: STORAGE_REGION, Description: "This server", Status: "opened", IsDefault: true, Area: "" },
      ],
    }),
});
