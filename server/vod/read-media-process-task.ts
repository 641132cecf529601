/** From `MediaProcessTaskInput` to steps, in the order in which the contract lists its sets. */
import type { Mosaic } from "#domain/modifiers/mosaic/schema.ts";
import type { Position } from "#domain/operations/position.ts";
import { type Step, step } from "#domain/procedure.ts";
import { ok, type Result } from "#domain/result.ts";
import type { TemplateKind } from "#domain/template.ts";
import { momentOf, offsetOf, sideOf } from "./measures.ts";
import type {
  AdaptiveStreamingTaskInput,
  CoverTaskInput,
  MediaProcessTaskInput,
  MosaicInput,
  SnapshotTaskInput,
  TranscodeTaskInput,
  WatermarkInput,
} from "./media-process-task.ts";
import { overrideOf } from "./override.ts";
import type { Refusal } from "./refusal.ts";
import { refuseUnsupported, refuseValue } from "./refuse-field.ts";
import { burntSubtitlesOf, type SubtitleInfo } from "./subtitles.ts";

type Read = Result<Step, Refusal>;

/**
 * `transcodeKind`: whether a template of this number encodes, copies or writes sound alone, as an override depends on it.
 * One that does not exist fails its subtask alone, whatever is said beside it.
 */
export function stepsOf(
  input: MediaProcessTaskInput,
  transcodeKind: (definition: number) => TemplateKind | undefined,
): Result<Step[], Refusal> {
  return all([
    ...(input.TranscodeTaskSet ?? []).map((one) => transcodeStep(one, transcodeKind(one.Definition))),
    ...(input.AnimatedGraphicTaskSet ?? []).map((one) => stepOf("animated-graphic", one.Definition, offsetsOf(one))),
    ...(input.SnapshotByTimeOffsetTaskSet ?? []).map(snapshotStep),
    ...(input.SampleSnapshotTaskSet ?? []).map((one) => pictureStep("sampled-snapshot", one, {})),
    ...(input.ImageSpriteTaskSet ?? []).map((one) => stepOf("sprite", one.Definition, {})),
    ...(input.CoverBySnapshotTaskSet ?? []).map(coverStep),
    ...(input.AdaptiveDynamicStreamingTaskSet ?? []).map(adaptiveStreamingStep),
  ]);
}

/** The numbers of the transcode templates that overrides are said of. */
export function overriddenTemplatesOf({ TranscodeTaskSet = [] }: MediaProcessTaskInput): number[] {
  return TranscodeTaskSet.flatMap((one) => (one.OverrideParameter === undefined ? [] : [one.Definition]));
}

function stepOf(operation: Step["operation"], template: number, use: object, override: Step["override"] = {}): Read {
  return ok(step.parse({ operation, template, use, override }));
}

function transcodeStep(input: TranscodeTaskInput, kind: TemplateKind | undefined): Read {
  const burnt = burntOf(input.SubtitleInfoSet);
  if (!burnt.ok) return burnt;
  const { OverrideParameter: parameter } = input;
  const override = parameter === undefined || kind === undefined ? ok({}) : overrideOf(parameter, kind);
  if (!override.ok) return override;
  const mosaics = all((input.MosaicSet ?? []).map(mosaicOf));
  if (!mosaics.ok) return mosaics;
  const use = {
    ...offsetsOf(input),
    watermarks: (input.WatermarkSet ?? []).map(watermarkOf),
    mosaics: mosaics.value,
    headTails: (input.HeadTailSet ?? []).map(({ Definition: template }) => ({ template })),
    burntSubtitles: burnt.value,
  };
  return stepOf("transcode", input.Definition, use, override.value);
}

function snapshotStep(input: SnapshotTaskInput): Read {
  const { ExtTimeOffsetSet = [], TimeOffsetSet = [] } = input;
  const named = ExtTimeOffsetSet.map(momentOf);
  const positions = named.length > 0 ? named : TimeOffsetSet.map(millisecond);
  if (positions.length === 0) return refuseValue("ExtTimeOffsetSet", "at least one point of time is needed.");
  return pictureStep("snapshot", input, { positions });
}

/** To the microsecond, which takes out what a fraction loses on its way. */
function millisecond(value: number): Position {
  return { unit: "seconds", value: Math.round(value * 1000) / 1_000_000 };
}

function coverStep(input: CoverTaskInput): Read {
  const { PositionType, PositionValue: value } = input;
  if (PositionType === "Percent" && value > 100) return refuseValue("PositionValue", "at most 100.");
  const unit = PositionType === "Percent" ? "percent" : "seconds";
  return pictureStep("cover", input, { position: { unit, value } });
}

/** Only pictures are laid on pictures, and for as long as these are seen. */
function pictureStep(
  operation: "snapshot" | "sampled-snapshot" | "cover",
  input: { Definition: number; WatermarkSet?: WatermarkInput[] | undefined },
  use: object,
): Read {
  const { Definition, WatermarkSet = [] } = input;
  for (const { TextContent, SvgContent, StartTimeOffset, EndTimeOffset } of WatermarkSet) {
    if (TextContent) return refuseValue("TextContent", "only pictures are laid on pictures.");
    if (SvgContent) return refuseValue("SvgContent", "only pictures are laid on pictures.");
    if (StartTimeOffset || EndTimeOffset) return refuseValue("StartTimeOffset", "a picture has no duration.");
  }
  const watermarks = WatermarkSet.map(({ Definition: template }) => ({ template }));
  return stepOf(operation, Definition, { ...use, watermarks });
}

function adaptiveStreamingStep(input: AdaptiveStreamingTaskInput): Read {
  if (input.DrmInfo !== undefined) return refuseUnsupported("DrmInfo", "third-party DRM is not supported here.");
  const burnt = burntOf(input.SubtitleInfoSet);
  if (!burnt.ok) return burnt;
  return stepOf("adaptive-streaming", input.Definition, {
    watermarks: (input.WatermarkSet ?? []).map(watermarkOf),
    addedSubtitles: (input.SubtitleSet ?? []).map((assetId) => ({ assetId })),
    burntSubtitles: burnt.value,
  });
}

interface Offsets {
  StartTimeOffset?: number | undefined;
  EndTimeOffset?: number | undefined;
}

function offsetsOf({ StartTimeOffset = 0, EndTimeOffset = 0 }: Offsets) {
  return { startOffsetSeconds: StartTimeOffset, endOffsetSeconds: EndTimeOffset };
}

function spanOf({ StartTimeOffset: start = 0, EndTimeOffset: end = 0 }: Offsets) {
  return { start, end, unit: "seconds" as const };
}

function watermarkOf({ Definition: template, TextContent, SvgContent, ...offsets }: WatermarkInput) {
  return { template, text: TextContent || null, svg: SvgContent || null, span: spanOf(offsets) };
}

function mosaicOf(input: MosaicInput): Result<Mosaic, Refusal> {
  const { XPos = "0px", YPos = "0px", Width = "10%", Height = "10%", ...offsets } = input;
  const [width, height] = [sideOf(Width, "width"), sideOf(Height, "height")];
  if (width.value === 0) return refuseValue("Width", "a mosaic has a size.");
  if (height.value === 0) return refuseValue("Height", "a mosaic has a size.");
  return ok({ x: offsetOf(XPos), y: offsetOf(YPos), width, height, span: spanOf(offsets) });
}

function burntOf(infos: readonly SubtitleInfo[] = []) {
  return all(infos.map(burntSubtitlesOf));
}

/** The first that is refused refuses all. */
function all<T, F>(results: readonly Result<T, F>[]): Result<T[], F> {
  const values: T[] = [];
  for (const result of results) {
    if (!result.ok) return result;
    values.push(result.value);
  }
  return ok(values);
}
