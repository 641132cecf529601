/** What an operation made, as the item of its kind that results of tasks and descriptions of media both show. */
import type { MediaInfo } from "../domain/media.ts";
import { ladderOf } from "../domain/operations/adaptive-streaming/ladder.ts";
import type { Operation } from "../domain/operations/operation.ts";
import type { OutputRecord } from "./tasks/read-task.ts";

export interface Made {
  operation: Operation;
  definition: number;
  outputs: readonly OutputRecord[];
  /** What it was made of. */
  source: MediaInfo;
  /** Where a file is read, as others need it. */
  urlOf: (storageKey: string) => string;
}

type Of<Kind extends Operation["kind"]> = Made & { operation: Extract<Operation, { kind: Kind }> };

/** Null for what has no item, and when there are no outputs (any more). */
export function itemOf(made: Made): object | null {
  if (made.outputs.length === 0) return null;
  const { operation } = made;
  switch (operation.kind) {
    case "transcode":
    case "remux":
    case "audio":
      return transcodeItemOf(made);
    case "animated-graphic":
      return animatedGraphicItemOf({ ...made, operation });
    case "snapshot":
      return snapshotItemOf({ ...made, operation });
    case "sampled-snapshot":
      return sampledSnapshotItemOf({ ...made, operation });
    case "sprite":
      return spriteItemOf(made);
    case "cover":
      return { CoverUrl: first(made).url };
    case "adaptive-streaming":
      return adaptiveStreamingItemOf({ ...made, operation });
    case "inspection":
    case "health-check":
    case "edit":
    case "split":
    case "compose":
      return null;
  }
}

function first({ outputs, urlOf }: Made) {
  const [output] = outputs;
  if (output === undefined) throw new Error("An item of no outputs");
  return { ...output, url: urlOf(output.storageKey) };
}

/** The demuxer's names, which is how the container of a file is told elsewhere. */
const FORMAT_NAMES: Readonly<Record<string, string>> = {
  mp4: "mov,mp4,m4a,3gp,3g2,mj2",
  m4a: "mov,mp4,m4a,3gp,3g2,mj2",
  webm: "matroska,webm",
};

const NO_DIGITAL_WATERMARK = {
  DigitalWatermarkType: "None",
  CopyRightWatermarkText: "",
  BlindWatermarkDefinition: 0,
} as const;

function transcodeItemOf(made: Made) {
  const { url, facts, sizeBytes } = first(made);
  const { container = "", durationSeconds = 0, widthPx = 0, heightPx = 0, videoCodec, audioCodec } = facts;
  const bitrateBps = facts.bitrateBps ?? (durationSeconds > 0 ? (8 * sizeBytes) / durationSeconds : 0);
  return {
    Url: url,
    Definition: made.definition,
    Bitrate: Math.round(bitrateBps),
    Height: heightPx,
    Width: widthPx,
    Size: sizeBytes,
    Duration: durationSeconds,
    Md5: "",
    Container: FORMAT_NAMES[container] ?? container,
    VideoStreamSet:
      videoCodec === undefined
        ? []
        : [
            {
              Bitrate: Math.round(facts.videoBitrateBps ?? 0),
              Height: heightPx,
              Width: widthPx,
              Codec: videoCodec,
              Fps: Math.round(facts.framesPerSecond ?? 0),
              CodecTag: "",
              DynamicRangeInfo: null,
            },
          ],
    AudioStreamSet:
      audioCodec === undefined
        ? []
        : [
            {
              Bitrate: Math.round(facts.audioBitrateBps ?? 0),
              SamplingRate: facts.sampleRateHz ?? 0,
              Codec: audioCodec,
            },
          ],
    ...NO_DIGITAL_WATERMARK,
    FileId: "",
  };
}

function animatedGraphicItemOf(made: Of<"animated-graphic">) {
  const { url, facts, sizeBytes } = first(made);
  const { widthPx = 0, heightPx = 0, durationSeconds = 0 } = facts;
  const { format, startOffsetSeconds, endOffsetSeconds } = made.operation.params;
  return {
    Url: url,
    Definition: made.definition,
    Container: format,
    Height: heightPx,
    Width: widthPx,
    Bitrate: durationSeconds > 0 ? Math.round((8 * sizeBytes) / durationSeconds) : 0,
    Size: sizeBytes,
    Md5: "",
    StartTimeOffset: startOffsetSeconds,
    EndTimeOffset: endOffsetSeconds,
  };
}

function waterMarksOf({ params }: { params: { watermarks: readonly { template: number }[] } }): number[] {
  return params.watermarks.map(({ template }) => template);
}

function snapshotItemOf({ operation, definition, outputs, urlOf }: Of<"snapshot">) {
  return {
    Definition: definition,
    PicInfoSet: outputs.map(({ storageKey, facts }) => ({
      TimeOffset: Math.round(1000 * (facts.atSeconds ?? 0)),
      Url: urlOf(storageKey),
      WaterMarkDefinition: waterMarksOf(operation),
    })),
  };
}

/** An interval that is neither a share nor seconds has no word; what it came to is seen by the pictures. */
function sampledSnapshotItemOf({ operation, definition, outputs, urlOf }: Of<"sampled-snapshot">) {
  const { interval } = operation.params;
  return {
    Definition: definition,
    SampleType: interval.unit === "percent" ? "Percent" : "Time",
    Interval: interval.unit === "percent" || interval.unit === "seconds" ? interval.value : 0,
    ImageUrlSet: outputs.map(({ storageKey }) => urlOf(storageKey)),
    WaterMarkDefinition: waterMarksOf(operation),
  };
}

/** `TotalCount`: of all small pictures where one sheet holds them, otherwise of those on a full sheet. */
function spriteItemOf({ definition, outputs, urlOf }: Made) {
  const sheets = outputs.filter(({ role }) => role === "sheet");
  const cues = outputs.find(({ role }) => role === "cues");
  const { tileWidthPx = 0, tileHeightPx = 0, columns = 0, rows = 0, tileCount = 0 } = sheets[0]?.facts ?? {};
  return {
    Definition: definition,
    Height: tileHeightPx,
    Width: tileWidthPx,
    TotalCount: sheets.length > 1 ? columns * rows : tileCount,
    ImageUrlSet: sheets.map(({ storageKey }) => urlOf(storageKey)),
    WebVttUrl: cues === undefined ? "" : urlOf(cues.storageKey),
  };
}

function adaptiveStreamingItemOf(made: Of<"adaptive-streaming">) {
  const { url, facts, sizeBytes, parts } = first(made);
  const { params } = made.operation;
  const { video } = made.source;
  const ladder = video === null ? { pictures: [], sounds: [] } : ladderOf(params, made.source, video);
  const sizeOf = (name: string) =>
    parts
      .filter((part) => part.name.startsWith(`stream-${name}-`) || part.name.startsWith(`stream-${name}.`))
      .reduce((sum, part) => sum + part.sizeBytes, 0);
  return {
    Definition: made.definition,
    Package: params.container === "hls" ? "HLS" : "DASH",
    DrmType: facts.encryption === undefined ? "" : "SimpleAES",
    Url: url,
    Size: sizeBytes,
    ...NO_DIGITAL_WATERMARK,
    SubStreamSet: [
      ...ladder.pictures.map(({ name, widthPx, heightPx }) => ({
        Type: "video",
        Width: widthPx,
        Height: heightPx,
        Size: sizeOf(name),
      })),
      ...ladder.sounds.map(({ name }) => ({ Type: "audio", Width: 0, Height: 0, Size: sizeOf(name) })),
    ],
    SubtitleSet: [],
    DefaultSubtitleId: "",
    DrmEncryptType: "",
  };
}
