/** Clips with faults at known times. Never imported by the product. */
import { ffmpeg, lavfi, QUICK_H264 } from "../../ffmpeg/test-media.ts";

/** Soft, detailed and always moving, as a filmed picture is. */
const SCENE = "mandelbrot=size=320x180:rate=25,scroll=h=0.01,format=yuv420p";

export function cleanClip(path: string, seconds = 2): Promise<string> {
  const sources = [...lavfi(SCENE), ...lavfi("sine=frequency=440:sample_rate=44100")];
  return ffmpeg(...sources, "-t", String(seconds), ...QUICK_H264, "-crf", "12", "-c:a", "pcm_s16le", path);
}

/** Each for the second that begins there: black and silent, frozen and clipped, blurred, blocky, interlaced. */
export const FAULTS = { black: 1, frozen: 3, blur: 5, blockiness: 7, interlacing: 9, silent: 1, clipping: 3 };

export function faultyClip(path: string): Promise<string> {
  // Up to the last frame before its end.
  const during = (second: number) => `enable='between(t,${second},${second + 0.99})'`;
  const frozen = 25 * FAULTS.frozen;
  const picture = [
    `[0:v]drawbox=color=black:t=fill:${during(FAULTS.black)},split[a][b]`,
    `[a]gblur=sigma=6:${during(FAULTS.blur)},pixelize=w=8:h=8:${during(FAULTS.blockiness)},split[c][d]`,
    // Every other line is that of the frame before.
    "[d]tpad=start=1:start_mode=clone[e]",
    `[c][e]blend=all_expr='if(mod(Y,2),A,B)':shortest=1:${during(FAULTS.interlacing)}[f]`,
    // Not the scene, but one frame of it, from there on for a second.
    `[f][b]freezeframes=first=${frozen}:last=${frozen + 24}:replace=${frozen}[v]`,
  ].join(";");
  const sound = `[1:a]volume=0:${during(FAULTS.silent)},volume=40dB:${during(FAULTS.clipping)}[a]`;
  return ffmpeg(
    ...[...lavfi(SCENE), ...lavfi("sine=frequency=440:sample_rate=44100")],
    ...["-filter_complex", `${picture};${sound}`, "-map", "[v]", "-map", "[a]", "-t", "11"],
    ...[...QUICK_H264, "-crf", "12", "-c:a", "pcm_s16le", path],
  );
}
