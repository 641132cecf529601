import { z } from "zod";
import { headTails, headTailUses } from "../../modifiers/head-tail/schema.ts";
import { mosaics } from "../../modifiers/mosaic/schema.ts";
import { watermarks, watermarkUses } from "../../modifiers/watermark/schema.ts";
import { subtitleFields, trackFieldsOf } from "../subtitles/schema.ts";
import { refuseTwoOffsets, timeRangeFields } from "../time-range.ts";
import { type AudioCodec, refusalsOfSound, soundFields } from "./audio-params.ts";
import { hlsFields, refusalsOfHls } from "./hls-params.ts";
import { playbackSpeed } from "./playback-speed.ts";
import { refusalsOfSoundCare, soundCareFields } from "./sound-care.ts";
import { transcodeVideo } from "./transcode-video.ts";
import type { VideoCodec } from "./video-params.ts";

const CONTAINERS = ["mp4", "hls", "flv", "webm"] as const;
type Container = (typeof CONTAINERS)[number];

/** What players expect in a container, which is less than what a muxer would write. */
const VIDEO_CODECS_IN: Record<Container, readonly VideoCodec[]> = {
  mp4: ["h264", "h265", "av1", "vp9"],
  hls: ["h264", "h265"],
  flv: ["h264", "h265"],
  webm: ["vp9", "av1"],
};
const AUDIO_CODECS_IN: Record<Container, readonly AudioCodec[]> = {
  mp4: ["aac", "mp3", "ac3"],
  hls: ["aac"],
  flv: ["aac", "mp3"],
  webm: ["opus"],
};

const audioTrack = z.strictObject({ codec: z.enum(["aac", "mp3", "ac3", "opus"]).default("aac"), ...soundFields });

/** The encoded sound beside a picture. Shared by the kinds that write both. */
export const transcodeSound = z.strictObject({ ...audioTrack.shape, ...soundCareFields });

const templateFields = {
  container: z.enum(CONTAINERS).default("mp4"),
  /** Null: leave the picture out. */
  video: transcodeVideo.nullable().prefault({}),
  /** Null: leave the sound out. */
  audio: transcodeSound.nullable().prefault({}),
  playbackSpeed,
  ...hlsFields,
};

const templateParams = z.strictObject(templateFields);

function refuseContradictions(params: z.output<typeof templateParams>, context: z.core.$RefinementCtx): void {
  const refuse = (path: string[], message: string) => context.addIssue({ code: "custom", path, message });
  const { container, video, audio } = params;
  if (video === null && audio === null) refuse(["audio"], "nothingLeft");
  if (video !== null && !VIDEO_CODECS_IN[container].includes(video.codec))
    refuse(["video", "codec"], "codecNotInContainer");
  if (audio !== null && !AUDIO_CODECS_IN[container].includes(audio.codec))
    refuse(["audio", "codec"], "codecNotInContainer");
  if (audio !== null)
    for (const { field, message } of [...refusalsOfSound(audio.codec, audio), ...refusalsOfSoundCare(audio)])
      refuse(["audio", field], message);
  for (const { field, message } of refusalsOfHls(params)) refuse([field], message);
}

export const transcodeTemplateParams = templateParams.superRefine(refuseContradictions);
const useFields = { ...timeRangeFields, ...subtitleFields, mosaics };

export const transcodeUseParams = z
  .strictObject({ ...useFields, watermarks: watermarkUses, headTails: headTailUses })
  .superRefine(refuseTwoOffsets);
export const transcodeParams = z
  .strictObject({ ...templateFields, ...useFields, watermarks, headTails })
  .superRefine(refuseContradictions)
  .superRefine(refuseTwoOffsets)
  .superRefine((params, context) => {
    const refuse = (field: string, message: string) => context.addIssue({ code: "custom", path: [field], message });
    for (const field of ["watermarks", "mosaics"] as const)
      if (params.video === null && params[field].length > 0) refuse(field, "needsPicture");
    const tracks = trackFieldsOf(params);
    if (params.headTails.length > 0) {
      if (params.video === null) refuse("headTails", "headTailNeedsPicture");
      // What stands around it is brought to ordinary colours.
      if (params.video?.preserveHdr) refuse("headTails", "notWithHdr");
      // Their words come at times of the main part alone.
      if (tracks.length > 0) refuse("headTails", "headTailWithoutTracks");
    }
    if (params.video === null && params.burntSubtitles.length > 0) refuse("burntSubtitles", "subtitlesNeedVideo");
    // Words come at the source's times, which another speed moves.
    if (params.playbackSpeed !== 1 && (params.burntSubtitles.length > 0 || tracks.length > 0))
      refuse("playbackSpeed", "subtitlesNeedTheirSpeed");
    for (const field of tracks) {
      if (params.video === null) refuse(field, "subtitlesNeedVideo");
      else if (params.container !== "mp4") refuse(field, "subtitlesNeedMp4");
    }
  });
export type TranscodeParams = z.output<typeof transcodeParams>;
