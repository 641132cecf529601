import { z } from "zod";
import { pictureWatermarks, pictureWatermarkUses } from "../../modifiers/watermark/schema.ts";
import { FILLS, pictureSizeFields } from "../picture-size.ts";
import { position } from "../position.ts";

export const PICTURE_FORMATS = ["jpg", "png", "webp"] as const;
export type PictureFormat = (typeof PICTURE_FORMATS)[number];

/** One picture's look; snapshots, sampled snapshots and covers share it. */
export const pictureFields = {
  format: z.enum(PICTURE_FORMATS).default("jpg"),
  ...pictureSizeFields,
  fill: z.enum(FILLS).default("black"),
};
export type PictureParams = Omit<SnapshotParams, "positions">;

const useFields = { positions: z.array(position).min(1).max(100).prefault([{}]) };

export const snapshotTemplateParams = z.strictObject(pictureFields);
export const snapshotUseParams = z.strictObject({ ...useFields, watermarks: pictureWatermarkUses });
export const snapshotParams = z.strictObject({ ...pictureFields, ...useFields, watermarks: pictureWatermarks });
export type SnapshotParams = z.output<typeof snapshotParams>;
