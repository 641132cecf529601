/** `Tracks` of `ComposeMedia`: what lies beside and on each other, as the wire says it. */
import { z } from "zod";
import { sideText } from "../measures.ts";

const seconds = z.number().min(0).max(86_400);
/** From the middle, so to the left and upwards as well. */
const fromMiddleText = z.string().regex(/^-?\d{1,6}(\.\d{1,6})?(%|px)$/, { message: "N% or Npx" });
/** What says nothing may also be sent as the empty text. */
const orEmpty = <S extends z.ZodType>(text: S) => z.union([z.literal(""), text]).optional();

const placeFields = {
  CoordinateOrigin: z.enum(["Center", ""]).optional(),
  XPos: orEmpty(fromMiddleText),
  YPos: orEmpty(fromMiddleText),
  Width: orEmpty(sideText),
  Height: orEmpty(sideText),
  /** Turning and mirroring, which nobody does here: refused by name. */
  ImageOperations: z.array(z.unknown()).optional(),
};
export type PlaceItem = z.output<z.ZodObject<typeof placeFields>>;

const audioOperations = z
  .array(
    z.object({
      Type: z.enum(["Volume"]),
      VolumeParam: z
        .object({ Mute: z.union([z.literal(0), z.literal(1)]).optional(), Gain: z.number().min(0).max(10).optional() })
        .optional(),
    }),
  )
  .max(10)
  .optional();
export type AudioOperations = z.output<typeof audioOperations>;

const stretchFields = {
  SourceMedia: z.string().min(1).max(2048),
  SourceMediaStartTime: seconds.optional(),
  Duration: seconds.optional(),
  TargetDuration: seconds.optional(),
  AudioOperations: audioOperations,
};

const videoItem = z.object({ ...stretchFields, ...placeFields });
export type VideoItem = z.output<typeof videoItem>;
const audioItem = z.object(stretchFields);
export type AudioItem = z.output<typeof audioItem>;
const stickerItem = z.object({
  SourceMedia: z.string().min(1).max(2048),
  Duration: seconds,
  StartTime: seconds.optional(),
  ...placeFields,
});
export type StickerItem = z.output<typeof stickerItem>;

const transitions = z
  .array(z.object({ Type: z.string().max(64) }))
  .max(10)
  .optional();
const transitionItem = z.object({ Duration: seconds, MediaTransitions: transitions, Transitions: transitions });
export type TransitionItem = z.output<typeof transitionItem>;
const emptyItem = z.object({ Duration: seconds });

export const trackItem = z.object({
  Type: z.enum(["Video", "Audio", "Sticker", "Transition", "Empty"]),
  VideoItem: videoItem.optional(),
  AudioItem: audioItem.optional(),
  StickerItem: stickerItem.optional(),
  TransitionItem: transitionItem.optional(),
  EmptyItem: emptyItem.optional(),
});
export type TrackItem = z.output<typeof trackItem>;

export const track = z.object({
  Type: z.enum(["Video", "Audio", "Sticker"]),
  TrackItems: z.array(trackItem).min(1).max(500),
});
export type Track = z.output<typeof track>;

export const canvas = z.object({
  Color: z.enum(["Black", "White", ""]).optional(),
  Width: z.int().min(0).max(3840).optional(),
  Height: z.int().min(0).max(3840).optional(),
});

export const output = z.object({
  FileName: z.string().min(1).max(64),
  Description: z.string().max(128).optional(),
  ClassId: z.int().optional(),
  Container: z.enum(["mp4", "mp3", ""]).optional(),
  VideoStream: z
    .object({
      Codec: z.enum(["libx264", ""]).optional(),
      Fps: z.int().min(0).max(60).optional(),
      Bitrate: z.int().min(0).max(100_000).optional(),
    })
    .optional(),
  /** The sound has the rate and the channels that players expect, whatever is asked for here. */
  AudioStream: z
    .object({
      Codec: z.enum(["libfdk_aac", "libmp3lame", ""]).optional(),
      SampleRate: z.int().min(0).optional(),
      AudioChannel: z.int().min(0).optional(),
      Bitrate: z.int().min(0).max(320).optional(),
    })
    .optional(),
  RemoveVideo: z.union([z.literal(0), z.literal(1)]).optional(),
  RemoveAudio: z.union([z.literal(0), z.literal(1)]).optional(),
});
