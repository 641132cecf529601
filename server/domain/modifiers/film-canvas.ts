import { PAPER_WHITE } from "../ffmpeg/paper-white.ts";
import type { VideoStream } from "../media.ts";
import type { Size } from "../operations/picture-size.ts";
import { keepsHdr } from "../operations/transcode/encode-video.ts";
import type { VideoParams } from "../operations/transcode/video-params.ts";
import type { ColourMatrix, FilmCanvas, TimeLine } from "./canvas.ts";

/** The frames of a film as its encoder gets them. */
export function filmCanvas(params: VideoParams, source: VideoStream, frame: Size, timeLine: TimeLine): FilmCanvas {
  if (source.dynamicRange !== "sdr" && keepsHdr(params, source)) {
    const white = PAPER_WHITE[source.dynamicRange];
    return { frame, timeLine, pixels: "yuv420p10le", matrix: "bt2020", white };
  }
  return { frame, timeLine, pixels: "yuv420p", matrix: matrixOf(source), white: 1 };
}

/** Once tone-mapped it is BT.709, whatever it was. A file that says nothing is taken for what players take it for. */
function matrixOf({ dynamicRange, colourMatrix, heightPx }: VideoStream): ColourMatrix {
  if (dynamicRange !== "sdr") return "bt709";
  return colourMatrix ?? (heightPx >= 720 ? "bt709" : "bt601");
}
