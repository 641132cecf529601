import { languageTagOf, trackLabelsOf } from "../../manifest/language.ts";
import type { Picture, Sound, Variant } from "../../manifest/manifest.ts";
import { type AudioStream, displaySizeOf, type MediaInfo, type VideoStream } from "../../media.ts";
import { type Placement, placementOf, type Size } from "../picture-size.ts";
import { mainAudioOf } from "../transcode/encode-audio.ts";
import { keepsHdr } from "../transcode/encode-video.ts";
import type { VideoParams } from "../transcode/video-params.ts";
import type { AdaptiveStreamingParams } from "./schema.ts";

type Rung = AdaptiveStreamingParams["rungs"][number];
type SoundParams = NonNullable<Rung["audio"]>;

export interface PictureToEncode extends Picture {
  params: VideoParams;
  placement: Placement;
}

export interface SoundToEncode extends Sound {
  params: SoundParams;
  track: AudioStream;
}

/** What is encoded for a source: a picture for each rung, and each kind of sound once for every track. */
export interface Ladder {
  pictures: readonly PictureToEncode[];
  sounds: readonly SoundToEncode[];
  variants: readonly Variant[];
}

export function ladderOf(params: AdaptiveStreamingParams, media: MediaInfo, video: VideoStream): Ladder {
  const rungs = params.disableHigherResolution ? withoutHigher(params.rungs, video) : params.rungs;
  const groups = media.audio.length === 0 ? [] : soundGroupsOf(rungs);
  const pictures: PictureToEncode[] = [];
  const variants: Variant[] = [];
  for (const { video: wish, audio } of rungs) {
    const group = groups.find(({ key }) => key === keyOf(audio))?.name ?? null;
    const picture = wish && pictureOf(`video-${pictures.length + 1}`, wish, video);
    if (picture !== null) pictures.push(picture);
    if (picture !== null || group !== null) variants.push({ picture: picture?.name ?? null, group });
  }
  return { pictures, sounds: groups.flatMap((group) => soundsOf(group, media)), variants };
}

function pictureOf(name: string, params: VideoParams, video: VideoStream): PictureToEncode {
  // Chroma of 4:2:0 has half the size, so the sides must be even.
  const placement = placementOf(video, params, params.fill, 2);
  const dynamicRange = keepsHdr(params, video) ? video.dynamicRange : "sdr";
  return { name, ...placement.frame, codecTag: params.codecTag, dynamicRange, params, placement };
}

/** Rungs whose picture the source has no pixels for are left out. Of a very small source the smallest stays, in its size. */
function withoutHigher(rungs: readonly Rung[], video: VideoStream): readonly Rung[] {
  const shown = displaySizeOf(video);
  // By what is asked for: limits (`keep`) would always fit, and several rungs would come out the same.
  const sizeOf = (wish: VideoParams) => placementOf(video, wish, wish.fill === "keep" ? "black" : wish.fill, 2).picture;
  const fits = ({ widthPx, heightPx }: Size) =>
    // Sides are rounded to even ones.
    widthPx <= shown.widthPx + 1 && heightPx <= shown.heightPx + 1;
  const kept = rungs.filter((rung) => rung.video === null || fits(sizeOf(rung.video)));
  if (kept.some((rung) => rung.video !== null)) return kept;

  const pictures = rungs.flatMap((rung) => (rung.video === null ? [] : [rung.video]));
  const areaOf = ({ widthPx, heightPx }: Size) => widthPx * heightPx;
  const [smallest] = pictures.toSorted((a, b) => areaOf(sizeOf(a)) - areaOf(sizeOf(b)));
  return rungs.flatMap((rung) => {
    if (rung.video === null) return [rung];
    return rung.video === smallest ? [{ ...rung, video: { ...rung.video, widthPx: 0, heightPx: 0 } }] : [];
  });
}

interface SoundGroup {
  name: string;
  key: string;
  params: SoundParams;
}

function soundGroupsOf(rungs: readonly Rung[]): SoundGroup[] {
  const wishes = new Map(rungs.flatMap(({ audio }) => (audio === null ? [] : ([[keyOf(audio), audio]] as const))));
  return [...wishes].map(([key, params], index) => ({ name: `audio-${index + 1}`, key, params }));
}

function keyOf(audio: Rung["audio"]): string {
  return JSON.stringify(audio);
}

/** Every track of the source is a choice of its own: other languages, commentary. */
function soundsOf({ name: group, params }: SoundGroup, media: MediaInfo): SoundToEncode[] {
  const languages = media.audio.map(({ language }) => languageTagOf(language));
  const labels = trackLabelsOf(languages, "Audio");
  return media.audio.map((track, index) => ({
    name: `${group}-${index + 1}`,
    group,
    language: languages[index] ?? null,
    label: labels[index] ?? "",
    channels: params.channels || track.channels || 2,
    isDefault: track === mainAudioOf(media),
    params,
    track,
  }));
}
