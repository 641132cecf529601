import { z } from "zod";
import { enhance, turnedIn8Bits } from "./enhance.ts";
import { refuseVideoContradictions, videoFields } from "./video-params.ts";

/** The picture of a file of its own: what is done to it beyond encoding costs time, and is off unless asked for. */
export const transcodeVideo = z
  .strictObject({
    ...videoFields,
    /** Null: the picture stays as it is. */
    enhance: enhance.nullable().default(null),
    passes: z.enum(["one", "two"]).default("one"),
  })
  .superRefine((video, context) => {
    const refuse = (path: string[], message: string) => context.addIssue({ code: "custom", path, message });
    refuseVideoContradictions(video, context);
    if (video.enhance !== null) {
      if (video.enhance.interpolateTo > 0 && video.framesPerSecond > 0)
        refuse(["enhance", "interpolateTo"], "interpolateOrFrameRate");
      if (video.preserveHdr) for (const field of turnedIn8Bits(video.enhance)) refuse(["enhance", field], "notWithHdr");
    }
    if (video.passes === "two") {
      // SVT-AV1 has passes too, but not in the version that ffmpeg 5.1 knows how to drive.
      if (video.codec === "av1") refuse(["passes"], "passesNotForAv1");
      // A constant quality or a constant rate leaves nothing to spread.
      else if (video.bitrateKbps === 0 || video.rateMode === "crf" || video.rateMode === "cbr")
        refuse(["passes"], "passesNeedAverage");
    }
  });
export type TranscodeVideo = z.output<typeof transcodeVideo>;
