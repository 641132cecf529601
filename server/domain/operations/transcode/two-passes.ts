import type { VideoCodec } from "./video-params.ts";

/**
 * The options of a picture in one of two passes. In the first an encoder only takes notes of how hard each frame is; in
 * the second it spreads the bits by them. Both must see the same frames and options, or the notes do not fit.
 */
export function inPass(pass: 1 | 2, codec: VideoCodec, args: readonly string[], scratchDir: string): string[] {
  const notes = `${scratchDir}/pass`;
  // ffmpeg's own options for passes never reach libx265, whose file name stands in a list parted by colons.
  const ofX265 = `:pass=${pass}:stats=${notes.replaceAll(/[\\':]/g, (found) => `\\${found}`)}`;
  return codec === "h265"
    ? args.map((arg, index) => (args[index - 1] === "-x265-params" ? arg + ofX265 : arg))
    : [...args, "-pass", String(pass), "-passlogfile", notes];
}
