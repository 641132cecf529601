import { z } from "zod";
import { encryptionFields, refusalsOfEncryption } from "../../modifiers/encryption/schema.ts";
import { watermarks, watermarkUses } from "../../modifiers/watermark/schema.ts";
import { subtitleFields, trackFieldsOf } from "../subtitles/schema.ts";
import { refuseTwoOffsets, timeRangeFields } from "../time-range.ts";
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
  ...encryptionFields,
  /** Leave out rungs that are larger than the source; the smallest stays in any case. */
  disableHigherResolution: z.boolean().default(true),
  /** No picture gets more bits than the source has. */
  disableHigherBitrate: z.boolean().default(false),
  /** Take the source's own packets for a rung that it already is, where its key frames let every rung be cut alike. */
  copyFittingRung: z.boolean().default(false),
};

const templateParams = z.strictObject(templateFields);

function refuseContradictions(params: z.output<typeof templateParams>, context: z.core.$RefinementCtx): void {
  const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: "custom", path, message });
  if (params.container === "dash" && params.segmentType !== "fmp4") refuse(["segmentType"], "dashNeedsFmp4");
  for (const { field, message } of refusalsOfEncryption(params)) refuse([field], message);
  const first = params.rungs.find(({ video }) => video !== null)?.video;
  if (first === undefined) refuse(["rungs"], "rungWithVideoNeeded");
  for (const [index, { video, audio }] of params.rungs.entries()) {
    const rung = ["rungs", index];
    if (video === null && audio === null) refuse([...rung, "audio"], "nothingLeft");
    // Key frames cannot be forced upon AV1, not every player of HLS knows VP9, and of sounds all know AAC.
    if (video?.codec === "av1" || video?.codec === "vp9") refuse([...rung, "video", "codec"], "codecNotInContainer");
    if (audio !== null && audio.codec !== "aac") refuse([...rung, "audio", "codec"], "codecNotInContainer");
    if (audio !== null)
      for (const { field, message } of [...refusalsOfSound(audio.codec, audio), ...refusalsOfSoundCare(audio)])
        refuse([...rung, "audio", field], message);
    for (const field of COMMON_FIELDS)
      if (video !== null && video[field] !== first?.[field]) refuse([...rung, "video", field], "rungsDiffer");
  }
}

export const adaptiveStreamingTemplateParams = templateParams.superRefine(refuseContradictions);
const useFields = { ...timeRangeFields, ...subtitleFields };

export const adaptiveStreamingUseParams = z
  .strictObject({ ...useFields, watermarks: watermarkUses })
  .superRefine(refuseTwoOffsets);
export const adaptiveStreamingParams = z
  .strictObject({ ...templateFields, ...useFields, watermarks })
  .superRefine(refuseContradictions)
  .superRefine(refuseTwoOffsets)
  .superRefine((params, context) => {
    // MPEG-TS counts time from a moment that the words would have to be told; fragmented MP4 counts from 0, as they do.
    if (params.segmentType === "ts")
      for (const field of trackFieldsOf(params))
        context.addIssue({ code: "custom", path: [field], message: "subtitlesNeedFmp4" });
  });
export type AdaptiveStreamingParams = z.output<typeof adaptiveStreamingParams>;
