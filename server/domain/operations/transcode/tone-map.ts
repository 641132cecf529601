import { chain, filter } from "../../ffmpeg/filter.ts";
import type { VideoStream } from "../../media.ts";
import type { Size } from "../picture-size.ts";

const TRANSFERS = { hdr10: "smpte2084", hlg: "arib-std-b67" } as const;

/**
 * HDR as ordinary BT.709: shown without, it looks grey and flat. Null where the source is no HDR. ffmpeg tags what it
 * encodes by what the last filter says of its frames.
 */
export function toneMapFilter({ dynamicRange, widthPx, heightPx }: VideoStream, picture: Size): string | null {
  if (dynamicRange === "sdr") return null;
  const shrinks = picture.widthPx * picture.heightPx < widthPx * heightPx;
  return chain([
    // Light is counted in floats, which is slow: of 4K only the pixels that will be seen.
    shrinks ? filter("scale", [picture.widthPx, picture.heightPx]) : null,
    // Colours are said rather than read: some files mark the transfer alone. 100 cd/m² is the white of SDR.
    filter("zscale", {
      ...{ transferin: TRANSFERS[dynamicRange], primariesin: "bt2020", matrixin: "bt2020nc" },
      ...{ transfer: "linear", npl: 100 },
    }),
    filter("format", ["gbrpf32le"]),
    filter("zscale", { primaries: "bt709" }),
    // Hable bends highlights and keeps shadows; desat would turn bright colours to white.
    filter("tonemap", { tonemap: "hable", desat: 0 }),
    filter("zscale", { transfer: "bt709", matrix: "bt709", range: "limited" }),
    filter("format", ["yuv420p"]),
  ]);
}
