import type { Failure } from "../../error.ts";
import { chain, filter, numberText } from "../../ffmpeg/filter.ts";
import { HELD_FRAMES } from "../../ffmpeg/held-frames.ts";
import { seekTo } from "../../ffmpeg/seek.ts";
import type { MediaInfo, VideoStream } from "../../media.ts";
import { layOnPicture } from "../../modifiers/lay-on.ts";
import type { Command, CommandOutput, DeclaredOutput, PlanContext } from "../../plan.ts";
import { ok, type Result } from "../../result.ts";
import { deinterlaceFilter, placementFilter } from "../picture-filter.ts";
import { placementOf, type Size } from "../picture-size.ts";
import type { PictureFormat, PictureParams } from "./schema.ts";

export const CONTENT_TYPES: Record<PictureFormat, string> = { jpg: "image/jpeg", png: "image/png", webp: "image/webp" };

/** How a picture is written, after its filters. */
export function pictureEncoding(format: PictureFormat): string[] {
  switch (format) {
    case "jpg":
      // 2 is the best and 31 the worst; 3 shows no artefacts at half the size of 2. JPEG knows full range only.
      return ["-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p"];
    case "png":
      return ["-c:v", "png", "-pix_fmt", "rgb24"];
    case "webp":
      return ["-c:v", "libwebp", "-quality", "80", "-pix_fmt", "yuv420p"];
  }
}

/** JPEG and WebP are BT.601 by definition: the colours of HD video (BT.709) have to be converted, or they are off. */
export function pictureColours(format: PictureFormat): string | null {
  return format === "png" ? null : filter("scale", { out_color_matrix: "bt601" });
}

type Look = Omit<PictureParams, "watermarks">;

/** Deinterlaced, placed, in the right colours. */
export function lookOf(params: Look, video: VideoStream): { steps: string; size: Size } {
  // Even sides, as video has: a picture and the rendition next to it are of one size.
  const placement = placementOf(video, params, params.fill, 2);
  const steps = chain([
    deinterlaceFilter(video),
    placementFilter(placement, params.fill),
    pictureColours(params.format),
  ]);
  return { steps, size: placement.frame };
}

export interface MarkedLook {
  /** With the marks. */
  steps: string;
  marks: string | null;
  size: Size;
}

/** As `lookOf`, with marks laid on. */
export function markedLookOf(
  params: PictureParams,
  video: VideoStream,
  context: PlanContext,
): Result<MarkedLook, Failure> {
  const { steps, size } = lookOf(params, video);
  // In the colours that the picture is stored in, so that there is nothing to convert but the marks.
  const pixels = params.format === "png" ? "gbrp" : "yuv420p";
  const laidOn = layOnPicture(
    params.watermarks,
    { frame: size, timeLine: null, pixels, matrix: "bt601", white: 1 },
    context,
  );
  if (!laidOn.ok) return laidOn;
  const marks = laidOn.value.steps;
  return ok({ steps: chain([steps, marks]), marks, size });
}

/** The frame that is on screen at a second: the last one that started at or before it. */
export function frameAt(seconds: number, media: MediaInfo): { input: string[]; steps: string | null } {
  if (media.durationSeconds === 0 || seconds === 0) return { input: [], steps: null };
  // After the picture's end there is nothing to seek to.
  const lastSecond = media.video?.durationSeconds ?? media.durationSeconds;
  const seek = seekTo(Math.min(seconds, lastSecond), media);
  return {
    // Keep what is decoded from the key frame on: among it is the frame that is still on screen at the asked second.
    input: seek.input.length === 0 ? [] : ["-noaccurate_seek", ...seek.input],
    steps: chain([HELD_FRAMES, filter("trim", { start: numberText(seek.surplusSeconds) })]),
  };
}

/** The command that writes the picture of one second. */
export function pictureCommand(
  seconds: number,
  media: MediaInfo,
  inputPath: string,
  video: VideoStream,
  picture: { path: string; steps: string; encoding: readonly string[] },
): Command {
  const { input, steps } = frameAt(seconds, media);
  const output: CommandOutput = {
    path: picture.path,
    options: [
      ...["-map", `0:${video.index}`],
      ...["-filter:v", chain([steps, picture.steps])],
      ...["-frames:v", "1"],
      ...picture.encoding,
      // One file of exactly this name, instead of a numbered series.
      ...["-f", "image2", "-update", "1"],
    ],
  };
  return { inputs: [{ path: inputPath, options: input }], globals: [], outputs: [output], expectedSeconds: 0 };
}

/** Without a second where ffmpeg chooses it. */
export function declaredPicture(name: string, format: PictureFormat, size: Size, atSeconds?: number): DeclaredOutput {
  return {
    ...{ role: "image", name, contentType: CONTENT_TYPES[format], parts: null, probe: false },
    // As times that ffmpeg reports: 3 × 0.76 s would come to 2.2800000000000002.
    facts: atSeconds === undefined ? size : { ...size, atSeconds: Math.round(1000 * atSeconds) / 1000 },
  };
}
