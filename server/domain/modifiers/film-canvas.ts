import type { VideoStream } from "../media.ts";
import type { Size } from "../operations/picture-size.ts";
import { keepsHdr } from "../operations/transcode/encode-video.ts";
import type { VideoParams } from "../operations/transcode/video-params.ts";
import type { ColourMatrix, FilmCanvas, TimeLine } from "./canvas.ts";

/** The brightness of a sheet of white paper, as shares of the signal (ITU-R BT.2408): 203 cd/m² in HDR10. */
const HDR_WHITE = { hdr10: 0.58, hlg: 0.75 } as const;

/** The frames of a film as its encoder gets them. */
export function filmCanvas(params: VideoParams, source: VideoStream, frame: Size, timeLine: TimeLine): FilmCanvas {
  if (source.dynamicRange !== "sdr" && keepsHdr(params, source)) {
    const white = HDR_WHITE[source.dynamicRange];
    return { frame, timeLine, pixels: "yuv420p10le", matrix: "bt2020", white };
  }
  return { frame, timeLine, pixels: "yuv420p", matrix: matrixOf(source), white: 1 };
}

/** Once tone-mapped it is BT.709, whatever it was. A file that says nothing is taken for what players take it for. */
function matrixOf({ dynamicRange, colourMatrix, heightPx }: VideoStream): ColourMatrix {
  if (dynamicRange !== "sdr") return "bt709";
  return colourMatrix ?? (heightPx >= 720 ? "bt709" : "bt601");
}
