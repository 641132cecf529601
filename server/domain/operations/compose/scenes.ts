/**
 * The time line cut wherever something appears or goes, so that within a scene the same things are to be seen from its
 * first frame to its last. Each scene is encoded by a process of its own: memory holds what is seen at a time, however
 * many items there are.
 */
import type { ComposedClip, ComposedSticker, ComposeParams } from "./schema.ts";
import type { Placed, TimeLine } from "./timeline.ts";

/** In frames of the time line. */
export interface Span {
  startFrame: number;
  endFrame: number;
}

export type ShownClip = Placed<ComposedClip> & Span;

/** What a video track shows: a clip, or one that melts into another; null is nothing, and what lies below is seen. */
export type Show = Span &
  ({ of: "clip"; clip: ShownClip } | { of: "melting"; from: ShownClip | null; to: ShownClip | null });

export interface ShownSticker extends Span {
  of: "sticker";
  sticker: ComposedSticker;
  field: string;
}

export type Layer = Show | ShownSticker;

export interface Scene extends Span {
  /** From the bottom up. */
  layers: readonly Layer[];
}

export function scenesOf(params: ComposeParams, line: TimeLine, framesPerSecond: number): Scene[] {
  const frameAt = (seconds: number) => Math.round(seconds * framesPerSecond);
  const tracks = line.videoTracks.map((track) =>
    showsOf(
      track.map((clip) => ({
        ...{ ...clip, startFrame: frameAt(clip.startSeconds), endFrame: frameAt(clip.endSeconds) },
      })),
    ),
  );
  const stickers = params.stickerTracks.flatMap((track, trackIndex) =>
    track.stickers.map((sticker, index): ShownSticker => {
      const { appearsAtSeconds, lastsSeconds } = sticker;
      const startFrame = frameAt(appearsAtSeconds);
      // What is asked for is seen, be it for a frame.
      const endFrame = Math.max(startFrame + 1, frameAt(appearsAtSeconds + lastsSeconds));
      return { of: "sticker", sticker, field: `stickerTracks.${trackIndex}.stickers.${index}`, startFrame, endFrame };
    }),
  );
  const frames = Math.max(1, frameAt(line.durationSeconds));
  const edges = new Set([0, frames]);
  for (const { startFrame, endFrame } of [...tracks.flat(), ...stickers]) edges.add(startFrame).add(endFrame);
  const cuts = [...edges].filter((frame) => frame <= frames).sort((a, b) => a - b);
  return cuts.slice(1).map((endFrame, index) => {
    const startFrame = cuts[index] ?? 0;
    const isSeen = (span: Span) => span.startFrame <= startFrame && span.endFrame >= endFrame;
    return {
      ...{ startFrame, endFrame },
      layers: [...tracks.flat(), ...stickers].filter(isSeen),
    };
  });
}

/** Without those that are too short for a frame. */
function showsOf(track: readonly ShownClip[]): Show[] {
  const shows: Show[] = [];
  for (const [index, clip] of track.entries()) {
    const { transition } = clip.item;
    const before = track[index - 1];
    if (transition !== null && before !== undefined) {
      const [startFrame, endFrame] = [clip.startFrame, before.endFrame];
      const middle = Math.round((startFrame + endFrame) / 2);
      if (transition.style === "dissolve") shows.push(melting({ startFrame, endFrame }, before, clip));
      else {
        shows.push(melting({ startFrame, endFrame: middle }, before, null));
        shows.push(melting({ startFrame: middle, endFrame }, null, clip));
      }
    }
    const alone = {
      startFrame: transition === null ? clip.startFrame : (before?.endFrame ?? clip.startFrame),
      endFrame: track[index + 1]?.item.transition ? (track[index + 1]?.startFrame ?? clip.endFrame) : clip.endFrame,
    };
    if (clip.source.video !== null) shows.push({ of: "clip", clip, ...alone });
  }
  return shows.filter(({ startFrame, endFrame }) => endFrame > startFrame);
}

function melting(span: Span, from: ShownClip | null, to: ShownClip | null): Show {
  const seen = (clip: ShownClip | null) => (clip?.source.video ? clip : null);
  return { of: "melting", from: seen(from), to: seen(to), ...span };
}

/** Pictures decoded at a time by one process: what it holds of them grows to some gigabytes with all that may be seen at once. */
const DECODED_MAX = 4;

/** Layers that are laid on together, from the bottom up; what comes of some is the ground of the next. */
export function batchesOf(layers: readonly Layer[]): Layer[][] {
  const batches: { decoded: number; layers: Layer[] }[] = [{ decoded: 0, layers: [] }];
  for (const layer of layers) {
    const decoded = layer.of === "melting" ? Number(layer.from !== null) + Number(layer.to !== null) : 1;
    const last = batches.at(-1);
    if (last !== undefined && last.decoded + decoded <= DECODED_MAX) {
      last.decoded += decoded;
      last.layers.push(layer);
    } else batches.push({ decoded, layers: [layer] });
  }
  return batches.map((batch) => batch.layers);
}
