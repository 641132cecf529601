import { z } from "zod";

/**
 * A small file that templates and steps refer to and that no task works on: a watermark's picture, subtitles. It is never
 * changed and never removed, so what a running or a restarted task refers to is there.
 */
export const assetInfo = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("image"),
    /** As stored: what came in is decoded and written anew, so ffmpeg reads nothing of a stranger's making. */
    format: z.enum(["png", "apng", "gif"]),
    widthPx: z.int().positive(),
    heightPx: z.int().positive(),
    /** 0 for a still picture. */
    durationSeconds: z.number().min(0),
  }),
  z.strictObject({ kind: z.literal("subtitles"), format: z.enum(["srt", "vtt", "ass"]) }),
]);
export type AssetInfo = z.output<typeof assetInfo>;
export type AssetKind = AssetInfo["kind"];
export const ASSET_KINDS: readonly AssetKind[] = assetInfo.options.map((option) => option.shape.kind.value);

export const ASSET_BYTES_MAX = 5 * 1024 ** 2;
