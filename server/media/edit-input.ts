import { z } from "zod";
import { CLIPS_MAX, clip, editParams, splitParams } from "#domain/operations/edit/schema.ts";

export const SEGMENTS_MAX = 100;

/** What is to be joined; here every clip names its media. */
export const editInput = z.strictObject({
  ...editParams.shape,
  clips: z
    .array(z.strictObject({ ...clip.shape, mediaId: z.string().min(1).max(64) }))
    .min(1)
    .max(CLIPS_MAX),
});
export type EditInput = z.output<typeof editInput>;

const { cutMode, ...segment } = splitParams.shape;

/** Where a media is to be cut; all parts are cut in the same way. */
export const splitInput = z.strictObject({
  mediaId: z.string().min(1).max(64),
  cutMode,
  segments: z.array(z.strictObject(segment)).min(1).max(SEGMENTS_MAX),
});
export type SplitInput = z.output<typeof splitInput>;
