import sharp from "sharp";
import type { AssetInfo, AssetKind } from "#domain/asset.ts";
import type { Failure } from "#domain/error.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import { type Apng, readApng, redrawApng } from "./apng.ts";

/** What is stored of an asset: never the bytes as they came, where something reads them that could be deceived. */
export interface ExaminedAsset {
  info: AssetInfo;
  bytes: Buffer;
}

export async function examineAsset(kind: AssetKind, bytes: Buffer): Promise<Result<ExaminedAsset, Failure>> {
  if (bytes.length === 0) return fail({ code: "EMPTY_FILE", detail: "" });
  switch (kind) {
    case "image":
      return examineImage(bytes);
    case "subtitles":
      return examineSubtitles(bytes);
  }
}

const IMAGE_FORMATS: readonly string[] = ["png", "jpeg", "gif", "webp", "tiff"];
/** Of all frames together: a second of Full HD at 25 frames. */
const IMAGE_PIXELS_MAX = 25 * 1920 * 1080;
/** Each is decoded and encoded by itself. */
const APNG_FRAMES_MAX = 1000;

/** Decoded and written anew: a still picture as PNG, one that moves as moving PNG where it was one, and as GIF elsewhere. */
async function examineImage(bytes: Buffer): Promise<Result<ExaminedAsset, Failure>> {
  try {
    const image = sharp(bytes, { animated: true, limitInputPixels: IMAGE_PIXELS_MAX });
    const { format, width: widthPx, height, pageHeight, pages = 1, delay = [] } = await image.metadata();
    // What else it could read (SVG, PDF) describes pictures rather than being one.
    if (!IMAGE_FORMATS.includes(format)) return fail({ code: "NOT_MEDIA", detail: format });
    const moving = format === "png" ? readApng(bytes) : null;
    if (moving !== null) return await examineApng(moving);
    if (pages === 1) {
      const { data, info } = await image.rotate().png().toBuffer({ resolveWithObject: true });
      const still = { kind: "image", format: "png", widthPx: info.width, heightPx: info.height } as const;
      return ok({ info: { ...still, durationSeconds: 0 }, bytes: data });
    }
    const heightPx = pageHeight ?? height;
    const durationSeconds = delay.reduce((sum, ms) => sum + shownMs(ms), 0) / 1000;
    const info: AssetInfo = { kind: "image", format: "gif", widthPx, heightPx, durationSeconds };
    return ok({ info, bytes: await image.gif({ loop: 0 }).toBuffer() });
  } catch (error) {
    return fail({ code: "NOT_MEDIA", detail: error instanceof Error ? error.message : String(error) });
  }
}

async function examineApng({ frames, ...apng }: Apng): Promise<Result<ExaminedAsset, Failure>> {
  const { widthPx, heightPx } = apng;
  const pixels = widthPx * heightPx * frames.length;
  if (pixels > IMAGE_PIXELS_MAX || frames.length > APNG_FRAMES_MAX)
    return fail({ code: "NOT_MEDIA", detail: `${frames.length} frames of ${widthPx}x${heightPx}` });
  const shown = frames.map((frame) => ({ ...frame, delayMs: shownMs(frame.delayMs) }));
  const durationSeconds = shown.reduce((sum, { delayMs }) => sum + delayMs, 0) / 1000;
  const info: AssetInfo = { kind: "image", format: "apng", widthPx, heightPx, durationSeconds };
  return ok({ info, bytes: await redrawApng({ ...apng, frames: shown }) });
}

/** Players take a frame that is hardly shown at all for one whose time is not said. */
function shownMs(ms: number): number {
  return ms < 20 ? 100 : ms;
}

async function examineSubtitles(bytes: Buffer): Promise<Result<ExaminedAsset, Failure>> {
  const text = textOf(bytes);
  const format = text === null ? null : subtitleFormatOf(text);
  if (text === null || format === null) return fail({ code: "NOT_MEDIA", detail: "subtitles" });
  return ok({ info: { kind: "subtitles", format }, bytes: Buffer.from(text) });
}

/** UTF-8, or what Windows editors save: UTF-16 with a mark at its front. Null for anything else. */
function textOf(bytes: Buffer): string | null {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8";
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}

function subtitleFormatOf(text: string): "srt" | "vtt" | "ass" | null {
  const start = text.trimStart();
  if (start.startsWith("WEBVTT")) return "vtt";
  if (/^\[Script Info\]/i.test(start)) return "ass";
  return /^\d+\s*\r?\n\d{1,2}:\d{2}:\d{2}[,.]\d{1,3}\s*-->/m.test(start) ? "srt" : null;
}
