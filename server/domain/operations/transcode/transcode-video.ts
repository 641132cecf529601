import { z } from "zod";
import { areaFields } from "./areas.ts";
import { adaptsToContent, contentAdaptive } from "./content-adaptive.ts";
import { enhance, turnedIn8Bits } from "./enhance.ts";
import { refuseVideoContradictions, videoFields } from "./video-params.ts";

/** The picture of a file of its own: what is done to it beyond encoding costs time, and is off unless asked for. */
export const transcodeVideo = z
  .strictObject({
    ...videoFields,
    /** Sources with more frames lose some; 0: none does. */
    framesPerSecondMax: z.number().min(0).max(100).default(0).meta({ unit: "fps" }),
    passes: z.enum(["one", "two"]).default("one").meta({ section: "encoder" }),
    /** Null: the rate is fixed, or chosen by the fields above. */
    contentAdaptive: contentAdaptive.nullable().default(null),
    ...areaFields,
    /** Null: the picture stays as it is. */
    enhance: enhance.nullable().default(null).meta({ section: "picture" }),
  })
  .superRefine((video, context) => {
    const refuse = (path: string[], message: string) => context.addIssue({ code: "custom", path, message });
    refuseVideoContradictions(video, context);
    if (video.framesPerSecond > 0 && video.framesPerSecondMax > 0) refuse(["framesPerSecondMax"], "frameRateOrLimit");
    if (video.preserveHdr && video.delogo.length > 0) refuse(["delogo"], "notWithHdr");
    if (video.contentAdaptive !== null) {
      if (!adaptsToContent(video.codec)) refuse(["contentAdaptive"], "contentAdaptiveCodec");
      // It chooses a quality and a ceiling itself.
      if (video.rateMode !== "vbr") refuse(["rateMode"], "notWithContentAdaptive");
      if (video.bitrateKbps > 0) refuse(["bitrateKbps"], "notWithContentAdaptive");
    }
    if (video.enhance !== null) {
      const rateDecided = video.framesPerSecond > 0 || video.framesPerSecondMax > 0;
      if (video.enhance.interpolateTo > 0 && rateDecided)
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
