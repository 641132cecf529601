import { z } from "zod";
import { type Encryption, encryptionFields, refusalsOfEncryption } from "../../modifiers/encryption/schema.ts";

/** How HLS is cut. Shared by the kinds that write it. */
export const hlsFields = {
  /** 0: six seconds, as Apple recommends. */
  hlsSegmentSeconds: z.int().min(0).max(10).default(0).meta({ unit: "s", section: "hls" }),
  hlsSegmentType: z.enum(["ts", "fmp4"]).default("ts").meta({ section: "hls" }),
  encryption: encryptionFields.encryption.meta({ section: "hls" }),
};

export const HLS_SEGMENT_SECONDS_DEFAULT = 6;

interface HlsCut {
  container: string;
  hlsSegmentSeconds: number;
  hlsSegmentType: "ts" | "fmp4";
  encryption: Encryption;
}

/** Fields that say something about segments where there are none, or what these cannot be. */
export function refusalsOfHls(params: HlsCut): { field: keyof typeof hlsFields; message: string }[] {
  const refusals: ReturnType<typeof refusalsOfHls> = refusalsOfEncryption({
    ...params,
    segmentType: params.hlsSegmentType,
  });
  if (params.container === "hls") return refusals;
  if (params.hlsSegmentSeconds > 0) refusals.push({ field: "hlsSegmentSeconds", message: "onlyForHls" });
  if (params.hlsSegmentType !== "ts") refusals.push({ field: "hlsSegmentType", message: "onlyForHls" });
  return refusals;
}
