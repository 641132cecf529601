import { expect, test } from "vitest";
import { fieldErrorsOf } from "../../form.ts";
import { operation } from "../../operations/operation.ts";
import { template } from "../../template.ts";
import { imageMark } from "./test-marks.ts";

const refusals = (schema: typeof operation | typeof template, value: object) => {
  const { error } = schema.safeParse(value);
  return error ? fieldErrorsOf(error).map(({ path, message }) => `${path}: ${message}`) : [];
};
const watermark = (params: object) => refusals(template, { kind: "watermark", params });

test.each<[object, string[]]>([
  [{}, []],
  [{ mark: { type: "image", assetId: "a" }, origin: "top", y: { value: 10, unit: "percent" } }, []],
  [{ origin: "top", x: { value: 10 } }, ["params.x.value: noOffsetFromMiddle"]],
  [{ origin: "left", y: { value: 10 } }, ["params.y.value: noOffsetFromMiddle"]],
  [{ x: { value: 101, unit: "percent" } }, ["params.x.value: percentOver100"]],
  [{ mark: { type: "text", colour: "red" } }, ["params.mark.colour: colour"]],
  [{ mark: { type: "text", text: "a\u0000b" } }, ["params.mark.text: controlCharacters"]],
  [{ mark: { type: "text", text: "\ud800" } }, ["params.mark.text: controlCharacters"]],
  [{ mark: { type: "text", letterSize: { value: 0 } } }, ["params.mark.letterSize.value: sizeNeeded"]],
])("a template of %j is refused for %j", (params, expected) => {
  expect(watermark(params)).toEqual(expected);
});

const onFilm = (mark: object) => refusals(operation, { kind: "transcode", params: { watermarks: [mark] } });
const text = { template: 1, mark: { type: "text" } };
const svg = { template: 1, mark: { type: "svg" } };

test.each<[object, string[]]>([
  [{ ...text, text: "a\n한" }, []],
  [text, ["params.watermarks.0.text: textNeeded"]],
  [{ ...text, text: " " }, ["params.watermarks.0.text: textNeeded"]],
  [{ ...text, text: "x".repeat(101) }, ["params.watermarks.0.text: tooLong"]],
  [{ ...text, text: "x", svg: "<svg/>" }, ["params.watermarks.0.svg: svgOnlyForSvg"]],
  [svg, ["params.watermarks.0.svg: svgNeeded"]],
  [imageMark({}, { text: "x" }), ["params.watermarks.0.text: textOnlyForText"]],
  [imageMark({}, { span: { start: 101, unit: "percent" } }), ["params.watermarks.0.span.start: percentOver100"]],
])("on a film %j is refused for %j", (mark, expected) => {
  expect(onFilm(mark)).toEqual(expected);
});

test.each(["snapshot", "cover", "sampled-snapshot"])("on a %s there are pictures only, which have no time", (kind) => {
  const refused = (mark: object) => refusals(operation, { kind, params: { watermarks: [mark] } });
  expect(refused(imageMark())).toEqual([]);
  expect(refused({ template: 1, mark: { type: "text", text: "x" } })).toEqual([
    "params.watermarks.0.template: imageOnlyOnPictures",
  ]);
  expect(refused(imageMark({}, { span: {} }))).toEqual(["params.watermarks.0.span: unknownField"]);
});

test("without a picture there is nothing to lay anything on", () => {
  const params = { video: null, watermarks: [imageMark()], mosaics: [{}] };
  expect(refusals(operation, { kind: "transcode", params })).toEqual([
    "params.watermarks: needsPicture",
    "params.mosaics: needsPicture",
  ]);
});
