/** What clients may send, at random. Never imported by the product. */
import fc from "fast-check";
import type { OverrideParameter } from "./override.ts";

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const tenths = (max: number) => fc.integer({ min: 0, max: max * 10 }).map((value) => value / 10);
const zeroOr = (min: number, max: number) => fc.oneof(fc.constant(0), fc.integer({ min, max }));

export const aDefinition = fc.integer({ min: 1, max: 1_000_200 });
export const anOffset = fc.integer({ min: -600, max: 600 }).map((value) => value / 10);
export const aLength = fc.oneof(
  tenths(100).map((value) => `${value}%`),
  fc.integer({ min: 1, max: 4096 }).map((value) => `${value}px`),
);
const aSize = aLength.filter((text) => Number.parseFloat(text) > 0);
const aColour = fc.integer({ min: 0, max: 0xffffff }).map((n) => `0x${n.toString(16).padStart(6, "0").toUpperCase()}`);
const offsets = { StartTimeOffset: maybe(anOffset), EndTimeOffset: maybe(anOffset) };

const aWatermark = fc.record({
  Definition: aDefinition,
  TextContent: maybe(fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom("a", "字", "글", " ") })),
  SvgContent: maybe(fc.constant("<svg/>")),
  ...offsets,
});
const aPictureWatermark = fc.record({ Definition: aDefinition });
const aMosaic = fc.record({
  CoordinateOrigin: maybe(fc.constant("TopLeft" as const)),
  ...{ XPos: maybe(aLength), YPos: maybe(aLength), Width: maybe(aSize), Height: maybe(aSize) },
  ...offsets,
});
const aSubtitle = fc.record({
  Id: fc.constantFrom("subtitles1", "subtitles2"),
  FontSize: maybe(fc.integer({ min: 1, max: 25 }).map((value) => `${value}%`)),
  ...{ FontColor: maybe(aColour), OutlineColor: maybe(aColour) },
  YPos: maybe(fc.integer({ min: 0, max: 45 }).map((value) => `${value}%`)),
});

export const aVideoTemplate = fc.record({
  Codec: maybe(fc.constantFrom("libx264" as const, "libx265" as const)),
  Fps: maybe(fc.integer({ min: 0, max: 100 })),
  Bitrate: maybe(zeroOr(128, 100_000)),
  ...{ Width: maybe(zeroOr(128, 8192)), Height: maybe(zeroOr(128, 8192)) },
  ResolutionAdaptive: maybe(fc.constantFrom("open" as const, "close" as const)),
  FillType: maybe(fc.constantFrom("stretch" as const, "black" as const, "white" as const, "gauss" as const)),
  Vcrf: maybe(fc.integer({ min: 0, max: 51 })),
  ...{
    Gop: maybe(fc.integer({ min: 0, max: 100_000 })),
    GopUnit: maybe(fc.constantFrom("frame" as const, "second" as const)),
  },
  PreserveHDRSwitch: maybe(fc.constantFrom("ON" as const, "OFF" as const)),
  CodecTag: maybe(fc.constantFrom("hvc1" as const, "hev1" as const)),
  Mode: maybe(fc.constantFrom("VBR" as const, "ABR" as const, "CBR" as const)),
  Bframes: maybe(fc.integer({ min: -1, max: 16 })),
  HlsTime: maybe(fc.integer({ min: 0, max: 10 })),
  VideoProfile: maybe(fc.constantFrom("baseline" as const, "main" as const, "high" as const, "default" as const)),
});

export const anAudioTemplate = fc.record({
  Codec: maybe(fc.constantFrom("libfdk_aac" as const, "libmp3lame" as const)),
  Bitrate: maybe(zeroOr(26, 256)),
  SampleRate: maybe(fc.constantFrom(32_000 as const, 44_100 as const, 48_000 as const)),
  AudioChannel: maybe(fc.constantFrom(0 as const, 1 as const, 2 as const, 6 as const)),
});

export const anOverride: fc.Arbitrary<OverrideParameter> = fc.record({
  Container: maybe(fc.constantFrom("mp4" as const, "hls" as const)),
  RemoveAudio: maybe(fc.constantFrom(0 as const, 1 as const)),
  VideoTemplate: maybe(aVideoTemplate),
  AudioTemplate: maybe(anAudioTemplate),
  TEHDConfig: maybe(
    fc.oneof(
      fc.record({ Type: fc.constant("TEHD-100" as const), MaxVideoBitrate: maybe(zeroOr(16, 100_000)) }),
      fc.constant({ Type: "OFF" as const }),
    ),
  ),
});

const few = <T>(arbitrary: fc.Arbitrary<T>) => maybe(fc.array(arbitrary, { maxLength: 3 }));

export const aMediaProcessTask = fc.record({
  TranscodeTaskSet: few(
    fc.record({
      Definition: aDefinition,
      WatermarkSet: few(aWatermark),
      MosaicSet: few(aMosaic),
      HeadTailSet: few(fc.record({ Definition: aDefinition })),
      ...offsets,
      OverrideParameter: maybe(anOverride),
      SubtitleInfoSet: maybe(fc.array(aSubtitle, { maxLength: 2 })),
    }),
  ),
  AnimatedGraphicTaskSet: few(fc.record({ Definition: aDefinition, ...offsets })),
  SnapshotByTimeOffsetTaskSet: few(
    fc.oneof(
      fc.record({
        Definition: aDefinition,
        ExtTimeOffsetSet: fc.array(
          fc.oneof(
            tenths(100).map((value) => `${value}%`),
            tenths(9000).map((value) => `${value}s`),
          ),
          { minLength: 1, maxLength: 5 },
        ),
        WatermarkSet: few(aPictureWatermark),
      }),
      fc.record({ Definition: aDefinition, TimeOffsetSet: fc.array(tenths(10_000), { minLength: 1, maxLength: 5 }) }),
    ),
  ),
  SampleSnapshotTaskSet: few(fc.record({ Definition: aDefinition, WatermarkSet: few(aPictureWatermark) })),
  ImageSpriteTaskSet: few(fc.record({ Definition: aDefinition })),
  CoverBySnapshotTaskSet: few(
    fc.record({
      Definition: aDefinition,
      PositionType: fc.constantFrom("Time" as const, "Percent" as const),
      PositionValue: tenths(100),
      WatermarkSet: few(aPictureWatermark),
    }),
  ),
  AdaptiveDynamicStreamingTaskSet: few(
    fc.record({
      Definition: aDefinition,
      WatermarkSet: few(aWatermark),
      SubtitleSet: few(fc.constantFrom("subtitles1", "subtitles2")),
      SubtitleInfoSet: maybe(fc.array(aSubtitle, { maxLength: 2 })),
    }),
  ),
});
