import { z } from "zod";
import { lengthySide, offset, side } from "../length.ts";
import { span } from "../span.ts";

const WATERMARKS_MAX = 10;
const TEXT_CHARACTERS_MAX = 100;
const SVG_CHARACTERS_MAX = 2_000_000;
/** Of letters, on a frame of any size. */
export const LETTERS_PX_MAX = 1024;

/** Where the mark hangs: the corner, edge or middle of the frame that the same place of the mark is put to. */
export const ORIGINS = [
  ...(["topLeft", "top", "topRight", "left", "center", "right"] as const),
  ...(["bottomLeft", "bottom", "bottomRight"] as const),
] as const;
export type Origin = (typeof ORIGINS)[number];

/** How often an animated picture plays: once, and then is gone; once, and then stands still; for ever. */
const REPEATS = ["forever", "once", "lastFrame"] as const;

/** Letters of any script, line breaks and tabs; other control characters have nothing to draw. */
const words = z
  .string()
  .max(TEXT_CHARACTERS_MAX)
  .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u, { message: "controlCharacters" });

/** Both sides 0: as the picture is. One side 0: it follows the picture's shape. */
const sizeFields = {
  width: side.prefault({ value: 10, unit: "widthPercent" }),
  height: side.prefault({}),
};

const mark = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("image"),
    assetId: z.string().min(1).max(64).meta({ asset: "image" }),
    ...sizeFields,
    repeat: z.enum(REPEATS).default("forever"),
  }),
  z.strictObject({
    type: z.literal("text"),
    /** What is written where a use of the template says nothing else. */
    text: words.default(""),
    font: z.enum(["latin", "cjk"]).default("cjk"),
    letterSize: lengthySide.prefault({ value: 5, unit: "heightPercent" }),
    colour: z
      .string()
      .regex(/^#[0-9a-f]{6}$/i, { message: "colour" })
      .default("#ffffff")
      .meta({ control: "colour" }),
  }),
  z.strictObject({ type: z.literal("svg"), ...sizeFields }),
]);
export type Mark = z.output<typeof mark>;

const templateFields = {
  mark: mark.prefault({ type: "text" }),
  origin: z.enum(ORIGINS).default("topLeft"),
  x: offset.prefault({}),
  y: offset.prefault({}),
  opacityPercent: z.number().min(0).max(100).default(100).meta({ unit: "%" }),
};

const templateParams = z.strictObject(templateFields);

/** The middle of an axis has no edge to be distant from. */
export function isCentred(origin: Origin): { across: boolean; down: boolean } {
  return { across: !/left|right/i.test(origin), down: !/top|bottom/i.test(origin) };
}

function refuseContradictions({ origin, x, y }: z.output<typeof templateParams>, context: z.core.$RefinementCtx): void {
  const refuse = (path: string[], message: string) => context.addIssue({ code: "custom", path, message });
  const centred = isCentred(origin);
  if (centred.across && x.value > 0) refuse(["x", "value"], "noOffsetFromMiddle");
  if (centred.down && y.value > 0) refuse(["y", "value"], "noOffsetFromMiddle");
}

export const watermarkTemplateParams = templateParams.superRefine(refuseContradictions);
export type WatermarkTemplateParams = z.output<typeof watermarkTemplateParams>;

function isOfType(type: Mark["type"]) {
  return { at: ["mark", "type"], is: type };
}

const namesTemplate = { template: z.int().min(0).meta({ template: "watermark" }) };
const useFields = {
  ...namesTemplate,
  /** Null: what the template says. */
  text: words
    .nullable()
    .default(null)
    .meta({ forTemplate: isOfType("text") }),
  svg: z
    .string()
    .max(SVG_CHARACTERS_MAX)
    .nullable()
    .default(null)
    .meta({ control: "lines", forTemplate: { ...isOfType("svg"), needed: true } }),
  span: span.prefault({}),
};

/** A template's mark on a film. */
export const watermarkUses = z.array(z.strictObject(useFields)).max(WATERMARKS_MAX).default([]);
/** A template's mark on single pictures. */
export const pictureWatermarkUses = z.array(z.strictObject(namesTemplate)).max(WATERMARKS_MAX).default([]);

/** With all that its template says. */
const watermark = z.strictObject({ ...useFields, ...templateFields }).superRefine((all, context) => {
  const { mark, text, svg } = all;
  const refuse = (path: string[], message: string) => context.addIssue({ code: "custom", path, message });
  refuseContradictions(all, context);
  if (mark.type !== "text" && text !== null) refuse(["text"], "textOnlyForText");
  if (mark.type !== "svg" && svg !== null) refuse(["svg"], "svgOnlyForSvg");
  if (mark.type === "text" && (text ?? mark.text).trim() === "") refuse(["text"], "textNeeded");
  if (mark.type === "svg" && (svg ?? "").trim() === "") refuse(["svg"], "svgNeeded");
});
export type Watermark = z.output<typeof watermark>;
export const watermarks = z.array(watermark).max(WATERMARKS_MAX).default([]);

const pictureWatermark = z
  .strictObject({ ...namesTemplate, ...templateFields })
  .refine(({ mark }) => mark.type === "image", { path: ["template"], message: "imageOnlyOnPictures" });
export type PictureWatermark = z.output<typeof pictureWatermark>;
export const pictureWatermarks = z.array(pictureWatermark).max(WATERMARKS_MAX).default([]);
