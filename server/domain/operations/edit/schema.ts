import { z } from "zod";
import { PROCEDURE_BYTES_MAX } from "../../procedure-text.ts";
import { FILLS, pictureSizeFields } from "../picture-size.ts";
import { refuseTwoOffsets, timeRangeFields } from "../time-range.ts";

export const CLIPS_MAX = 100;
export const MEDIA_NAME_MAX = 200;

/**
 * exact: everything is encoded, and begins at the frame that was asked for. fast: nothing is encoded, and each clip begins
 * at the key frame before it.
 */
export const CUT_MODES = ["exact", "fast"] as const;

/** What becomes of it: a media of its own. */
const result = z
  .strictObject({
    name: z.string().max(MEDIA_NAME_MAX).default(""),
    /** To run on the new media; null for none. */
    procedureName: z.string().max(PROCEDURE_BYTES_MAX).nullable().default(null),
  })
  .prefault({});

export const clip = z
  .strictObject({
    /** Null: the media of the task. */
    mediaId: z.string().min(1).max(64).nullable().default(null),
    ...timeRangeFields,
  })
  .superRefine(refuseTwoOffsets);

export const editParams = z
  .strictObject({
    clips: z.array(clip).min(1).max(CLIPS_MAX).prefault([{}]),
    cutMode: z.enum(CUT_MODES).default("exact"),
    /** Whose size and frame rate the result has, where none are given. */
    reference: z.enum(["highest-resolution", "highest-bitrate"]).default("highest-resolution"),
    widthPx: pictureSizeFields.widthPx,
    heightPx: pictureSizeFields.heightPx,
    fill: z.enum(FILLS).default("black"),
    /** 0: as the reference. */
    framesPerSecond: z.int().min(0).max(100).default(0).meta({ unit: "fps" }),
    result,
  })
  .superRefine((params, context) => {
    if (params.cutMode === "exact") return;
    for (const field of ["widthPx", "heightPx", "framesPerSecond"] as const)
      if (params[field] > 0) context.addIssue({ code: "custom", path: [field], message: "onlyWhenExact" });
  });
export type EditParams = z.output<typeof editParams>;
export type Clip = z.output<typeof clip>;

/** One stretch of the task's own media. A media is split by one such subtask for each part, so each succeeds or fails alone. */
export const splitParams = z
  .strictObject({ ...timeRangeFields, cutMode: z.enum(CUT_MODES).default("exact"), result })
  .superRefine(refuseTwoOffsets);
export type SplitParams = z.output<typeof splitParams>;
