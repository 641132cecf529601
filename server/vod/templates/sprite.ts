import { z } from "zod";
import { ok } from "#domain/result.ts";
import { said } from "../said.ts";
import { sampleFields, sampleOf, wireSampleOf } from "./samples.ts";
import { sizeFields, sizeOf, wireFillOf, wireSizeOf } from "./sizes.ts";
import { matchesPreset, nameFields, presetFilter, templateActions } from "./template-actions.ts";

const sprite = z.object({
  ...nameFields,
  ...sampleFields,
  ...sizeFields(128, 4096),
  RowCount: z.int().min(1).optional(),
  ColumnCount: z.int().min(1).optional(),
  FillType: z.enum(["stretch", "black"]).optional(),
  Format: z.enum(["jpg", "png", "webp"]).optional(),
});

function gridOf(input: z.output<typeof sprite>) {
  return {
    ...sizeOf(input),
    ...said({ rows: input.RowCount, columns: input.ColumnCount, fill: input.FillType, format: input.Format }),
  };
}

export const spriteActions = templateActions({
  name: "ImageSprite",
  family: "sprite",
  countMax: 16,
  create: sprite.required({ SampleType: true, SampleInterval: true, RowCount: true, ColumnCount: true }),
  // Ours begins with a size of its own; here nothing said is the source's.
  build: (input) =>
    ok({ kind: "sprite", params: { widthPx: 0, heightPx: 0, ...gridOf(input), ...sampleOf(input, null) } }),
  change: sprite,
  rebuild: (input, current) =>
    ok({ kind: "sprite", params: { ...current.params, ...gridOf(input), ...sampleOf(input, current) } }),
  filter: presetFilter,
  matches: matchesPreset,
  show: (templates) =>
    templates.flatMap((one) =>
      one.kind === "sprite"
        ? {
            ...wireSizeOf(one.params),
            ...wireSampleOf(one.params.interval),
            RowCount: one.params.rows,
            ColumnCount: one.params.columns,
            FillType: wireFillOf(one.params.fill),
            Format: one.params.format,
          }
        : [],
    ),
  fields: {
    ...{ widthPx: "Width", heightPx: "Height", rows: "RowCount", columns: "ColumnCount" },
    ...{ fill: "FillType", format: "Format", "interval.value": "SampleInterval", interval: "SampleType" },
  },
});
