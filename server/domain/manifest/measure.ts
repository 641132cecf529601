import { AAC_CODEC, mp4TimingOf, videoCodecOfMp4, videoCodecOfTs } from "./codec-name.ts";
import type { FinishedFiles } from "./finished-files.ts";
import type { Manifest, Picture, StreamName } from "./manifest.ts";

/** A stream as it came out of its encoder. */
export interface MeasuredStream {
  /** As RFC 6381 names it: `avc1.64001f`. */
  codec: string;
  segments: readonly Segment[];
  /** What a connection has to carry, so that no stretch of the stream comes late. */
  peakBps: number;
  averageBps: number;
  /** Null for MPEG-TS. */
  mp4: Mp4Timing | null;
}

export interface Segment {
  name: string;
  seconds: number;
  sizeBytes: number;
}

export interface Mp4Timing {
  ticksPerSecond: number;
  /** Ticks before its time 0, which players leave out: the silence an AAC encoder begins with. */
  skippedTicks: number;
}

export type Measured = (name: StreamName) => MeasuredStream;

export async function measureStreams(manifest: Manifest, files: FinishedFiles): Promise<Measured> {
  const streams = [
    ...manifest.pictures.map(({ name, codecTag }) => ({ name, codecTag })),
    ...manifest.sounds.map(({ name }) => ({ name, codecTag: null })),
  ];
  const measured = new Map<StreamName, MeasuredStream>();
  for (const { name, codecTag } of streams) measured.set(name, await measureStream(name, codecTag, files));
  return (name) => {
    const stream = measured.get(name);
    if (stream === undefined) throw new Error(`The manifest names no stream ${name}`);
    return stream;
  };
}

/** Enough for tables and parameters, and a whole number of packets of MPEG-TS and of blocks of a cipher. */
const HEAD_BYTES = 188 * 32;

async function measureStream(
  name: StreamName,
  /** Null for a sound. */
  codecTag: Picture["codecTag"] | null,
  files: FinishedFiles,
): Promise<MeasuredStream> {
  const playlist = await files.text(`stream-${name}.m3u8`);
  const segments: Segment[] = [];
  for (const [, seconds, file = ""] of playlist.matchAll(/#EXTINF:([\d.]+),[^\n]*\n(?:#[^\n]*\n)*([^#\n]+)/g))
    segments.push({ name: file, seconds: Number(seconds), sizeBytes: await files.sizeOf(file) });
  const [first] = segments;
  if (first === undefined) throw new Error(`No segment of ${name} was written`);
  const init = /#EXT-X-MAP:URI="([^"]+)"/.exec(playlist)?.[1];
  const head = await files.head(init ?? first.name, HEAD_BYTES);
  const videoCodecOf = init === undefined ? videoCodecOfTs : videoCodecOfMp4;
  return {
    codec: codecTag === null ? AAC_CODEC : videoCodecOf(head, codecTag),
    segments,
    peakBps: peakOf(segments),
    averageBps: rateOf(segments),
    mp4: init === undefined ? null : mp4TimingOf(head),
  };
}

/**
 * RFC 8216, 4.1: the largest rate of any neighbouring segments that last 0.5 to 1.5 times the target duration together. A
 * scrap at the end counts only together with its neighbour.
 */
export function peakOf(segments: readonly Segment[]): number {
  const targetSeconds = Math.round(Math.max(...segments.map(({ seconds }) => seconds)));
  const rates = segments.flatMap((_, from) => {
    const found: number[] = [];
    for (let to = from + 1; to <= segments.length; to++) {
      const stretch = segments.slice(from, to);
      const seconds = stretch.reduce((sum, segment) => sum + segment.seconds, 0);
      if (seconds > 1.5 * targetSeconds) break;
      if (seconds >= 0.5 * targetSeconds) found.push(rateOf(stretch));
    }
    return found;
  });
  return rates.length === 0 ? rateOf(segments) : Math.max(...rates);
}

function rateOf(segments: readonly Segment[]): number {
  const seconds = segments.reduce((sum, segment) => sum + segment.seconds, 0);
  const bytes = segments.reduce((sum, segment) => sum + segment.sizeBytes, 0);
  return Math.ceil((8 * bytes) / seconds);
}
