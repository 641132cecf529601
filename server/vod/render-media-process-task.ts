/**
 * From steps and from frozen operations to `MediaProcessTaskInput` and its elements, with every field and the values that
 * hold. What the contract has no word for (parts of a procedure that was made in the console) is not there.
 */
import type { Mosaic } from "#domain/modifiers/mosaic/schema.ts";
import type { Span } from "#domain/modifiers/span.ts";
import type { Operation, StepKind } from "#domain/operations/operation.ts";
import type { Position } from "#domain/operations/position.ts";
import type { BurntSubtitles } from "#domain/operations/subtitles/schema.ts";
import { type Step, step } from "#domain/procedure.ts";
import { momentTextOf, offsetTextOf, sideTextOf } from "./measures.ts";
import { wireOverrideOf } from "./override.ts";
import { subtitleInfosOf } from "./subtitles.ts";

/** `Type` of a result for what did it. What the contract does not know has none. */
const RESULT_TYPES = {
  transcode: "Transcode",
  remux: "Transcode",
  audio: "Transcode",
  "animated-graphic": "AnimatedGraphics",
  snapshot: "SnapshotByTimeOffset",
  "sampled-snapshot": "SampleSnapshot",
  sprite: "ImageSprites",
  cover: "CoverBySnapshot",
  "adaptive-streaming": "AdaptiveDynamicStreaming",
  inspection: null,
  "health-check": null,
} as const satisfies Record<StepKind, string | null>;
export type ResultType = Exclude<(typeof RESULT_TYPES)[StepKind], null>;

export function resultTypeOf(kind: StepKind): ResultType | null {
  return RESULT_TYPES[kind];
}

/** All seven sets, empty ones as empty lists. */
export function mediaProcessTaskOf(steps: readonly Step[]) {
  const of = <const K extends Step["operation"]>(...kinds: K[]) =>
    steps.filter((one): one is Extract<Step, { operation: K }> => kinds.some((kind) => kind === one.operation));
  return {
    TranscodeTaskSet: of("transcode", "remux", "audio").map((one) =>
      transcodeInputOf(one.template, one.use, one.override),
    ),
    AnimatedGraphicTaskSet: of("animated-graphic").map((one) => animatedGraphicInputOf(one.template, one.use)),
    SnapshotByTimeOffsetTaskSet: of("snapshot").map((one) => snapshotInputOf(one.template, one.use)),
    SampleSnapshotTaskSet: of("sampled-snapshot").map((one) => sampledSnapshotInputOf(one.template, one.use)),
    ImageSpriteTaskSet: of("sprite").map((one) => spriteInputOf(one.template)),
    CoverBySnapshotTaskSet: of("cover").map((one) => coverInputOf(one.template, one.use)),
    AdaptiveDynamicStreamingTaskSet: of("adaptive-streaming").map((one) =>
      adaptiveStreamingInputOf(one.template, one.use),
    ),
  };
}

/** `Input` of a result: what the subtask was frozen with. Null for kinds that the contract does not know. */
export function inputOfOperation(operation: Operation, definition: number) {
  switch (operation.kind) {
    case "transcode":
    case "remux":
    case "audio":
      return transcodeInputOf(definition, operation.params, {});
    case "animated-graphic":
      return animatedGraphicInputOf(definition, operation.params);
    case "snapshot":
      return snapshotInputOf(definition, operation.params);
    case "sampled-snapshot":
      return sampledSnapshotInputOf(definition, operation.params);
    case "sprite":
      return spriteInputOf(definition);
    case "cover":
      return coverInputOf(definition, operation.params);
    case "adaptive-streaming":
      return adaptiveStreamingInputOf(definition, operation.params);
    case "inspection":
    case "health-check":
    case "edit":
    case "split":
    case "compose":
      return null;
  }
}

/** The same of a subtask that could not be frozen, as its template does not exist: nothing is known of it but that. */
export function inputOfNothing(kind: StepKind, definition: number) {
  const bare = step.parse({ operation: kind, template: definition });
  const { SnapshotByTimeOffsetTaskSet, ...others } = mediaProcessTaskOf([bare]);
  const [input = null] = [SnapshotByTimeOffsetTaskSet, ...Object.values(others)].flat();
  return input;
}

interface Offsets {
  startOffsetSeconds: number;
  endOffsetSeconds: number;
}

interface Laid {
  template: number;
  text?: string | null;
  svg?: string | null;
  span?: Span;
}

interface FilmUse extends Offsets {
  watermarks?: readonly Laid[];
  mosaics?: readonly Mosaic[];
  headTails?: readonly { template: number }[];
  burntSubtitles?: readonly BurntSubtitles[];
}

/** Marks that nobody sees are not laid here, whatever was asked for. */
const NO_DIGITAL_WATERMARKS = {
  TraceWatermark: { Switch: "OFF" },
  CopyRightWatermark: { Text: "" },
  BlindWatermark: null,
} as const;

function transcodeInputOf(definition: number, use: FilmUse, override: Step["override"]) {
  return {
    Definition: definition,
    WatermarkSet: watermarkSetOf(use.watermarks),
    MosaicSet: (use.mosaics ?? []).map(mosaicInputOf),
    HeadTailSet: (use.headTails ?? []).map(({ template }) => ({ Definition: template })),
    ...offsetsOf(use),
    OverrideParameter: wireOverrideOf(override),
    SubtitleInfoSet: subtitleInfosOf(use.burntSubtitles ?? []),
    ...NO_DIGITAL_WATERMARKS,
  };
}

function animatedGraphicInputOf(definition: number, use: Offsets) {
  return { Definition: definition, ...offsetsOf(use) };
}

function snapshotInputOf(definition: number, use: { positions: readonly Position[]; watermarks: readonly Laid[] }) {
  const seconds = use.positions.filter(({ unit }) => unit !== "percent");
  return {
    Definition: definition,
    ExtTimeOffsetSet: use.positions.map(momentTextOf),
    // The older form knows no shares: it is there when it says the same.
    TimeOffsetSet: seconds.length < use.positions.length ? [] : seconds.map(({ value }) => milliseconds(value)),
    WatermarkSet: watermarkSetOf(use.watermarks),
  };
}

/** To the microsecond, which takes out what a fraction loses on its way. */
function milliseconds(seconds: number): number {
  return Math.round(seconds * 1_000_000) / 1000;
}

function sampledSnapshotInputOf(definition: number, use: { watermarks: readonly Laid[] }) {
  return { Definition: definition, WatermarkSet: watermarkSetOf(use.watermarks) };
}

function spriteInputOf(definition: number) {
  return { Definition: definition };
}

function coverInputOf(definition: number, use: { position: Position; watermarks: readonly Laid[] }) {
  return {
    Definition: definition,
    PositionType: use.position.unit === "percent" ? ("Percent" as const) : ("Time" as const),
    PositionValue: use.position.value,
    WatermarkSet: watermarkSetOf(use.watermarks),
  };
}

function adaptiveStreamingInputOf(
  definition: number,
  use: Pick<FilmUse, "watermarks" | "burntSubtitles"> & { addedSubtitles: readonly { assetId: string }[] },
) {
  return {
    Definition: definition,
    WatermarkSet: watermarkSetOf(use.watermarks),
    SubtitleSet: use.addedSubtitles.map(({ assetId }) => assetId),
    SubtitleInfoSet: subtitleInfosOf(use.burntSubtitles ?? []),
    ...NO_DIGITAL_WATERMARKS,
    DrmInfo: null,
  };
}

function watermarkSetOf(watermarks: readonly Laid[] = []) {
  return watermarks.map(({ template, text, svg, span }) => ({
    Definition: template,
    TextContent: text ?? "",
    SvgContent: svg ?? "",
    ...spanOffsetsOf(span),
  }));
}

function mosaicInputOf({ x, y, width, height, span }: Mosaic) {
  return {
    CoordinateOrigin: "TopLeft" as const,
    XPos: offsetTextOf(x),
    YPos: offsetTextOf(y),
    Width: sideTextOf(width, "width"),
    Height: sideTextOf(height, "height"),
    ...spanOffsetsOf(span),
  };
}

function offsetsOf({ startOffsetSeconds, endOffsetSeconds }: Offsets) {
  return { StartTimeOffset: startOffsetSeconds, EndTimeOffset: endOffsetSeconds };
}

/** Shares of the duration are no words of the contract. */
function spanOffsetsOf(span: Span | undefined) {
  const inSeconds = span === undefined || span.unit === "percent" ? { start: 0, end: 0 } : span;
  return { StartTimeOffset: inSeconds.start, EndTimeOffset: inSeconds.end };
}
