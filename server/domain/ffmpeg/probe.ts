import { z } from "zod";
import type { Failure } from "../error.ts";
import type { AudioStream, MediaInfo, VideoStream } from "../media.ts";
import { fail, ok, type Result } from "../result.ts";
import { FRAME_PIXELS_MAX, INPUT_FENCE } from "./argv.ts";

/**
 * What ffprobe is asked, before the path. Give it a file whose name has no ending: ffprobe lets an ending outvote the
 * content, so a text named `.mp4` would look like a damaged movie.
 */
export const FFPROBE_ARGS: readonly string[] = [
  "-hide_banner",
  ...["-loglevel", "error"],
  ...INPUT_FENCE,
  ...["-print_format", "json"],
  ...["-show_format", "-show_streams", "-show_error"],
];

/** Formats that do not hold media but name other files to open. ffprobe says which one it met when it refuses it. */
const REFERENCING_DEMUXERS = [
  "hls",
  "dash",
  "concat",
  "imf",
  "sdp",
  "rtsp",
  "webm_dash_manifest",
  "vapoursynth",
  "avs",
];

/** ffprobe prints numbers as text, and leaves out or writes N/A for what it does not know. */
const numeric = z
  .union([z.number(), z.string()])
  .transform(Number)
  .pipe(z.number())
  .nullish()
  .catch(null)
  .transform((value) => value ?? null);

/** `30000/1001`, `4:3`; null for `0/0` and `0:1`, which mean unknown. */
const ratio = z
  .string()
  .transform((text) => {
    const [above = 0, below = 0] = text.split(/[/:]/).map(Number);
    const value = above / below;
    return Number.isFinite(value) && value > 0 ? value : null;
  })
  .nullish()
  .transform((value) => value ?? null);

const probedStream = z.object({
  index: z.int().min(0),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  profile: z.string().optional(),
  codec_tag_string: z.string().default(""),
  pix_fmt: z.string().optional(),
  width: z.int().optional(),
  height: z.int().optional(),
  sample_aspect_ratio: ratio,
  r_frame_rate: ratio,
  avg_frame_rate: ratio,
  field_order: z.string().optional(),
  color_space: z.string().optional(),
  color_transfer: z.string().optional(),
  channels: z.int().optional(),
  sample_rate: numeric,
  bit_rate: numeric,
  duration: numeric,
  nb_frames: numeric,
  disposition: z.record(z.string(), z.number()).default({}),
  tags: z.record(z.string(), z.string()).default({}),
  side_data_list: z.array(z.object({ rotation: numeric })).default([]),
});
type ProbedStream = z.output<typeof probedStream>;

const probed = z.object({
  streams: z.array(probedStream),
  format: z.object({ format_name: z.string(), duration: numeric, bit_rate: numeric }),
});

/**
 * Reads ffprobe's JSON. `log` is what ffprobe wrote to stderr: when it refuses a file, the reason stands only there.
 * A file that ffprobe could not open at all is no media; one it opened must have a picture or a sound to work with.
 */
export function parseProbe(json: unknown, sizeBytes: number, log = ""): Result<MediaInfo, Failure> {
  if (sizeBytes === 0) return fail({ code: "EMPTY_FILE", detail: "0 bytes" });
  const parsed = probed.safeParse(json);
  if (!parsed.success) return fail(refusalOf(log));
  const { streams, format } = parsed.data;
  if (isReferencing(format.format_name)) return fail({ code: "MEDIA_REFERENCES_FILES", detail: format.format_name });

  const video = pickVideo(streams);
  const audio = streams.filter((stream) => stream.codec_type === "audio").flatMap(audioOf);
  if (video === null && audio.length === 0) return fail(refusalOf(log || format.format_name));
  if (video !== null && video.widthPx * video.heightPx > FRAME_PIXELS_MAX)
    return fail({ code: "MEDIA_TOO_LARGE", detail: `${video.widthPx}x${video.heightPx}` });

  const durationSeconds = isStill(format.format_name, streams) ? 0 : longestOf(format.duration, streams);
  if (durationSeconds === null) return fail({ code: "NO_DURATION", detail: format.format_name });
  return ok({
    formatName: format.format_name,
    durationSeconds,
    sizeBytes,
    bitrateBps: format.bit_rate ?? (durationSeconds > 0 ? Math.round((8 * sizeBytes) / durationSeconds) : 0),
    video,
    audio,
    subtitles: streams
      .filter((stream) => stream.codec_type === "subtitle")
      .map(({ index, codec_name: codec = "unknown", tags }) => ({ index, codec, ...languageAndTitleOf(tags) })),
    attachedPictureIndex: streams.find(isAttachedPicture)?.index ?? null,
  });
}

function refusalOf(log: string): Failure {
  const detail = log.trim().split("\n").at(0)?.slice(0, 300) ?? "";
  const refused = /^\[(\S+) @ \S+\] Format not on whitelist/m.exec(log)?.[1];
  if (refused !== undefined && isReferencing(refused)) return { code: "MEDIA_REFERENCES_FILES", detail: refused };
  // An MP4 writes this index last: a recording or an upload that broke off has none.
  if (log.includes("moov atom not found")) return { code: "MEDIA_TRUNCATED", detail };
  // ffprobe opens the file then, and leaves the size of its picture at 0.
  if (log.includes("Picture size")) return { code: "MEDIA_TOO_LARGE", detail };
  return { code: "NOT_MEDIA", detail };
}

function isReferencing(formatName: string): boolean {
  return formatName.split(",").some((name) => REFERENCING_DEMUXERS.includes(name));
}

/** The picture demuxers make up a frame rate, and with it a duration of one frame. */
function isStill(formatName: string, streams: readonly ProbedStream[]): boolean {
  if (formatName === "image2" || formatName.endsWith("_pipe")) return true;
  return formatName === "gif" && streams[0]?.nb_frames === 1;
}

function longestOf(formatDuration: number | null, streams: readonly ProbedStream[]): number | null {
  const durations = streams.filter((stream) => !isAttachedPicture(stream)).map((stream) => stream.duration ?? 0);
  const longest = formatDuration ?? Math.max(0, ...durations);
  return longest > 0 ? longest : null;
}

/** Cover art, and the thumbnails some cameras add, are streams of type video with one frame; they are not video. */
function isAttachedPicture({ codec_type, disposition }: ProbedStream): boolean {
  return codec_type === "video" && (disposition.attached_pic === 1 || disposition.timed_thumbnails === 1);
}

/** The stream marked as default, otherwise the largest, as a player would choose; the earlier one of equals. */
function pickVideo(streams: readonly ProbedStream[]): VideoStream | null {
  const candidates = streams
    .filter((stream) => stream.codec_type === "video" && !isAttachedPicture(stream))
    .flatMap((stream) => {
      const video = videoOf(stream);
      return video === null ? [] : [{ video, isDefault: stream.disposition.default === 1 }];
    })
    .sort((a, b) => Number(b.isDefault) - Number(a.isDefault) || areaOf(b.video) - areaOf(a.video));
  return candidates[0]?.video ?? null;
}

function areaOf(video: VideoStream): number {
  return video.widthPx * video.heightPx;
}

function videoOf(stream: ProbedStream): VideoStream | null {
  const { width = 0, height = 0, codec_name: codec } = stream;
  // A codec ffmpeg has no name for cannot be decoded, and a frame without a size cannot be scaled.
  if (codec === undefined || width <= 0 || height <= 0) return null;
  const interlaced = stream.field_order !== undefined && ["tt", "bb", "tb", "bt"].includes(stream.field_order);
  const average = stream.avg_frame_rate ?? stream.r_frame_rate;
  return {
    index: stream.index,
    codec,
    profile: stream.profile ?? null,
    codecTag: stream.codec_tag_string,
    pixelFormat: stream.pix_fmt ?? null,
    widthPx: width,
    heightPx: height,
    sampleAspectRatio: stream.sample_aspect_ratio ?? 1,
    rotationDegrees: rotationOf(stream),
    framesPerSecond: average ?? 0,
    variableFrameRate: isVariable(stream.r_frame_rate, stream.avg_frame_rate, interlaced),
    bitrateBps: stream.bit_rate ?? 0,
    durationSeconds: stream.duration,
    colourMatrix: colourMatrixOf(stream.color_space),
    dynamicRange: dynamicRangeOf(stream.color_transfer),
    interlaced,
    language: languageAndTitleOf(stream.tags).language,
  };
}

/** The base rate is the lowest at which every frame falls on a tick; it equals the average when frames are evenly spaced. */
function isVariable(base: number | null, average: number | null, interlaced: boolean): boolean {
  if (base === null || average === null) return false;
  const ratioOfRates = base / average;
  // Interlaced streams may count fields in the base rate and frames in the average.
  return ![1, interlaced ? 2 : 1].some((expected) => Math.abs(ratioOfRates - expected) < 0.02 * expected);
}

/** The display matrix gives the turn counter-clockwise; the older `rotate` tag gives it clockwise. Quarter turns only. */
function rotationOf({ side_data_list, tags }: ProbedStream): VideoStream["rotationDegrees"] {
  const matrix = side_data_list.map(({ rotation }) => rotation).find((rotation) => rotation !== null);
  const clockwise = matrix !== undefined && matrix !== null ? -matrix : Number(tags.rotate ?? 0);
  const quarters = ((Math.round(clockwise / 90) % 4) + 4) % 4 || 0;
  const turns = [0, 90, 180, 270] as const;
  return turns[quarters] ?? 0;
}

function dynamicRangeOf(transfer: string | undefined): VideoStream["dynamicRange"] {
  if (transfer === "smpte2084") return "hdr10";
  return transfer === "arib-std-b67" ? "hlg" : "sdr";
}

function colourMatrixOf(space = ""): VideoStream["colourMatrix"] {
  if (space === "bt709") return "bt709";
  if (space.startsWith("bt2020")) return "bt2020";
  return ["smpte170m", "bt470bg"].includes(space) ? "bt601" : null;
}

function audioOf(stream: ProbedStream): AudioStream[] {
  if (stream.codec_name === undefined) return [];
  return [
    {
      index: stream.index,
      codec: stream.codec_name,
      channels: stream.channels ?? 0,
      sampleRateHz: stream.sample_rate ?? 0,
      bitrateBps: stream.bit_rate ?? 0,
      durationSeconds: stream.duration,
      ...languageAndTitleOf(stream.tags),
      isDefault: stream.disposition.default === 1,
    },
  ];
}

function languageAndTitleOf(tags: Readonly<Record<string, string>>): { language: string | null; title: string | null } {
  const language = tags.language ?? tags.LANGUAGE ?? null;
  // ISO 639-2 for "undetermined".
  return { language: language === "und" ? null : language, title: tags.title ?? tags.TITLE ?? null };
}
