import { chain, filter, graph } from "../ffmpeg/filter.ts";
import type { VideoStream } from "../media.ts";
import type { Fill, Placement } from "./picture-size.ts";

/** Encoders keep fields apart no better than players do: what was recorded interlaced is shown as whole frames. */
export function deinterlaceFilter(video: VideoStream): string | null {
  // Frames that are not marked as interlaced pass untouched.
  return video.interlaced ? filter("bwdif", { mode: "send_frame", deint: "interlaced" }) : null;
}

/**
 * Brings the picture to its place in the frame. ffmpeg has turned it upright before this filter (autorotate), and the
 * sizes are those of square pixels, so stretched pixels come out square.
 */
export function placementFilter({ frame, picture }: Placement, fill: Fill): string {
  const squarePixels = filter("setsar", [1]);
  const scaled = filter("scale", [picture.widthPx, picture.heightPx]);
  const filled = picture.widthPx === frame.widthPx && picture.heightPx === frame.heightPx;
  if (filled || fill === "stretch") return chain([scaled, squarePixels]);
  if (fill === "gauss") return chain([blurredBehind({ frame, picture }), squarePixels]);
  const centred = ["(ow-iw)/2", "(oh-ih)/2"];
  return chain([scaled, filter("pad", [frame.widthPx, frame.heightPx, ...centred, fill]), squarePixels]);
}

/** The picture on a blurred, frame-filling copy of itself. */
function blurredBehind({ frame, picture }: Placement): string {
  const cover = Math.max(frame.widthPx / picture.widthPx, frame.heightPx / picture.heightPx);
  // Blurring an eighth of the size looks the same and costs a sixty-fourth.
  const eighth = (px: number) => Math.max(2, Math.round(px / 8));
  const blurred = chain([
    filter("scale", [eighth(picture.widthPx * cover), eighth(picture.heightPx * cover)]),
    filter("crop", [eighth(frame.widthPx), eighth(frame.heightPx)]),
    filter("gblur", { sigma: Math.min(eighth(frame.widthPx), eighth(frame.heightPx)) / 32 }),
    filter("scale", [frame.widthPx, frame.heightPx]),
  ]);
  return graph([
    { steps: "split", to: ["copy", "original"] },
    { from: ["copy"], steps: blurred, to: ["behind"] },
    { from: ["original"], steps: filter("scale", [picture.widthPx, picture.heightPx]), to: ["picture"] },
    { from: ["behind", "picture"], steps: filter("overlay", { x: "(W-w)/2", y: "(H-h)/2", format: "auto" }) },
  ]);
}
