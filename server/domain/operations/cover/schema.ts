import { z } from "zod";
import { pictureWatermarks, pictureWatermarkUses } from "../../modifiers/watermark/schema.ts";
import { position } from "../position.ts";
import { pictureFields } from "../snapshot/schema.ts";

const useFields = { position: position.prefault({}) };

/** A cover uses the templates of snapshots. */
export const coverUseParams = z.strictObject({ ...useFields, watermarks: pictureWatermarkUses });
export const coverParams = z.strictObject({ ...pictureFields, ...useFields, watermarks: pictureWatermarks });
export type CoverParams = z.output<typeof coverParams>;
