import fc from "fast-check";
import { expect, test } from "vitest";
import { fieldsOf } from "#domain/form.ts";
import { type Template, type TemplateKind, template } from "#domain/template.ts";
import { anyTemplateOfAnyKind } from "#domain/test-templates.ts";
import { templateSchemaOf } from "../(console)/templates/template-schema.ts";
import { diffParams } from "./diff-params.ts";

const paramsOf = (kind: TemplateKind, params: object): Template["params"] => template.parse({ kind, params }).params;

function changes(kind: TemplateKind, before: object, after: object) {
  const fields = fieldsOf(templateSchemaOf(kind));
  const all = diffParams(fields, { ...paramsOf(kind, before) }, { ...paramsOf(kind, after) });
  return all.map(({ trail, before, after }) => [trail.join(" › "), before.said, after.said]);
}

test("fields are told by where they are, in the order of the form", () => {
  const after = { container: "hls", video: { heightPx: 720, bitrateKbps: 1800 }, hlsSegmentSeconds: 4 };
  expect(changes("transcode", {}, after)).toEqual([
    ["container", "mp4", "hls"],
    ["video › heightPx", 0, 720],
    ["video › bitrateKbps", 0, 1800],
    ["hlsSegmentSeconds", 0, 4],
  ]);
});

test("a group that is left out is one change", () => {
  expect(changes("transcode", {}, { audio: null })).toMatchObject([["audio", { codec: "aac" }, null]]);
});

test("items are told by number, and one more is one change", () => {
  const before = { rungs: [{ video: { heightPx: 360 } }] };
  const after = { rungs: [{ video: { heightPx: 540 } }, { video: { heightPx: 720 } }] };
  expect(changes("adaptive-streaming", before, after)).toMatchObject([
    ["rungs › 1 › video › heightPx", 360, 540],
    ["rungs › 2", null, { video: { heightPx: 720 } }],
  ]);
});

test("another shape is told with what it brings", () => {
  const after = { interval: { unit: "count", count: 50 } };
  expect(changes("sprite", {}, after)).toEqual([
    ["interval › unit", "seconds", "count"],
    ["interval › count", null, 50],
    ["interval › minDistanceSeconds", null, 1],
  ]);
});

test("any two templates differ in nothing exactly when they are the same", () => {
  fc.assert(
    fc.property(anyTemplateOfAnyKind(), anyTemplateOfAnyKind(), (one, other) => {
      const fields = fieldsOf(templateSchemaOf(one.kind));
      expect(diffParams(fields, { ...one.params }, { ...one.params })).toEqual([]);
      if (other.kind !== one.kind) return;
      const differ = JSON.stringify(one.params) !== JSON.stringify(other.params);
      expect(diffParams(fields, { ...one.params }, { ...other.params }).length > 0).toBe(differ);
    }),
    { numRuns: 150 },
  );
});
