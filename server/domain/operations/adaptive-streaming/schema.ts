import { z } from "zod";
import { watermarks, watermarkUses } from "../../modifiers/watermark/schema.ts";
import { refusalsOfSound } from "../transcode/audio-params.ts";
import { transcodeSound } from "../transcode/schema.ts";
import { refusalsOfSoundCare } from "../transcode/sound-care.ts";
import { videoParams } from "../transcode/video-params.ts";

export const RUNGS_MAX = 10;

/** One quality of the stream; players climb and descend between them as the connection allows. */
const rung = z.strictObject({
  /** Null: sound alone, for the poorest of connections. */
  video: videoParams.nullable().prefault({}),
  /** Null: no sound. */
  audio: transcodeSound.nullable().prefault({}),
});

/** Fields of all pictures that are the same: key frames of every rung stand at the same times, or players could not change. */
const COMMON_FIELDS = ["framesPerSecond", "gop", "gopUnit"] as const;

const templateFields = {
  container: z.enum(["hls", "dash"]).default("hls"),
  rungs: z
    .array(rung)
    .min(1)
    .max(RUNGS_MAX)
    .prefault([
      { video: { heightPx: 360, bitrateKbps: 400 } },
      { video: { heightPx: 540, bitrateKbps: 1000 } },
      { video: { heightPx: 720, bitrateKbps: 1800 } },
    ]),
  segmentType: z.enum(["ts", "fmp4"]).default("ts"),
  segmentSeconds: z.int().min(1).max(10).default(6).meta({ unit: "s" }),
  /** Leave out rungs that are larger than the source; the smallest stays in any case. */
  disableHigherResolution: z.boolean().default(true),
  /** No picture gets more bits than the source has. */
  disableHigherBitrate: z.boolean().default(false),
};

const templateParams = z.strictObject(templateFields);

function refuseContradictions(params: z.output<typeof templateParams>, context: z.core.$RefinementCtx): void {
  const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: "custom", path, message });
  if (params.container === "dash" && params.segmentType !== "fmp4") refuse(["segmentType"], "dashNeedsFmp4");
  const first = params.rungs.find(({ video }) => video !== null)?.video;
  if (first === undefined) refuse(["rungs"], "rungWithVideoNeeded");
  for (const [index, { video, audio }] of params.rungs.entries()) {
    const rung = ["rungs", index];
    if (video === null && audio === null) refuse([...rung, "audio"], "nothingLeft");
    // Key frames cannot be forced upon AV1, and of sounds players of both formats know AAC for certain.
    if (video?.codec === "av1") refuse([...rung, "video", "codec"], "codecNotInContainer");
    if (audio !== null && audio.codec !== "aac") refuse([...rung, "audio", "codec"], "codecNotInContainer");
    if (audio !== null)
      for (const { field, message } of [...refusalsOfSound(audio.codec, audio), ...refusalsOfSoundCare(audio)])
        refuse([...rung, "audio", field], message);
    for (const field of COMMON_FIELDS)
      if (video !== null && video[field] !== first?.[field]) refuse([...rung, "video", field], "rungsDiffer");
  }
}

export const adaptiveStreamingTemplateParams = templateParams.superRefine(refuseContradictions);
export const adaptiveStreamingUseParams = z.strictObject({ watermarks: watermarkUses });
export const adaptiveStreamingParams = z
  .strictObject({ ...templateFields, watermarks })
  .superRefine(refuseContradictions);
export type AdaptiveStreamingParams = z.output<typeof adaptiveStreamingParams>;
