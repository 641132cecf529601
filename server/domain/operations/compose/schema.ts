import { z } from "zod";
import { side } from "../../modifiers/length.ts";
import { PROCEDURE_BYTES_MAX } from "../../procedure-text.ts";
import { MEDIA_NAME_MAX } from "../edit/schema.ts";
import { PICTURE_SIDE_PX_MAX } from "../picture-size.ts";
import { zeroOr } from "../zero-or.ts";

/** Of each type. */
export const TRACKS_MAX = 10;
/** Of all tracks together; gaps and transitions belong to the items they stand before. */
export const ITEMS_MAX = 500;
const CANVAS_SIDE_PX_MAX = 3840;
const SECONDS_MAX = 86_400;

const seconds = (usual: number) => z.number().min(0).max(SECONDS_MAX).default(usual).meta({ unit: "s" });

/** Null: the media of the task. */
const mediaId = z.string().min(1).max(64).nullable().default(null).meta({ media: true });

/** From the middle of the canvas to the middle of what is laid on it; to the right and down are positive. */
const fromMiddle = z
  .strictObject({
    value: z.number().min(-PICTURE_SIDE_PX_MAX).max(PICTURE_SIDE_PX_MAX).default(0),
    /** A share is of the canvas's width or height. */
    unit: z.enum(["px", "percent"]).default("px"),
  })
  .refine(({ unit, value }) => unit === "px" || Math.abs(value) <= 100, { path: ["value"], message: "percentOver100" })
  .meta({ control: "measure" });

/** Where something lies on the canvas. One side 0: it follows the picture's shape. Both 0: as large as the canvas holds. */
const placeFields = {
  fromMiddleX: fromMiddle.prefault({}),
  fromMiddleY: fromMiddle.prefault({}),
  shownHeight: side.prefault({}),
};
const placed = { ...placeFields, shownWidth: side.prefault({}) };

const stretchFields = {
  mediaId,
  startSeconds: seconds(0),
  /** 0: to the end of the media. */
  durationSeconds: seconds(0),
  /** Nothing of this track, after the item before. */
  gapBeforeSeconds: seconds(0),
};

const soundFields = {
  volumePercent: z.number().min(0).max(200).default(100).meta({ unit: "%" }),
  fadeInSeconds: seconds(0),
  fadeOutSeconds: seconds(0),
};

const clip = z.strictObject({
  ...stretchFields,
  /**
   * From the clip before, which it overlaps for so long. dissolve: one melts into the other. fade: the one goes, then the
   * other comes.
   */
  transition: z
    .strictObject({
      style: z.enum(["dissolve", "fade"]).default("dissolve"),
      seconds: z.number().min(0.1).max(30).default(1).meta({ unit: "s" }),
    })
    .nullable()
    .default(null),
  ...placed,
  ...soundFields,
});
export type ComposedClip = z.output<typeof clip>;

const sound = z.strictObject({ ...stretchFields, ...soundFields });
export type ComposedSound = z.output<typeof sound>;

/** A picture, or a media without its sound. What is too short stands still; what moves for ever goes on. */
const sticker = z.strictObject({
  /** One of the two. */
  assetId: z.string().min(1).max(64).nullable().default(null).meta({ asset: "image" }),
  mediaId,
  /** On the time line. */
  appearsAtSeconds: seconds(0),
  lastsSeconds: z.number().min(0.04).max(SECONDS_MAX).default(5).meta({ unit: "s" }),
  ...placeFields,
  shownWidth: side.prefault({ value: 20, unit: "widthPercent" }),
});
export type ComposedSticker = z.output<typeof sticker>;

export const composeFields = {
  canvas: z
    .strictObject({
      /** Both 0: as the first clip is shown. One 0: it follows that clip's shape. */
      canvasWidthPx: zeroOr(32, CANVAS_SIDE_PX_MAX).meta({ unit: "px" }),
      canvasHeightPx: zeroOr(32, CANVAS_SIDE_PX_MAX).meta({ unit: "px" }),
      canvasColor: z
        .string()
        .regex(/^#[0-9a-f]{6}$/i, { message: "colorCode" })
        .default("#000000")
        .meta({ control: "colour" }),
    })
    .prefault({}),
  /** Later ones lie on earlier ones. */
  videoTracks: z
    .array(z.strictObject({ clips: z.array(clip).min(1).max(ITEMS_MAX).prefault([{}]) }))
    .max(TRACKS_MAX)
    .prefault([{}]),
  audioTracks: z
    .array(z.strictObject({ sounds: z.array(sound).min(1).max(ITEMS_MAX).prefault([{}]) }))
    .max(TRACKS_MAX)
    .default([]),
  /** On all video tracks. */
  stickerTracks: z
    .array(z.strictObject({ stickers: z.array(sticker).min(1).max(ITEMS_MAX).prefault([{}]) }))
    .max(TRACKS_MAX)
    .default([]),
  container: z.enum(["mp4", "mp3"]).default("mp4"),
  /** Null: leave the picture out. */
  video: z
    .strictObject({
      /** 0: as the first clip. */
      framesPerSecond: z.int().min(0).max(60).default(0).meta({ unit: "fps" }),
      /** 0: chosen by quality instead. */
      bitrateKbps: zeroOr(16, 100_000).meta({ unit: "kbps" }),
    })
    .nullable()
    .prefault({}),
  /** Null: leave the sound out. */
  audio: z
    .strictObject({ bitrateKbps: zeroOr(32, 320).meta({ unit: "kbps" }) })
    .nullable()
    .prefault({}),
  /** What becomes of it: a media of its own. */
  result: z
    .strictObject({
      name: z.string().max(MEDIA_NAME_MAX).default(""),
      /** To run on the new media; null for none. */
      procedureName: z.string().max(PROCEDURE_BYTES_MAX).nullable().default(null),
    })
    .prefault({}),
};

const fields = z.strictObject(composeFields);
type Fields = z.output<typeof fields>;

export function refuseContradictions(params: Fields, context: z.core.$RefinementCtx): void {
  const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: "custom", path, message });
  const { container, video, audio, videoTracks, audioTracks, stickerTracks } = params;
  if (container === "mp3" && video !== null) refuse(["video"], "mp3HasNoPicture");
  if (video === null && audio === null) refuse(["audio"], "nothingLeft");
  if (videoTracks.length + audioTracks.length === 0) refuse(["videoTracks"], "clipOrSoundNeeded");
  const items = [
    ...videoTracks.flatMap(({ clips }) => clips),
    ...audioTracks.flatMap(({ sounds }) => sounds),
    ...stickerTracks.flatMap(({ stickers }) => stickers),
  ];
  if (items.length > ITEMS_MAX) refuse(["videoTracks"], "tooManyItems");
  for (const [track, { clips }] of videoTracks.entries())
    for (const [index, { transition, gapBeforeSeconds }] of clips.entries()) {
      if (transition === null) continue;
      const path = ["videoTracks", track, "clips", index, "transition"];
      if (index === 0) refuse(path, "transitionNeedsNeighbour");
      else if (gapBeforeSeconds > 0) refuse(path, "transitionOrGap");
    }
  for (const [track, { stickers }] of stickerTracks.entries()) {
    let endSeconds = 0;
    for (const [index, { assetId, mediaId, appearsAtSeconds, lastsSeconds }] of stickers.entries()) {
      const path = ["stickerTracks", track, "stickers", index];
      if ((assetId === null) === (mediaId === null)) refuse([...path, "assetId"], "oneStickerSource");
      if (appearsAtSeconds < endSeconds) refuse([...path, "appearsAtSeconds"], "stickersOverlap");
      endSeconds = Math.max(endSeconds, appearsAtSeconds + lastsSeconds);
    }
  }
}

export const composeParams = fields.superRefine(refuseContradictions);
export type ComposeParams = z.output<typeof composeParams>;
