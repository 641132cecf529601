import fc from "fast-check";
import { expect, test } from "vitest";
import { operation } from "#domain/operations/operation.ts";
import type { Step } from "#domain/procedure.ts";
import type { TemplateKind } from "#domain/template.ts";
import { type MediaProcessTaskInput, mediaProcessTaskInput } from "./media-process-task.ts";
import { stepsOf } from "./read-media-process-task.ts";
import { inputOfNothing, inputOfOperation, mediaProcessTaskOf, resultTypeOf } from "./render-media-process-task.ts";
import { aMediaProcessTask } from "./test-inputs.ts";

const encoding = (): TemplateKind => "transcode";

/** As it comes in: what is undefined is not in JSON, and nulls are taken out of every request. */
function received(input: unknown): MediaProcessTaskInput {
  return mediaProcessTaskInput.parse(JSON.parse(JSON.stringify(input), (_, value) => value ?? undefined));
}

function stepsFrom(input: unknown, kind: (definition: number) => TemplateKind | undefined = encoding): Step[] {
  const steps = stepsOf(received(input), kind);
  if (!steps.ok) throw new Error(steps.failure.message);
  return steps.value;
}

function refusalOf(input: object, kind: TemplateKind = "transcode") {
  const steps = stepsOf(mediaProcessTaskInput.parse(input), () => kind);
  return steps.ok ? null : steps.failure;
}

test("what an answer shows means the same when it comes back", () => {
  fc.assert(
    fc.property(aMediaProcessTask, (input) => {
      const steps = stepsFrom(input);
      expect(stepsFrom(mediaProcessTaskOf(steps))).toEqual(steps);
    }),
  );
});

/** A constant quality takes the place of a rate, and of the mode that would have led to one. */
function withoutWhatGivesWay(input: MediaProcessTaskInput): MediaProcessTaskInput {
  for (const { OverrideParameter: over } of input.TranscodeTaskSet ?? []) {
    const video = over?.VideoTemplate;
    if (video === undefined) continue;
    const follows = over?.TEHDConfig?.Type === "TEHD-100";
    if (follows || (video.Vcrf ?? 0) > 0) for (const field of ["Bitrate", "Mode"] as const) delete video[field];
    if (follows) delete video.Vcrf;
    // Only H.265 has a tag.
    if (video.Codec === "libx264") delete video.CodecTag;
  }
  for (const { OverrideParameter: over } of input.TranscodeTaskSet ?? []) {
    // 0 is what an encoded track is anyway, and a removed one has no parameters.
    if (over?.RemoveAudio === 0) delete over.RemoveAudio;
    if (over?.RemoveAudio === 1) delete over.AudioTemplate;
    if (over !== undefined) for (const field of Object.keys(over)) dropEmpty(over, field);
  }
  return input;
}

function dropEmpty(of: object, field: string): void {
  const value: unknown = Reflect.get(of, field);
  if (typeof value === "object" && value !== null && Object.keys(value).length === 0) Reflect.deleteProperty(of, field);
}

test("an answer shows everything that was said", () => {
  fc.assert(
    fc.property(aMediaProcessTask, (input) => {
      const shown = mediaProcessTaskOf(stepsFrom(input));
      const expected = withoutWhatGivesWay(received(input));
      for (const task of expected.TranscodeTaskSet ?? [])
        if (Object.keys(task.OverrideParameter ?? {}).length === 0) delete task.OverrideParameter;
      expect(shown).toMatchObject(expected);
    }),
  );
});

test("the sets become steps in the contract's order, with offsets counted from either end", () => {
  const steps = stepsFrom({
    CoverBySnapshotTaskSet: [{ Definition: 10, PositionType: "Percent", PositionValue: 50 }],
    TranscodeTaskSet: [{ Definition: 100_010, StartTimeOffset: 10, EndTimeOffset: -20 }],
    SnapshotByTimeOffsetTaskSet: [
      { Definition: 10, ExtTimeOffsetSet: ["3.5s", "10%"], TimeOffsetSet: [1] },
      { Definition: 10, TimeOffsetSet: [3500] },
    ],
  });
  expect(steps).toMatchObject([
    { operation: "transcode", template: 100_010, use: { startOffsetSeconds: 10, endOffsetSeconds: -20 } },
    {
      operation: "snapshot",
      use: {
        positions: [
          { unit: "seconds", value: 3.5 },
          { unit: "percent", value: 10 },
        ],
      },
    },
    { operation: "snapshot", use: { positions: [{ unit: "seconds", value: 3.5 }] } },
    { operation: "cover", use: { position: { unit: "percent", value: 50 } } },
  ]);
});

test("an override says what the template's kind has words for", () => {
  const override = (OverrideParameter: object, kind: TemplateKind = "transcode") =>
    stepsFrom({ TranscodeTaskSet: [{ Definition: 1, OverrideParameter }] }, () => kind)[0]?.override;
  expect(override({ VideoTemplate: { Bitrate: 800, HlsTime: 4 }, RemoveAudio: 1 })).toEqual({
    video: { bitrateKbps: 800 },
    audio: null,
    hlsSegmentSeconds: 4,
  });
  expect(override({ VideoTemplate: { Vcrf: 28, Bitrate: 800 } })).toEqual({
    video: { rateMode: "crf", crf: 28, bitrateKbps: 0 },
  });
  expect(override({ VideoTemplate: { Vcrf: 0, Bframes: -1 } })).toEqual({
    video: { rateMode: "vbr", crf: 0, bFrames: null },
  });
  expect(override({ TEHDConfig: { Type: "TEHD-100", MaxVideoBitrate: 900 } })).toEqual({
    video: { contentAdaptive: { bitrateKbpsMax: 900 }, rateMode: "vbr", crf: 0, bitrateKbps: 0 },
  });
  expect(override({ AudioTemplate: { Bitrate: 96 } }, "audio")).toEqual({ bitrateKbps: 96 });
  expect(override({ Container: "hls" }, "remux")).toEqual({ container: "hls" });
});

test("an override of a template that does not exist is left to the subtask that fails of it", () => {
  const input = { TranscodeTaskSet: [{ Definition: 99, OverrideParameter: { Container: "hls" } }] };
  expect(stepsFrom(input, () => undefined)).toMatchObject([{ template: 99, override: {} }]);
});

test.each([
  [{ TranscodeTaskSet: [{ Definition: 1, MosaicSet: [{ Width: "0px" }] }] }, "InvalidParameterValue.Width"],
  [{ SnapshotByTimeOffsetTaskSet: [{ Definition: 10 }] }, "InvalidParameterValue"],
  [
    { CoverBySnapshotTaskSet: [{ Definition: 10, PositionType: "Percent", PositionValue: 101 }] },
    "InvalidParameterValue",
  ],
  [
    { SampleSnapshotTaskSet: [{ Definition: 10, WatermarkSet: [{ Definition: 1, TextContent: "a" }] }] },
    "InvalidParameterValue",
  ],
  [{ AdaptiveDynamicStreamingTaskSet: [{ Definition: 10, DrmInfo: { DrmTypes: [] } }] }, "UnsupportedOperation"],
  [
    { TranscodeTaskSet: [{ Definition: 1, SubtitleInfoSet: [{ Id: "s", ShadowWidth: "2px" }] }] },
    "UnsupportedOperation",
  ],
  [
    { TranscodeTaskSet: [{ Definition: 1, OverrideParameter: { AudioTemplate: { StreamSelects: [2] } } }] },
    "UnsupportedOperation",
  ],
])("%j is refused", (input, refusal) => {
  expect(refusalOf(input)).toMatchObject({ refusal });
});

test("a template of sound alone, and one that copies, are not overridden with a picture", () => {
  const input = { TranscodeTaskSet: [{ Definition: 1, OverrideParameter: { VideoTemplate: { Fps: 25 } } }] };
  expect(refusalOf(input, "audio")).toMatchObject({ message: expect.stringContaining("VideoTemplate") });
  expect(refusalOf(input, "remux")).toMatchObject({ message: expect.stringContaining("VideoTemplate") });
});

test.each([["10em"], ["101%"], ["-1px"], ["%"], ["9000px"]])("%s is no length", (XPos) => {
  const input = { TranscodeTaskSet: [{ Definition: 1, MosaicSet: [{ XPos }] }] };
  expect(mediaProcessTaskInput.safeParse(input).success).toBe(false);
});

test("a result shows what its subtask was frozen with, every field of it", () => {
  const frozen = operation.parse({
    kind: "transcode",
    params: {
      startOffsetSeconds: 1.5,
      watermarks: [{ template: 7, mark: { type: "text" }, text: "Reelflow", span: { start: 1, end: -1 } }],
    },
  });
  expect(resultTypeOf("audio")).toBe("Transcode");
  expect(inputOfOperation(frozen, 100_010)).toEqual({
    Definition: 100_010,
    WatermarkSet: [{ Definition: 7, TextContent: "Reelflow", SvgContent: "", StartTimeOffset: 1, EndTimeOffset: -1 }],
    ...{ MosaicSet: [], HeadTailSet: [], StartTimeOffset: 1.5, EndTimeOffset: 0 },
    ...{ OverrideParameter: null, SubtitleInfoSet: [] },
    ...{ TraceWatermark: { Switch: "OFF" }, CopyRightWatermark: { Text: "" }, BlindWatermark: null },
  });
});

test("a subtask whose template does not exist shows its number and nothing that was not said", () => {
  expect(inputOfNothing("cover", 99)).toEqual({
    ...{ Definition: 99, PositionType: "Time", PositionValue: 0, WatermarkSet: [] },
  });
});
