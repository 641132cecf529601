import { chain, filter, graph, numberText } from "../../ffmpeg/filter.ts";
import { frameRateText } from "../../ffmpeg/frame-rate.ts";
import type { MediaInfo, VideoStream } from "../../media.ts";
import type { CommandOutput, PlanContext } from "../../plan.ts";
import { deinterlaceFilter, placementFilter } from "../picture-filter.ts";
import { hlsArgs, NO_METADATA } from "../transcode/container.ts";
import { audioEncodingArgs, languageArgs } from "../transcode/encode-audio.ts";
import { encodingArgs, gopFramesOf, X265_PARAMS } from "../transcode/encode-video.ts";
import { soundCareSteps } from "../transcode/sound-care.ts";
import { toneMapFilter } from "../transcode/tone-map.ts";
import type { VideoParams } from "../transcode/video-params.ts";
import type { CopiedRung } from "./copied-rung.ts";
import type { Ladder, PictureToEncode, SoundToEncode } from "./ladder.ts";
import type { AdaptiveStreamingParams } from "./schema.ts";

/** The part of the source that is streamed, seen from where reading it begins. */
export interface Stretch {
  /** What is decoded before it, and has to be dropped. */
  surplusSeconds: number;
  durationSeconds: number;
  /** Where the last frame of the picture may end. */
  pictureSeconds: number;
}

/** What all pictures have in common, once; then each in its own size. */
export function picturesGraph(
  pictures: readonly PictureToEncode[],
  { surplusSeconds, pictureSeconds }: Stretch,
  video: VideoStream,
  framesPerSecond: number,
  draw: (picture: PictureToEncode) => string,
): string {
  const common = chain([
    ...(surplusSeconds > 0 ? [filter("trim", { start: numberText(surplusSeconds) })] : []),
    deinterlaceFilter(video),
    ...(surplusSeconds > 0 ? [filter("setpts", [`PTS-${numberText(surplusSeconds)}/TB`])] : []),
    // Pictures and sounds are streams apart, which must begin together: the first frame stands from the beginning.
    filter("setpts", ["if(N,PTS,0)"]),
    // Where a source shows one frame for a minute there is none to make a key frame of, and nowhere to cut.
    filter("fps", [frameRateText(framesPerSecond)]),
    // A player stops where one of its streams ends, so the last frame stays until the sound ends, too.
    filter("tpad", { stop: -1, stop_mode: "clone" }),
    filter("trim", { end: numberText(pictureSeconds) }),
    filter("split", [pictures.length]),
  ]);
  return graph([
    { from: [`0:${video.index}`], steps: common, to: pictures.map(({ name }) => `${name}-source`) },
    ...pictures.map((picture) => {
      const { name, placement, params } = picture;
      const toneMap = params.preserveHdr ? null : toneMapFilter(video, placement.picture);
      const steps = chain([toneMap, placementFilter(placement, params.fill), draw(picture)]);
      return { from: [`${name}-source`], steps, to: [name] };
    }),
  ]);
}

/** Every stream with a playlist of its own, from one muxer: apart, muxers would begin their clocks at different times. */
export function streamsOutput(
  params: AdaptiveStreamingParams,
  { pictures, sounds }: Ladder,
  { media, outputDir }: PlanContext,
  video: VideoStream,
  framesPerSecond: number,
  encryptionArgs: readonly string[],
  stretch: Stretch,
  copied: CopiedRung | null,
): CommandOutput {
  const fragmented = params.segmentType === "fmp4";
  const ceilingKbps = params.disableHigherBitrate ? sourceKbpsOf(media, video) : null;
  const keyFrames = (picture: PictureToEncode) =>
    copied === null
      ? keyFrameArgs(picture.params, framesPerSecond, params.segmentSeconds)
      : keyFramesAt(copied.keyFrames, picture.params, Math.ceil(stretch.durationSeconds * framesPerSecond));
  const encoding = (picture: PictureToEncode) => [
    ...["-fps_mode", "vfr"],
    ...encodingArgs(atMost(picture.params, ceilingKbps), video, keyFrames(picture)),
    ...qualityCeilingArgs(picture.params, ceilingKbps),
  ];
  const pictureArgs = pictures.flatMap((picture, index) => {
    const copies = picture.name === copied?.name;
    return [
      ...["-map", copies ? `0:${video.index}` : `[${picture.name}]`],
      ...forStream(`v:${index}`, [
        ...(copies ? ["-c:v", "copy"] : encoding(picture)),
        ...(fragmented && picture.params.codec === "h265" ? ["-tag", picture.codecTag] : []),
      ]),
    ];
  });
  const soundArgs = sounds.flatMap((sound, index) => [
    ...["-map", `0:${sound.track.index}`],
    ...forStream(`a:${index}`, [
      ...["-filter", soundFilter(sound, stretch)],
      ...audioEncodingArgs(sound.params.codec, sound.params, sound.track),
    ]),
    ...languageArgs(sound.track, index),
  ]);
  const names = [
    ...pictures.map(({ name }, index) => `v:${index},name:${name}`),
    ...sounds.map(({ name }, index) => `a:${index},name:${name}`),
  ];
  return {
    // The muxer puts each stream's name for %v.
    path: `${outputDir}/stream-%v.m3u8`,
    options: [
      ...[...pictureArgs, ...soundArgs, ...NO_METADATA],
      // An MP4 says itself how much of its beginning is to be skipped (frames in another order, an encoder's first
      // silence). Moved behind 0 it would say so by a pause, which browsers overlook: sound and picture would be apart.
      ...(fragmented ? ["-avoid_negative_ts", "disabled"] : []),
      ...hlsArgs(params.segmentSeconds, params.segmentType),
      ...encryptionArgs,
      ...(fragmented ? ["-hls_fmp4_init_filename", "stream-%v-init.mp4"] : []),
      ...["-var_stream_map", names.join(" ")],
      ...["-hls_segment_filename", `${outputDir}/stream-%v-%05d.${fragmented ? "m4s" : "ts"}`],
    ],
  };
}

/** Options and values in turn, said of one stream only: `-b:v 800k` becomes `-b:v:1 800k`. */
function forStream(stream: string, args: readonly string[]): string[] {
  return args.map((arg, index) => (index % 2 === 0 ? `${arg.replace(/:[va]$/, "")}:${stream}` : arg));
}

/**
 * A key frame where each segment is to begin, and none where an encoder sees a new scene: it would see it in one size and
 * not in another. Counted from the last one, so that no segment is a frame short of its length, which muxers would take
 * for a reason to wait for the next key frame.
 */
function keyFrameArgs(params: VideoParams, framesPerSecond: number, segmentSeconds: number): string[] {
  const gopFrames = gopFramesOf(params, framesPerSecond);
  return [
    ...withoutSceneCuts(params),
    ...(gopFrames > 0 ? ["-g", String(gopFrames)] : []),
    ...["-force_key_frames", `expr:if(isnan(prev_forced_t),1,gte(t,prev_forced_t+${segmentSeconds}))`],
  ];
}

/** Key frames where a copied rung has them, and nowhere else: the muxer would cut at others, too. */
function keyFramesAt(seconds: readonly number[], params: VideoParams, frames: number): string[] {
  return [
    ...withoutSceneCuts(params),
    ...["-g", String(frames + 1)],
    ...(seconds.length === 0 ? [] : ["-force_key_frames", seconds.map(numberText).join(",")]),
  ];
}

function withoutSceneCuts({ codec }: VideoParams): string[] {
  return [
    ...(codec === "h265" ? ["-x265-params", `${X265_PARAMS}:scenecut=0`] : ["-sc_threshold", "0"]),
    // Otherwise a forced key frame may be one that earlier frames are still referred to across.
    ...["-forced-idr", "1"],
  ];
}

/** From the beginning to the end without a gap: silence where a track has nothing. */
function soundFilter({ params, track }: SoundToEncode, { surplusSeconds, durationSeconds }: Stretch): string {
  const moved = numberText(surplusSeconds);
  return chain([
    ...(surplusSeconds > 0 ? [filter("atrim", { start: moved }), filter("asetpts", [`PTS-${moved}/TB`])] : []),
    filter("aresample", { async: 1, first_pts: 0 }),
    soundCareSteps(params.codec, params, track),
    filter("apad", { whole_dur: numberText(durationSeconds) }),
  ]);
}

/** Null when unknown. */
function sourceKbpsOf(media: MediaInfo, video: VideoStream): number | null {
  const bps = video.bitrateBps || media.bitrateBps;
  // Encoders take nothing smaller.
  return bps > 0 ? Math.max(16, Math.floor(bps / 1000)) : null;
}

function atMost(params: VideoParams, ceilingKbps: number | null): VideoParams {
  return ceilingKbps === null ? params : { ...params, bitrateKbps: Math.min(params.bitrateKbps, ceilingKbps) };
}

/** Where quality is asked for rather than a rate, the rate still has its bounds. */
function qualityCeilingArgs({ bitrateKbps }: VideoParams, ceilingKbps: number | null): string[] {
  if (ceilingKbps === null || bitrateKbps > 0) return [];
  return ["-maxrate", `${ceilingKbps}k`, "-bufsize", `${2 * ceilingKbps}k`];
}
