import { z } from "zod";
import { chain, filter } from "../../ffmpeg/filter.ts";
import type { VideoStream } from "../../media.ts";
import { deinterlaceFilter } from "../picture-filter.ts";
import type { Size } from "../picture-size.ts";

const percent = (min: number, max: number, neutral: number) =>
  z.int().min(min).max(max).default(neutral).meta({ unit: "%" });

/** What makes a poor picture better, or another one. Each is neutral until it is turned. */
export const enhance = z.strictObject({
  deinterlace: z.enum(["auto", "always", "never"]).default("auto"),
  denoise: z.enum(["off", "light", "medium", "strong"]).default("off"),
  sharpen: percent(0, 100, 0),
  brightness: percent(-100, 100, 0),
  contrast: percent(0, 200, 100),
  saturation: percent(0, 300, 100),
  gamma: z.number().min(0.1).max(10).default(1),
  /** 0: no frames are made up. */
  interpolateTo: z.int().min(0).max(60).default(0).meta({ unit: "fps" }),
});
export type Enhance = z.output<typeof enhance>;

/** Fields whose filters know pictures of 8 bits only, so that an HDR picture would lose what it is kept for. */
export function turnedIn8Bits(wish: Enhance): (keyof Enhance)[] {
  const neutral = enhance.parse({});
  const fields = ["brightness", "contrast", "saturation", "gamma", "interpolateTo"] as const;
  return fields.filter((field) => wish[field] !== neutral[field]);
}

/** hqdn3d's strengths in space and time, for brightness and colour. Its own default is the medium one. */
const DENOISE = {
  light: [2, 1.5, 3, 2.25],
  medium: [4, 3, 6, 4.5],
  strong: [8, 6, 12, 9],
} as const;

/** Whole frames, as everything after it expects them. */
export function wholeFrames(wish: Enhance | null, source: VideoStream): string | null {
  switch (wish?.deinterlace ?? "auto") {
    case "auto":
      return deinterlaceFilter(source);
    case "always":
      // Some recorders do not mark their fields.
      return filter("bwdif", { mode: "send_frame", deint: "all" });
    case "never":
      return null;
  }
}

/** Frames per second with those made up; 0 where none are, because the source has no fewer. */
export function interpolatedRate(wish: Enhance | null, source: VideoStream): number {
  return wish !== null && wish.interpolateTo > source.framesPerSecond ? wish.interpolateTo : 0;
}

/** Everything else, before bars are added: they are to stay black or white, and have no edges to sharpen. */
export function enhancement(wish: Enhance, source: VideoStream, picture: Size): string {
  const interpolate = interpolatedRate(wish, source) > 0;
  return chain([
    // First: scaled noise is coarser and harder to tell from the picture, and motion is mistaken in it.
    wish.denoise === "off" ? null : filter("hqdn3d", DENOISE[wish.denoise]),
    // Motion is sought among the pixels that remain, and edges are sharpened as they will be seen.
    interpolate || wish.sharpen > 0 ? filter("scale", [picture.widthPx, picture.heightPx]) : null,
    colours(wish),
    // The last frames have none after them to move towards; they stand still instead.
    interpolate ? filter("tpad", { stop: 2, stop_mode: "clone" }) : null,
    interpolate ? filter("minterpolate", { fps: wish.interpolateTo }) : null,
    // Last: sharpened noise would be noise again, and sharpened frames blend badly. Colours have no edges worth it.
    wish.sharpen > 0 ? filter("unsharp", [5, 5, (1.5 * wish.sharpen) / 100]) : null,
  ]);
}

function colours({ brightness, contrast, saturation, gamma }: Enhance): string | null {
  const turned = {
    ...(brightness === 0 ? {} : { brightness: brightness / 100 }),
    ...(contrast === 100 ? {} : { contrast: contrast / 100 }),
    ...(saturation === 100 ? {} : { saturation: saturation / 100 }),
    ...(gamma === 1 ? {} : { gamma }),
  };
  return Object.keys(turned).length === 0 ? null : filter("eq", turned);
}
