import { z } from "zod";

/** How HLS is cut. Shared by the kinds that write it. */
export const hlsFields = {
  /** 0: six seconds, as Apple recommends. */
  hlsSegmentSeconds: z.int().min(0).max(10).default(0).meta({ unit: "s" }),
  hlsSegmentType: z.enum(["ts", "fmp4"]).default("ts"),
};

export const HLS_SEGMENT_SECONDS_DEFAULT = 6;

interface HlsCut {
  container: string;
  hlsSegmentSeconds: number;
  hlsSegmentType: "ts" | "fmp4";
}

/** Fields that say something about segments where there are none. */
export function refusalsOfHls(params: HlsCut): { field: "hlsSegmentSeconds" | "hlsSegmentType"; message: string }[] {
  if (params.container === "hls") return [];
  const refusals: ReturnType<typeof refusalsOfHls> = [];
  if (params.hlsSegmentSeconds > 0) refusals.push({ field: "hlsSegmentSeconds", message: "onlyForHls" });
  if (params.hlsSegmentType !== "ts") refusals.push({ field: "hlsSegmentType", message: "onlyForHls" });
  return refusals;
}
