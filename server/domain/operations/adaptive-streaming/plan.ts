import type { Failure } from "../../error.ts";
import type { Manifest, ManifestFormat } from "../../manifest/manifest.ts";
import type { MediaInfo, VideoStream } from "../../media.ts";
import { filmCanvas } from "../../modifiers/film-canvas.ts";
import { layOnFilm, preparing } from "../../modifiers/lay-on.ts";
import type { OutputFacts, Plan, PlanContext, PreparedFile } from "../../plan.ts";
import { fail, ok, type Result } from "../../result.ts";
import { picturesGraph, streamsOutput } from "./encode-streams.ts";
import { type Ladder, ladderOf } from "./ladder.ts";
import type { AdaptiveStreamingParams } from "./schema.ts";

const NAMES = { hls: "stream.m3u8", dash: "stream.mpd" } as const satisfies Record<ManifestFormat, string>;
const CONTENT_TYPES: Record<ManifestFormat, string> = {
  hls: "application/vnd.apple.mpegurl",
  dash: "application/dash+xml",
};

/**
 * One stream in several qualities. The source is decoded once; every quality is encoded from the same frames, with key
 * frames at the same times, and cut there, so that a player may change between any two segments.
 */
export function planAdaptiveStreaming(params: AdaptiveStreamingParams, context: PlanContext): Result<Plan, Failure> {
  const { media, inputPath } = context;
  const { video } = media;
  if (video === null) return fail({ code: "NO_VIDEO_STREAM", detail: media.formatName });
  if (media.durationSeconds === 0) return fail({ code: "NO_DURATION", detail: media.formatName });

  const ladder = ladderOf(params, media, video);
  const framesPerSecond = frameRateOf(params, video);
  const timeLine = { durationSeconds: media.durationSeconds, startsAtSeconds: 0 };
  const marks = new Map<string, string | null>();
  const prepared: PreparedFile[] = [];
  for (const { name, placement, params: picture } of ladder.pictures) {
    const laidOn = layOnFilm(params, filmCanvas(picture, video, placement.frame, timeLine), context, `${name}-`);
    if (!laidOn.ok) return laidOn;
    marks.set(name, laidOn.value.steps);
    prepared.push(...laidOn.value.prepared);
  }
  const manifest: Manifest = {
    pictures: ladder.pictures.map(({ params: _, placement: __, ...picture }) => picture),
    sounds: ladder.sounds.map(({ params: _, track: __, ...sound }) => sound),
    variants: ladder.variants,
    framesPerSecond,
  };
  // Segments of DASH and of HLS are the same, so a DASH stream has playlists as well: what knows only HLS plays it, too.
  const formats: ManifestFormat[] = params.container === "hls" ? ["hls"] : ["dash", "hls"];
  return ok({
    ...preparing(prepared),
    commands: [
      {
        inputs: [{ path: inputPath, options: [] }],
        globals: ["-filter_complex", picturesGraph(ladder.pictures, { media, video, framesPerSecond, marks })],
        outputs: [streamsOutput(params, ladder, context, video, framesPerSecond)],
        expectedSeconds: media.durationSeconds,
      },
    ],
    files: formats.map((format) => ({ name: NAMES[format], format, manifest })),
    outputs: [
      {
        ...{ role: "playlist", name: NAMES[params.container], contentType: CONTENT_TYPES[params.container] },
        facts: factsOf(params, ladder, media, framesPerSecond),
        ...{ parts: { prefix: "stream", suffix: "" }, probe: false },
      },
    ],
    setsCover: false,
  });
}

/** Evenly spaced frames, the same in every rung: as asked, as the source has them, or about as many where it has no rate. */
function frameRateOf({ rungs }: AdaptiveStreamingParams, source: VideoStream): number {
  const asked = rungs.find(({ video }) => video !== null)?.video?.framesPerSecond ?? 0;
  if (asked > 0) return asked;
  if (source.framesPerSecond === 0) return 25;
  const even = !source.variableFrameRate && source.framesPerSecond >= 1;
  return even ? source.framesPerSecond : Math.min(60, Math.max(1, Math.round(source.framesPerSecond)));
}

function factsOf(
  { container }: AdaptiveStreamingParams,
  { pictures, sounds }: Ladder,
  { durationSeconds }: MediaInfo,
  framesPerSecond: number,
): OutputFacts {
  const [largest] = [...pictures].sort((a, b) => b.widthPx * b.heightPx - a.widthPx * a.heightPx);
  return {
    ...{ container, durationSeconds },
    ...(largest && { widthPx: largest.widthPx, heightPx: largest.heightPx, videoCodec: largest.params.codec }),
    framesPerSecond,
    ...(sounds[0] === undefined ? {} : { audioCodec: sounds[0].params.codec }),
  };
}
