import { z } from "zod";

/** A media as probed: read-only facts. Sizes are those of the stored frames, before `rotationDegrees` is applied. */
export const videoStream = z.strictObject({
  /** Index among all streams of the file, as `-map 0:<index>` takes it. */
  index: z.int().min(0),
  codec: z.string(),
  profile: z.string().nullable(),
  codecTag: z.string(),
  pixelFormat: z.string().nullable(),
  widthPx: z.int().positive(),
  heightPx: z.int().positive(),
  /** Sample aspect ratio, width over height of one stored pixel; 1 for square pixels. */
  sampleAspectRatio: z.number().positive(),
  /** Clockwise turn a player makes to show it upright. */
  rotationDegrees: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  /** Average; 0 when unknown. */
  framesPerSecond: z.number().min(0),
  /** The base rate and the average differ: frames are not evenly spaced. */
  variableFrameRate: z.boolean(),
  /** 0 when unknown. */
  bitrateBps: z.number().min(0),
  durationSeconds: z.number().min(0).nullable(),
  dynamicRange: z.enum(["sdr", "hdr10", "hlg"]),
  /** How its colours became luma and chroma; null where the file does not say, or says something rare. */
  colourMatrix: z.enum(["bt601", "bt709", "bt2020"]).nullable().default(null),
  interlaced: z.boolean(),
  language: z.string().nullable(),
});
export type VideoStream = Readonly<z.output<typeof videoStream>>;

export const audioStream = z.strictObject({
  index: z.int().min(0),
  codec: z.string(),
  channels: z.int().min(0),
  sampleRateHz: z.int().min(0),
  bitrateBps: z.number().min(0),
  durationSeconds: z.number().min(0).nullable(),
  language: z.string().nullable(),
  title: z.string().nullable(),
  isDefault: z.boolean(),
});
export type AudioStream = Readonly<z.output<typeof audioStream>>;

export const mediaInfo = z.strictObject({
  /** The demuxer's names, as ffprobe prints them: `mov,mp4,m4a,3gp,3g2,mj2`. */
  formatName: z.string(),
  /** 0 for a still image. */
  durationSeconds: z.number().min(0),
  sizeBytes: z.number().min(0),
  bitrateBps: z.number().min(0),
  /** The video track to work with; attached pictures (cover art) are not video. */
  video: videoStream.nullable(),
  audio: z.array(audioStream),
  subtitles: z.array(
    z.strictObject({
      index: z.int().min(0),
      codec: z.string(),
      language: z.string().nullable(),
      title: z.string().nullable(),
    }),
  ),
  /** Index of an attached picture, when there is one. */
  attachedPictureIndex: z.int().min(0).nullable(),
});
export type MediaInfo = Readonly<z.output<typeof mediaInfo>>;

/** Size as shown upright with square pixels: rotation and sample aspect ratio applied, rounded to whole pixels. */
export function displaySizeOf(video: VideoStream): { widthPx: number; heightPx: number } {
  const widthPx = Math.round(video.widthPx * video.sampleAspectRatio);
  const turned = video.rotationDegrees === 90 || video.rotationDegrees === 270;
  return turned ? { widthPx: video.heightPx, heightPx: widthPx } : { widthPx, heightPx: video.heightPx };
}

export const MEDIA_KINDS = ["video", "audio", "image"] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

export function mediaKindOf(info: MediaInfo): MediaKind {
  if (info.video === null) return "audio";
  return info.durationSeconds === 0 ? "image" : "video";
}

/** What is known of a file that cannot be read. */
export function blankInfo(sizeBytes: number): MediaInfo {
  return {
    ...{ formatName: "", durationSeconds: 0, sizeBytes, bitrateBps: 0 },
    ...{ video: null, audio: [], subtitles: [], attachedPictureIndex: null },
  };
}
