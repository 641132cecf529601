/** From `Tracks`, `Canvas` and `Output` to the parameters of a composition. */
import type { z } from "zod";
import type { composeParams } from "../../domain/operations/compose/schema.ts";
import { ok, type Result } from "../../domain/result.ts";
import { sideOf } from "../measures.ts";
import { type Refusal, refuse } from "../refusal.ts";
import type {
  AudioItem,
  AudioOperations,
  canvas,
  output,
  PlaceItem,
  StickerItem,
  Track,
  TrackItem,
  TransitionItem,
  VideoItem,
} from "./tracks.ts";

type Params = z.input<typeof composeParams>;
type Clip = NonNullable<NonNullable<Params["videoTracks"]>[number]["clips"]>[number];
type Sound = NonNullable<NonNullable<Params["audioTracks"]>[number]["sounds"]>[number];
type Sticker = NonNullable<NonNullable<Params["stickerTracks"]>[number]["stickers"]>[number];

export function composeParamsOf(
  tracks: readonly Track[],
  { Color, Width = 0, Height = 0 }: z.output<typeof canvas>,
  wished: z.output<typeof output>,
): Result<Params, Refusal> {
  const videoTracks: { clips: Clip[] }[] = [];
  const audioTracks: { sounds: Sound[] }[] = [];
  const stickerTracks: { stickers: Sticker[] }[] = [];
  for (const [index, one] of tracks.entries()) {
    const at = `Tracks.${index}`;
    switch (one.Type) {
      case "Video": {
        const clips = clipsOf(one.TrackItems, at);
        if (!clips.ok) return clips;
        videoTracks.push({ clips: clips.value });
        break;
      }
      case "Audio": {
        const sounds = soundsOf(one.TrackItems, at);
        if (!sounds.ok) return sounds;
        audioTracks.push({ sounds: sounds.value });
        break;
      }
      case "Sticker": {
        const stickers = stickersOf(one.TrackItems, at);
        if (!stickers.ok) return stickers;
        stickerTracks.push({ stickers: stickers.value });
      }
    }
  }
  const { FileName, Container, RemoveVideo, RemoveAudio, VideoStream = {}, AudioStream = {} } = wished;
  const container = Container || "mp4";
  return ok({
    canvas: {
      canvasWidthPx: Width,
      canvasHeightPx: Height,
      canvasColor: Color === "White" ? "#ffffff" : "#000000",
    },
    ...{ videoTracks, audioTracks, stickerTracks, container },
    video:
      RemoveVideo === 1 || container === "mp3"
        ? null
        : { framesPerSecond: VideoStream.Fps ?? 0, bitrateKbps: VideoStream.Bitrate ?? 0 },
    audio: RemoveAudio === 1 ? null : { bitrateKbps: AudioStream.Bitrate ?? 0 },
    result: { name: FileName },
  });
}

function clipsOf(items: readonly TrackItem[], at: string): Result<Clip[], Refusal> {
  const clips: Clip[] = [];
  let gapBeforeSeconds = 0;
  let transition: Clip["transition"] = null;
  for (const [index, one] of items.entries()) {
    const place = `${at}.TrackItems.${index}`;
    if (one.EmptyItem !== undefined && one.Type === "Empty") gapBeforeSeconds += one.EmptyItem.Duration;
    else if (one.TransitionItem !== undefined && one.Type === "Transition") {
      const read = transitionOf(one.TransitionItem, place);
      if (!read.ok) return read;
      transition = read.value;
    } else if (one.VideoItem !== undefined && one.Type === "Video") {
      const read = clipOf(one.VideoItem, place);
      if (!read.ok) return read;
      clips.push({ ...read.value, gapBeforeSeconds, transition });
      gapBeforeSeconds = 0;
      transition = null;
    } else return notOfTrack(one, place, "Video");
  }
  return clips.length === 0 ? refuse("InvalidParameterValue", `\`${at}\` has no clips.`) : ok(clips);
}

function clipOf(item: VideoItem, at: string): Result<Clip, Refusal> {
  const stretch = stretchOf(item, at);
  if (!stretch.ok) return stretch;
  const place = placeOf(item, at);
  return place.ok ? ok({ ...stretch.value, ...place.value }) : place;
}

function soundsOf(items: readonly TrackItem[], at: string): Result<Sound[], Refusal> {
  const sounds: Sound[] = [];
  let gapBeforeSeconds = 0;
  for (const [index, one] of items.entries()) {
    const place = `${at}.TrackItems.${index}`;
    if (one.EmptyItem !== undefined && one.Type === "Empty") gapBeforeSeconds += one.EmptyItem.Duration;
    else if (one.AudioItem !== undefined && one.Type === "Audio") {
      const stretch = stretchOf(one.AudioItem, place);
      if (!stretch.ok) return stretch;
      sounds.push({ ...stretch.value, gapBeforeSeconds });
      gapBeforeSeconds = 0;
    } else return notOfTrack(one, place, "Audio");
  }
  return sounds.length === 0 ? refuse("InvalidParameterValue", `\`${at}\` has no sounds.`) : ok(sounds);
}

/** Where no time is given, a sticker follows the one before. */
function stickersOf(items: readonly TrackItem[], at: string): Result<Sticker[], Refusal> {
  const stickers: Sticker[] = [];
  let endSeconds = 0;
  for (const [index, one] of items.entries()) {
    const place = `${at}.TrackItems.${index}`;
    if (one.EmptyItem !== undefined && one.Type === "Empty") endSeconds += one.EmptyItem.Duration;
    else if (one.StickerItem !== undefined && one.Type === "Sticker") {
      const read = stickerOf(one.StickerItem, endSeconds, place);
      if (!read.ok) return read;
      stickers.push(read.value);
      endSeconds = (read.value.appearsAtSeconds ?? 0) + one.StickerItem.Duration;
    } else return notOfTrack(one, place, "Sticker");
  }
  return stickers.length === 0 ? refuse("InvalidParameterValue", `\`${at}\` has no stickers.`) : ok(stickers);
}

function stickerOf(item: StickerItem, afterSeconds: number, at: string): Result<Sticker, Refusal> {
  const source = sourceOf(item.SourceMedia, at);
  if (!source.ok) return source;
  const place = placeOf(item, at);
  if (!place.ok) return place;
  const { StartTime = afterSeconds, Duration } = item;
  return ok({ mediaId: source.value, ...place.value, appearsAtSeconds: StartTime, lastsSeconds: Duration });
}

function notOfTrack({ Type }: TrackItem, at: string, track: Track["Type"]): Result<never, Refusal> {
  return refuse("InvalidParameterValue", `\`${at}\`: an item of type ${Type} of a ${track} track is not said right.`);
}

/** `Duration` 0 is the rest of the source. */
function stretchOf(item: AudioItem, at: string): Result<Sound, Refusal> {
  const source = sourceOf(item.SourceMedia, at);
  if (!source.ok) return source;
  const { SourceMediaStartTime = 0, Duration = 0, TargetDuration = 0 } = item;
  if (TargetDuration > 0 && TargetDuration !== Duration) {
    return refuse("UnsupportedOperation", `\`${at}.TargetDuration\`: what is composed keeps its speed.`);
  }
  const volume = volumeOf(item.AudioOperations, at);
  if (!volume.ok) return volume;
  return ok({
    mediaId: source.value,
    startSeconds: SourceMediaStartTime,
    durationSeconds: Duration,
    volumePercent: volume.value,
  });
}

function sourceOf(sourceMedia: string, at: string): Result<string, Refusal> {
  return /^\d{1,20}$/.test(sourceMedia)
    ? ok(sourceMedia)
    : refuse("UnsupportedOperation", `\`${at}.SourceMedia\`: only files of the library, by their id.`);
}

const GAIN_MAX = 2;

/** Without a gain, and with 0, nothing changes. */
function volumeOf(operations: AudioOperations, at: string): Result<number, Refusal> {
  let percent = 100;
  for (const { VolumeParam = {} } of operations ?? []) {
    const { Mute = 0, Gain = 0 } = VolumeParam;
    if (Gain > GAIN_MAX) {
      return refuse("UnsupportedOperation", `\`${at}.AudioOperations\`: a gain of at most ${GAIN_MAX}.`);
    }
    if (Gain > 0) percent = Math.round(100 * Gain);
    if (Mute === 1) percent = 0;
  }
  return ok(percent);
}

function placeOf({ XPos, YPos, Width, Height, ImageOperations = [] }: PlaceItem, at: string) {
  if (ImageOperations.length > 0) {
    return refuse("UnsupportedOperation", `\`${at}.ImageOperations\`: pictures are neither turned nor mirrored.`);
  }
  return ok({
    fromMiddleX: fromMiddleOf(XPos),
    fromMiddleY: fromMiddleOf(YPos),
    shownWidth: Width ? sideOf(Width, "width") : { value: 0, unit: "px" as const },
    shownHeight: Height ? sideOf(Height, "height") : { value: 0, unit: "px" as const },
  });
}

function fromMiddleOf(text = ""): { value: number; unit: "px" | "percent" } {
  return { value: Number.parseFloat(text || "0"), unit: text.endsWith("%") ? "percent" : "px" };
}

/** One melts into the other, picture and sound. */
function transitionOf({ Duration, MediaTransitions, Transitions }: TransitionItem, at: string) {
  const types = [...(MediaTransitions ?? []), ...(Transitions ?? [])].map(({ Type }) => Type);
  const unknown = types.find((type) => !["ImageFadeInFadeOut", "AudioFadeInFadeOut"].includes(type));
  return unknown === undefined
    ? ok({ style: "dissolve" as const, seconds: Duration })
    : refuse("UnsupportedOperation", `\`${at}.TransitionItem\`: the transition ${unknown} is not supported.`);
}
