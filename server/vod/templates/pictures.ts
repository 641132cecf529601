/** Templates of single pictures: of given times, and at regular ones. */
import { z } from "zod";
import type { Template } from "#domain/template.ts";
import { said } from "../said.ts";
import { sampleFields, sampleOf, wireSampleOf } from "./samples.ts";
import { fillFields, sizeFields, sizeOf, wireFillOf, wireSizeOf } from "./sizes.ts";
import { matchesPreset, nameFields, presetFilter, type TemplateInput, templateActions } from "./template-actions.ts";

const pictureFields = {
  ...nameFields,
  ...sizeFields(32, 4096),
  Format: z.enum(["jpg", "png", "webp"]).optional(),
  ...fillFields,
};
const picture = z.object(pictureFields);

function pictureOf(input: z.output<typeof picture>) {
  return { ...sizeOf(input), ...said({ format: input.Format, fill: input.FillType }) };
}

type PictureParams = Extract<Template, { kind: "snapshot" }>["params"];

function wirePictureOf(params: PictureParams) {
  return { ...wireSizeOf(params), Format: params.format, FillType: wireFillOf(params.fill) };
}

const FIELDS = {
  ...{ widthPx: "Width", heightPx: "Height", resolutionAdaptive: "ResolutionAdaptive" },
  ...{ format: "Format", fill: "FillType", "interval.value": "SampleInterval", interval: "SampleType" },
};

export const snapshotActions = templateActions({
  name: "SnapshotByTimeOffset",
  family: "snapshot",
  countMax: 16,
  create: picture,
  build: (input) => built("snapshot", pictureOf(input)),
  change: picture,
  rebuild: (input, current) => built("snapshot", { ...current.params, ...pictureOf(input) }),
  filter: presetFilter,
  matches: matchesPreset,
  show: (templates) => templates.flatMap((one) => (one.kind === "snapshot" ? wirePictureOf(one.params) : [])),
  fields: FIELDS,
});

const sampled = z.object({ ...pictureFields, ...sampleFields });

export const sampledSnapshotActions = templateActions({
  name: "SampleSnapshot",
  family: "sampled-snapshot",
  countMax: 16,
  create: sampled.required({ SampleType: true, SampleInterval: true }),
  build: (input) => built("sampled-snapshot", { ...pictureOf(input), ...sampleOf(input, null) }),
  change: sampled,
  rebuild: (input, current) =>
    built("sampled-snapshot", { ...current.params, ...pictureOf(input), ...sampleOf(input, current) }),
  filter: presetFilter,
  matches: matchesPreset,
  show: (templates) =>
    templates.flatMap((one) =>
      one.kind === "sampled-snapshot" ? { ...wirePictureOf(one.params), ...wireSampleOf(one.params.interval) } : [],
    ),
  fields: FIELDS,
});

function built(kind: Template["kind"], params: object): { ok: true; value: TemplateInput } {
  return { ok: true, value: { kind, params } };
}
