import { expect, test } from "vitest";
import { PRESET_TEMPLATES } from "./presets/templates.ts";
import {
  expandSteps,
  overridden,
  overrideOf,
  procedureBody,
  procedureName,
  type Step,
  step,
  templatesOf,
} from "./procedure.ts";
import { fail } from "./result.ts";
import { type StoredTemplate, template } from "./template.ts";

function aTemplate(kind: StoredTemplate["kind"], definition: number, params: object): StoredTemplate {
  const family = kind === "remux" || kind === "audio" ? "transcode" : kind;
  return {
    ...template.parse({ kind, params }),
    definition,
    family,
    name: `T${definition}`,
    comment: "",
    preset: false,
    version: 3,
  };
}

const TEMPLATES = [
  aTemplate("transcode", 1, { video: { bitrateKbps: 500, heightPx: 360 } }),
  aTemplate("remux", 2, { container: "hls" }),
  aTemplate("snapshot", 1, { format: "png" }),
  aTemplate("head-tail", 1, { heads: [{ mediaId: "intro" }], fill: "black" }),
  aTemplate("sampled-snapshot", 1, { interval: { unit: "percent", value: 5 } }),
  aTemplate("watermark", 1, { mark: { type: "image", assetId: "logo" }, origin: "bottomRight" }),
  aTemplate("watermark", 2, { mark: { type: "text", text: "Reelflow" } }),
];

function expand(...steps: unknown[]) {
  return expandSteps(
    steps.map((one): Step => step.parse(one)),
    (family, definition) => TEMPLATES.find((one) => one.family === family && one.definition === definition),
  );
}

test("a subtask's parameters are the template's, then the override's, then the use's", () => {
  const result = expand({
    operation: "transcode",
    template: 1,
    override: { video: { bitrateKbps: 800 }, audio: null },
    use: { startOffsetSeconds: 2 },
  });
  expect(result).toMatchObject({
    value: [
      {
        kind: "transcode",
        template: { definition: 1, version: 3, name: "T1" },
        operation: {
          kind: "transcode",
          params: { video: { bitrateKbps: 800, heightPx: 360 }, audio: null, startOffsetSeconds: 2 },
        },
        failure: null,
      },
    ],
  });
});

test("a removed track comes back when an override describes it", () => {
  const result = expand({ operation: "transcode", template: 1, override: { audio: { codec: "mp3" } } });
  expect(result).toMatchObject({ value: [{ operation: { params: { audio: { codec: "mp3", channels: 2 } } } }] });
});

test("an override of one shape changes a field of it, one of another shape replaces it", () => {
  const intervals = [{ value: 20 }, { unit: "percent" }, { unit: "count", count: 4 }];
  const result = expand(
    ...intervals.map((interval) => ({ operation: "sampled-snapshot", template: 1, override: { interval } })),
  );
  expect(result.ok && result.value.map(({ operation }) => operation?.params)).toMatchObject([
    { interval: { unit: "percent", value: 20 } },
    { interval: { unit: "percent", value: 5 } },
    { interval: { unit: "count", count: 4, minDistanceSeconds: 1 } },
  ]);
});

test("within a family the template decides the kind, and a cover uses a snapshot template", () => {
  const result = expand({ operation: "transcode", template: 2 }, { operation: "cover", template: 1 });
  expect(result).toMatchObject({
    value: [
      { kind: "remux", operation: { kind: "remux", params: { container: "hls" } } },
      { kind: "cover", operation: { kind: "cover", params: { format: "png", position: { value: 0 } } } },
    ],
  });
});

test("what a step says and the template's kind has no word for is refused, not overheard", () => {
  expect(expand({ operation: "transcode", template: 2, use: { keepSubtitles: true } })).toEqual(
    fail({ code: "INVALID_PARAMETER", detail: "steps.0.keepSubtitles: unknownField" }),
  );
});

test("an unknown template becomes a subtask that fails, and the others stay", () => {
  const result = expand({ operation: "sprite", template: 99 }, { operation: "transcode", template: 1 });
  expect(result).toMatchObject({
    value: [
      {
        ...{ kind: "sprite", operation: null, template: { definition: 99, version: null, name: "" } },
        failure: { code: "TEMPLATE_NOT_FOUND", detail: "sprite 99" },
      },
      { failure: null },
    ],
  });
});

test("parameters that make no sense refuse everything, naming step and field", () => {
  const good = { operation: "transcode", template: 1 };
  expect(expand(good, { ...good, override: { video: { crf: 20 } } })).toEqual(
    fail({ code: "INVALID_PARAMETER", detail: "steps.1.video.crf: crfOnlyInCrfMode" }),
  );
  expect(expand({ ...good, override: { video: { colour: "blue" } } })).toEqual(
    fail({ code: "INVALID_PARAMETER", detail: "steps.0.video.colour: unknownField" }),
  );
});

test("templates that a use names are listed, and their parameters frozen beside its own", () => {
  const watermarks = [
    { template: 1, span: { start: 2 } },
    { template: 2, text: "Hello" },
  ];
  const marked = step.parse({ operation: "transcode", template: 1, use: { watermarks } });
  expect(templatesOf(marked)).toEqual([
    { family: "transcode", definition: 1 },
    { family: "watermark", definition: 1 },
    { family: "watermark", definition: 2 },
  ]);
  expect(expand(marked)).toMatchObject({
    value: [
      {
        operation: {
          params: {
            watermarks: [
              { template: 1, mark: { type: "image", assetId: "logo" }, origin: "bottomRight", span: { start: 2 } },
              { template: 2, mark: { type: "text", text: "Reelflow" }, text: "Hello", origin: "topLeft" },
            ],
          },
        },
      },
    ],
  });
});

test("a watermark that does not exist fails its subtask and no other", () => {
  const marked = { operation: "snapshot", template: 1, use: { watermarks: [{ template: 1 }, { template: 9 }] } };
  expect(expand(marked, { operation: "snapshot", template: 1 })).toMatchObject({
    value: [
      { kind: "snapshot", operation: null, failure: { code: "TEMPLATE_NOT_FOUND", detail: "watermark 9" } },
      { failure: null },
    ],
  });
});

test("what cannot be marked refuses the request: text on a snapshot, anything on a remux", () => {
  const onSnapshot = { operation: "snapshot", template: 1, use: { watermarks: [{ template: 2 }] } };
  expect(expand(onSnapshot)).toEqual(
    fail({ code: "INVALID_PARAMETER", detail: "steps.0.watermarks.0.template: imageOnlyOnPictures" }),
  );
  expect(expand({ operation: "transcode", template: 2, use: { watermarks: [{ template: 2 }] } })).toEqual(
    fail({ code: "INVALID_PARAMETER", detail: "steps.0.watermarks: unknownField" }),
  );
});

test("a step refuses parameters that its operation does not take", () => {
  const unknown = step.safeParse({ operation: "cover", template: 10, use: { startOffsetSeconds: 3 } });
  expect(unknown.error?.issues[0]).toMatchObject({
    code: "unrecognized_keys",
    path: ["use"],
    keys: ["startOffsetSeconds"],
  });
  expect(procedureBody.safeParse({ steps: [] }).success).toBe(false);
});

test.each(["Starter", "转码-720p", "예고편_1", "a"])("%s names a procedure", (name) => {
  expect(procedureName.safeParse(name).success).toBe(true);
});

test.each(["", "two words", "a/b", "x".repeat(21), "<b>"])("%j names none", (name) => {
  expect(procedureName.safeParse(name).error?.issues[0]?.message).toBe("procedureName");
});

test("templates that a use names are listed, and their parameters frozen beside its own", () => {
  const framed = step.parse({ operation: "transcode", template: 1, use: { headTails: [{ template: 1 }] } });
  expect(templatesOf(framed)).toEqual([
    { family: "transcode", definition: 1 },
    { family: "head-tail", definition: 1 },
  ]);
  expect(expand(framed)).toMatchObject({
    value: [
      {
        operation: {
          params: { headTails: [{ template: 1, heads: [{ mediaId: "intro" }], tails: [], fill: "black" }] },
        },
      },
    ],
  });
});

test("a head or tail that does not exist fails its subtask and no other", () => {
  const framed = { operation: "transcode", template: 1, use: { headTails: [{ template: 1 }, { template: 9 }] } };
  expect(expand(framed, { operation: "transcode", template: 1 })).toMatchObject({
    value: [
      { kind: "transcode", operation: null, failure: { code: "TEMPLATE_NOT_FOUND", detail: "head-tail 9" } },
      { failure: null },
    ],
  });
});

test("a remux in the place of a transcode takes no head, and does not mind that none is named", () => {
  const remux = { operation: "transcode", template: 2 };
  expect(expand(remux)).toMatchObject({ value: [{ kind: "remux" }] });
  expect(expand({ ...remux, use: { headTails: [{ template: 1 }] } })).toEqual(
    fail({ code: "INVALID_PARAMETER", detail: "steps.0.headTails: unknownField" }),
  );
});

test("an override says what differs from the template, and brings it about", () => {
  const presets = PRESET_TEMPLATES.filter(({ kind }) => kind === "transcode" || kind === "adaptive-streaming");
  for (const [index, { kind, params }] of presets.entries()) {
    const other = presets[(index + 1) % presets.length];
    if (other?.kind !== kind || kind === "watermark" || kind === "head-tail") continue;
    const override = overrideOf(kind, params, other.params);
    expect(overridden(kind, params, override)).toEqual(other.params);
  }
  const { params } = aTemplate("transcode", 1, { video: { bitrateKbps: 500, heightPx: 360 } });
  expect(overrideOf("transcode", params, params)).toEqual({});
  const changed = { ...params, video: { ...("video" in params ? params.video : {}), bitrateKbps: 900 } };
  expect(overrideOf("transcode", params, changed)).toEqual({ video: { bitrateKbps: 900 } });
});
