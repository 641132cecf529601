/**
 * What is to be heard. Each item is made alone (its stretch, loudness and fades), so memory holds one at a time; what
 * follows one another in a track becomes a lane, and the lanes are mixed at the end: two of each video track, as clips that
 * melt into each other are heard together, and one of each audio track.
 */
import { chain, filter, graph, numberText } from "../../ffmpeg/filter.ts";
import { seekTo } from "../../ffmpeg/seek.ts";
import type { AudioStream } from "../../media.ts";
import type { Command, CommandInput, PlanContext, PreparedFile } from "../../plan.ts";
import { listPieces, PIECE_SOUND, pieceFile } from "../edit/join-pieces.ts";
import { inOneSound } from "../edit/piece.ts";
import { type SoundTarget, soundTargetOf } from "../edit/target.ts";
import type { ComposedClip, ComposedSound } from "./schema.ts";
import type { Placed, TimeLine } from "./timeline.ts";

/** Decoders of sound need what comes before to be right from the first sample on. */
const RUN_UP_SECONDS = 0.5;
/** Below full, as codecs overshoot. */
const LIMIT = 0.97;
/** Compared with encoding pictures. */
const EFFORT_OF_SOUND = 0.1;

interface Fade {
  type: "in" | "out";
  startSeconds: number;
  seconds: number;
  /** qsin: together, two that fade into each other are as loud as one. */
  curve: "tri" | "qsin";
}

interface Audible {
  path: string;
  media: Placed<ComposedSound>["source"]["media"];
  audio: AudioStream;
  fromSeconds: number;
  startSeconds: number;
  endSeconds: number;
  volumePercent: number;
  fades: readonly Fade[];
}

export interface ComposedMix {
  target: SoundTarget;
  commands: Command[];
  prepared: PreparedFile[];
  inputs: CommandInput[];
  /** From the lanes, the first of which is this input, to `[audio]`. */
  graphFrom: (firstInput: number) => string;
}

/** Null where there is nothing to hear. `onFrame` is where a moment lies when pictures are beside it. */
export function planMix(
  line: TimeLine,
  durationSeconds: number,
  onFrame: (seconds: number) => number,
  context: PlanContext,
): ComposedMix | null {
  const tracks = [
    ...line.videoTracks.map((track) => track.flatMap((_, index) => audibleClip(track, index, onFrame))),
    ...line.audioTracks.map((track) => track.flatMap((one) => audible(one, one.startSeconds, one.endSeconds, []))),
  ];
  // Two channels are what everything plays, MP3 too.
  const sounds = tracks.flat().map(({ audio }) => ({ ...audio, channels: Math.min(2, audio.channels) }));
  const target = soundTargetOf(sounds);
  if (target === null) return null;
  const lanes = tracks.flatMap(lanesOf);
  const commands: Command[] = [];
  const lists = lanes.map((lane, laneIndex) => {
    let reached = 0;
    const pieces = lane.map((one) => {
      const name = `sound-${commands.length}.mp4`;
      const [start, end] = [one.startSeconds, one.endSeconds].map((seconds) =>
        Math.round(seconds * target.sampleRateHz),
      );
      const place = { silence: (start ?? 0) - reached, samples: (end ?? 0) - (start ?? 0) };
      reached = end ?? 0;
      commands.push(soundCommand(one, place, target, name, context));
      return { name, seconds: (place.silence + place.samples) / target.sampleRateHz };
    });
    return listPieces(`lane-${laneIndex}`, pieces, context);
  });
  return {
    target,
    commands,
    prepared: lists.map(({ prepared }) => prepared),
    inputs: lists.map(({ input }) => input),
    graphFrom: (first) => mixGraph(lists.length, first, Math.round(durationSeconds * target.sampleRateHz)),
  };
}

function audibleClip(
  track: readonly Placed<ComposedClip>[],
  index: number,
  onFrame: (seconds: number) => number,
): Audible[] {
  const clip = track[index];
  if (clip === undefined) return [];
  const [startSeconds, endSeconds] = [onFrame(clip.startSeconds), onFrame(clip.endSeconds)];
  const [before, after] = [track[index - 1], track[index + 1]];
  const fades: Fade[] = [];
  if (clip.item.transition && before !== undefined) {
    const seconds = onFrame(before.endSeconds) - startSeconds;
    fades.push(fadeOf("in", clip.item.transition.style, 0, seconds));
  }
  if (after?.item.transition) {
    const seconds = endSeconds - onFrame(after.startSeconds);
    fades.push(fadeOf("out", after.item.transition.style, endSeconds - startSeconds - seconds, seconds));
  }
  return audible(clip, startSeconds, endSeconds, fades);
}

/** Where one goes before the other comes, each has half of the time. */
function fadeOf(type: Fade["type"], style: "dissolve" | "fade", startSeconds: number, seconds: number): Fade {
  if (style === "dissolve") return { type, startSeconds, seconds, curve: "qsin" };
  return {
    type,
    startSeconds: type === "in" ? startSeconds + seconds / 2 : startSeconds,
    seconds: seconds / 2,
    curve: "tri",
  };
}

function audible(
  { item, source, fromSeconds }: Placed<ComposedSound>,
  startSeconds: number,
  endSeconds: number,
  fades: readonly Fade[],
): Audible[] {
  const { path, media, audio } = source;
  if (audio === null || item.volumePercent === 0 || endSeconds <= startSeconds) return [];
  const lasts = endSeconds - startSeconds;
  const [into, outOf] = [Math.min(item.fadeInSeconds, lasts), Math.min(item.fadeOutSeconds, lasts)];
  const own: Fade[] = [
    ...(into > 0 ? [{ type: "in", startSeconds: 0, seconds: into, curve: "tri" } as const] : []),
    ...(outOf > 0 ? [{ type: "out", startSeconds: lasts - outOf, seconds: outOf, curve: "tri" } as const] : []),
  ];
  const { volumePercent } = item;
  return [{ path, media, audio, fromSeconds, startSeconds, endSeconds, volumePercent, fades: [...fades, ...own] }];
}

function lanesOf(track: readonly Audible[]): Audible[][] {
  const lanes: Audible[][] = [];
  for (const one of track) {
    const free = lanes.find((lane) => (lane.at(-1)?.endSeconds ?? 0) <= one.startSeconds);
    if (free === undefined) lanes.push([one]);
    else free.push(one);
  }
  return lanes;
}

function soundCommand(
  one: Audible,
  { silence, samples }: { silence: number; samples: number },
  target: SoundTarget,
  name: string,
  context: PlanContext,
): Command {
  const runUp = Math.min(RUN_UP_SECONDS, one.fromSeconds);
  const seek = seekTo(one.fromSeconds - runUp, one.media);
  const first = Math.round((seek.surplusSeconds + runUp) * target.sampleRateHz);
  const steps = chain([
    inOneSound(target, first),
    filter("asetpts", ["PTS-STARTPTS"]),
    filter("apad", { whole_len: samples }),
    filter("atrim", { end_sample: samples }),
    one.volumePercent === 100 ? null : filter("volume", [numberText(one.volumePercent / 100)]),
    // What is made louder may be too loud for numbers that end at full.
    one.volumePercent > 100 ? limiter : null,
    ...one.fades.map(({ type, startSeconds, seconds, curve }) =>
      filter("afade", { t: type, st: numberText(startSeconds), d: numberText(seconds), curve }),
    ),
    silence === 0 ? null : filter("adelay", { delays: `${silence}S`, all: 1 }),
  ]);
  return {
    inputs: [{ path: one.path, options: ["-noaccurate_seek", ...seek.input] }],
    globals: ["-filter_complex", graph([{ from: [`0:${one.audio.index}`], steps, to: ["audio"] }])],
    outputs: [pieceFile(name, ["-map", "[audio]", ...PIECE_SOUND], context)],
    expectedSeconds: (silence + samples) / target.sampleRateHz,
    effort: EFFORT_OF_SOUND,
  };
}

const limiter = filter("alimiter", { limit: LIMIT, level: "disabled", latency: 1 });

function mixGraph(lanes: number, firstInput: number, samples: number): string {
  return graph([
    {
      from: Array.from({ length: lanes }, (_, index) => `${firstInput + index}:a`),
      steps: chain([
        lanes === 1 ? null : filter("amix", { inputs: lanes, duration: "longest", normalize: 0 }),
        lanes === 1 ? null : limiter,
        filter("apad", { whole_len: samples }),
        filter("atrim", { end_sample: samples }),
      ]),
      to: ["audio"],
    },
  ]);
}
