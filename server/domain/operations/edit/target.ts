/** What clips of different kinds have to become before they can follow one another. */
import { evenRateOf } from "../../ffmpeg/frame-rate.ts";
import { type AudioStream, displaySizeOf, type VideoStream } from "../../media.ts";
import { placementOf, type Size } from "../picture-size.ts";
import type { EditParams } from "./schema.ts";
import type { Stretch } from "./stretches.ts";

export interface PictureTarget {
  frame: Size;
  framesPerSecond: number;
}

export interface SoundTarget {
  sampleRateHz: number;
  channels: number;
  layout: "mono" | "stereo" | "5.1";
}

type Filmed = Stretch & { video: VideoStream };

/** Null where no clip has a picture: sounds joined are a sound. */
export function pictureTargetOf(params: EditParams, stretches: readonly Stretch[]): PictureTarget | null {
  const reference = referenceOf(params, stretches);
  if (reference === null) return null;
  // Width is width: of several media no one's orientation decides.
  const wish = { widthPx: params.widthPx, heightPx: params.heightPx, resolutionAdaptive: false };
  const { frame } = placementOf(reference.video, wish, params.fill, 2);
  return { frame, framesPerSecond: params.framesPerSecond || evenRateOf(reference.video) };
}

/** Of equals the first. */
function referenceOf({ reference }: EditParams, stretches: readonly Stretch[]): Filmed | null {
  const measure = ({ media, video }: Filmed) => {
    if (reference === "highest-bitrate") return video.bitrateBps || media.bitrateBps;
    const { widthPx, heightPx } = displaySizeOf(video);
    return widthPx * heightPx;
  };
  const filmed = stretches.flatMap((stretch): Filmed[] =>
    stretch.video === null ? [] : [{ ...stretch, video: stretch.video }],
  );
  return filmed.reduce<Filmed | null>(
    (best, each) => (best === null || measure(each) > measure(best) ? each : best),
    null,
  );
}

/** Null where no clip has sound. What all of them have stays; otherwise it is what every player plays. */
export function soundTargetOf(sounds: readonly AudioStream[]): SoundTarget | null {
  if (sounds.length === 0) return null;
  const sampleRateHz = sounds.every((sound) => sound.sampleRateHz === 44_100) ? 44_100 : 48_000;
  if (sounds.every(({ channels }) => channels === 1)) return { sampleRateHz, channels: 1, layout: "mono" };
  if (sounds.every(({ channels }) => channels >= 6)) return { sampleRateHz, channels: 6, layout: "5.1" };
  return { sampleRateHz, channels: 2, layout: "stereo" };
}
