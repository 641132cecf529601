/**
 * `MediaProcessTaskInput`: what is to be done to a media, as the wire says it. Everything that may be absent is; what the
 * contract calls "no" is read as absent, as answers show it and requests are made from answers.
 */
import { z } from "zod";
import { lengthText, momentText } from "./measures.ts";
import { overrideParameter } from "./override.ts";
import { subtitleInfo } from "./subtitles.ts";

const LAID_MAX = 10;
const SUBTITLES_MAX = 16;
const definition = z.int().min(0);
/** Seconds; negative ones are counted from the end. A week, as the longest source. */
const offset = z.number().min(-604_800).max(604_800);
const offsets = { StartTimeOffset: offset.optional(), EndTimeOffset: offset.optional() };

const watermarkInput = z.object({
  Definition: definition,
  TextContent: z.string().max(100).optional(),
  SvgContent: z.string().max(2_000_000).optional(),
  ...offsets,
});
export type WatermarkInput = z.output<typeof watermarkInput>;

const mosaicInput = z.object({
  CoordinateOrigin: z.enum(["TopLeft", ""]).optional(),
  XPos: lengthText.optional(),
  YPos: lengthText.optional(),
  Width: lengthText.optional(),
  Height: lengthText.optional(),
  ...offsets,
});
export type MosaicInput = z.output<typeof mosaicInput>;

const watermarkSet = { WatermarkSet: z.array(watermarkInput).max(LAID_MAX).optional() };
const burntSet = { SubtitleInfoSet: z.array(subtitleInfo).max(2).optional() };

/** Marks that nobody sees: accepted as the contract says, and not laid, which results say in `DigitalWatermarkType`. */
const digitalWatermarks = {
  TraceWatermark: z.object({ Switch: z.enum(["ON", "OFF", ""]).optional() }).optional(),
  CopyRightWatermark: z.object({ Text: z.string().max(200).optional() }).optional(),
  BlindWatermark: z.object({ Definition: definition.optional() }).optional(),
};

const transcodeInput = z.object({
  Definition: definition,
  ...watermarkSet,
  MosaicSet: z.array(mosaicInput).max(LAID_MAX).optional(),
  HeadTailSet: z
    .array(z.object({ Definition: definition }))
    .max(LAID_MAX)
    .optional(),
  ...offsets,
  OverrideParameter: overrideParameter.optional(),
  ...burntSet,
  ...digitalWatermarks,
});

const animatedGraphicInput = z.object({ Definition: definition, ...offsets });

const snapshotInput = z.object({
  Definition: definition,
  ExtTimeOffsetSet: z.array(momentText).max(100).optional(),
  /** Milliseconds; read where nothing is said in `ExtTimeOffsetSet`. */
  TimeOffsetSet: z.array(z.number().min(0).max(604_800_000)).max(100).optional(),
  ...watermarkSet,
});

const sampledSnapshotInput = z.object({ Definition: definition, ...watermarkSet });

const spriteInput = z.object({ Definition: definition });

const coverInput = z.object({
  Definition: definition,
  PositionType: z.enum(["Time", "Percent"]),
  PositionValue: z.number().min(0).max(604_800),
  ...watermarkSet,
});

const adaptiveStreamingInput = z.object({
  Definition: definition,
  ...watermarkSet,
  SubtitleSet: z.array(z.string().min(1).max(64)).max(SUBTITLES_MAX).optional(),
  ...burntSet,
  ...digitalWatermarks,
  DrmInfo: z.looseObject({}).optional(),
});

/** More than a procedure holds are refused where it is made; this bounds what is read. */
const setOf = <S extends z.ZodType>(element: S) => z.array(element).max(50).optional();

export const mediaProcessTaskInput = z.object({
  TranscodeTaskSet: setOf(transcodeInput),
  AnimatedGraphicTaskSet: setOf(animatedGraphicInput),
  SnapshotByTimeOffsetTaskSet: setOf(snapshotInput),
  SampleSnapshotTaskSet: setOf(sampledSnapshotInput),
  ImageSpriteTaskSet: setOf(spriteInput),
  CoverBySnapshotTaskSet: setOf(coverInput),
  AdaptiveDynamicStreamingTaskSet: setOf(adaptiveStreamingInput),
});
export type MediaProcessTaskInput = z.output<typeof mediaProcessTaskInput>;
export type TranscodeTaskInput = z.output<typeof transcodeInput>;
export type SnapshotTaskInput = z.output<typeof snapshotInput>;
export type CoverTaskInput = z.output<typeof coverInput>;
export type AdaptiveStreamingTaskInput = z.output<typeof adaptiveStreamingInput>;
