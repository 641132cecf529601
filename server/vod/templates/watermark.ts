/** Watermark templates. A picture comes in as Base64, is kept as an asset, and is shown by its address. */
import { z } from "zod";
import { ASSET_BYTES_MAX } from "#domain/asset.ts";
import type { Mark, Origin } from "#domain/modifiers/watermark/schema.ts";
import { ok, type Result } from "#domain/result.ts";
import type { Template } from "#domain/template.ts";
import { createAsset } from "../../assets/create-asset.ts";
import type { Db } from "../../db/client.ts";
import type { ListedTemplate } from "../../templates/template-row.ts";
import { bytesOf } from "../base64.ts";
import { absoluteUrl, type VodContext } from "../context.ts";
import {
  colourOf,
  colourText,
  colourTextOf,
  explicitSideTextOf,
  lengthText,
  offsetOf,
  offsetTextOf,
  sideOf,
  sideText,
  sideTextOf,
} from "../measures.ts";
import { type Refusal, refuse } from "../refusal.ts";
import { refuseUnsupported, refuseValue } from "../refuse-field.ts";
import { said } from "../said.ts";
import { wordsOf } from "../words.ts";
import { nameFields, type TemplateInput, templateActions } from "./template-actions.ts";

const ORIGINS = ["TopLeft", "TopRight", "BottomLeft", "BottomRight"] as const;
/** Answers begin in lower case, and requests made of them do, too. */
const SHOWN_ORIGINS = ["topLeft", "topRight", "bottomLeft", "bottomRight"] as const satisfies readonly Origin[];

const repeats = wordsOf({ once: "once", lastFrame: "repeat_last_frame", forever: "repeat" });
const fonts = wordsOf({ cjk: "simkai.ttf", latin: "arial.ttf" });

/** `0px` only where a side may follow the other. */
const pictureSide = (zero: "0px or " | "") =>
  lengthText.refine(
    (text) => {
      const value = Number.parseFloat(text);
      if (text.endsWith("%")) return value > 0;
      return (value === 0 && zero !== "") || (value >= 8 && value <= 4096);
    },
    { message: `${zero}8px to 4096px, or N%` },
  );

const image = z.object({
  ImageContent: z.string().min(1).optional(),
  Width: pictureSide("").optional(),
  Height: pictureSide("0px or ").optional(),
  RepeatType: z.enum(repeats.wire).optional(),
  Transparency: z.int().min(0).max(100).optional(),
});
const text = z.object({
  FontType: z.enum(fonts.wire).optional(),
  FontSize: z
    .string()
    .regex(/^\d{1,4}(?:\.\d{1,2})?px$/, { message: "Npx" })
    .refine((size) => Number.parseFloat(size) > 0, { message: "more than 0px" })
    .optional(),
  FontColor: colourText.optional(),
  FontAlpha: z.number().gt(0).max(1).optional(),
});
const svg = z.object({
  Width: sideText.optional(),
  Height: sideText.optional(),
  CycleConfig: z.looseObject({}).optional(),
});

const watermark = z.object({
  ...nameFields,
  CoordinateOrigin: z.enum([...ORIGINS, ...SHOWN_ORIGINS]).optional(),
  XPos: lengthText.optional(),
  YPos: lengthText.optional(),
  ImageTemplate: image.optional(),
  TextTemplate: text.optional(),
  SvgTemplate: svg.optional(),
});
type Watermark = z.output<typeof watermark>;
type WatermarkParams = Extract<Template, { kind: "watermark" }>["params"];

const created = z.object({ ...watermark.shape, Type: z.enum(["image", "text", "svg"]) });

async function build(input: z.output<typeof created>, ctx: VodContext) {
  const { Type, ImageTemplate, TextTemplate, SvgTemplate } = input;
  switch (Type) {
    case "image":
      if (ImageTemplate?.ImageContent === undefined)
        return refuse("InvalidParameterValue.ImageTemplate", "`ImageTemplate.ImageContent` is required.");
      return watermarkOf(input, { mark: { type: "image" }, ...START }, ctx);
    case "text":
      if (TextTemplate?.FontType === undefined || TextTemplate.FontSize === undefined)
        return refuse("InvalidParameterValue.TextTemplate", "`TextTemplate` with its font and size is required.");
      return watermarkOf(input, { mark: { type: "text" }, ...START }, ctx);
    case "svg":
      if (SvgTemplate === undefined) return refuse("InvalidParameterValue.SvgTemplate", "`SvgTemplate` is required.");
      return watermarkOf(input, { mark: { type: "svg" }, ...START }, ctx);
  }
}

const START = { x: offsetOf("0px"), y: offsetOf("0px") };

/** What is being made of it: a new one has a type and nothing else yet. */
type Base = Omit<Partial<WatermarkParams>, "mark"> & { mark: { type: Mark["type"] } };

async function watermarkOf(input: Watermark, base: Base, ctx: VodContext): Promise<Result<TemplateInput, Refusal>> {
  const { type } = base.mark;
  const foreign = MEMBERS.find(({ of, member }) => of !== type && input[member] !== undefined);
  if (foreign !== undefined) return refuseValue(foreign.member, `the watermark is of type ${type}.`);
  if (input.SvgTemplate?.CycleConfig !== undefined) return refuseUnsupported("SvgTemplate.CycleConfig");
  const picture = await pictureOf(input, ctx);
  if (!picture.ok) return picture;
  const params = {
    ...base,
    ...said({
      origin: SHOWN_ORIGINS.find((origin) => origin === lowerFirst(input.CoordinateOrigin ?? "")),
      x: input.XPos === undefined ? undefined : offsetOf(input.XPos),
      y: input.YPos === undefined ? undefined : offsetOf(input.YPos),
      opacityPercent: opacityOf(input),
    }),
    mark: { ...base.mark, ...markOf(input), ...said({ assetId: picture.value?.assetId }) },
  };
  const also = picture.value === null ? {} : { ImageUrl: picture.value.url };
  return ok({ kind: "watermark", params, also });
}

const MEMBERS = [
  { of: "image", member: "ImageTemplate" },
  { of: "text", member: "TextTemplate" },
  { of: "svg", member: "SvgTemplate" },
] as const;

function lowerFirst(word: string): string {
  return word.slice(0, 1).toLowerCase() + word.slice(1);
}

function opacityOf({ ImageTemplate, TextTemplate }: Watermark): number | undefined {
  if (ImageTemplate?.Transparency !== undefined) return 100 - ImageTemplate.Transparency;
  return TextTemplate?.FontAlpha === undefined ? undefined : hundredth(TextTemplate.FontAlpha * 10_000);
}

/** Takes out what a fraction loses on its way. */
function hundredth(value: number): number {
  return Math.round(value) / 100;
}

function markOf({ ImageTemplate, TextTemplate, SvgTemplate }: Watermark) {
  const { Width, Height } = ImageTemplate ?? SvgTemplate ?? {};
  const size = said({
    width: Width === undefined ? undefined : sideOf(Width, "width"),
    height: Height === undefined ? undefined : sideOf(Height, "height"),
  });
  return {
    ...size,
    ...said({
      repeat: ImageTemplate?.RepeatType && repeats.toOurs(ImageTemplate.RepeatType),
      font: TextTemplate?.FontType && fonts.toOurs(TextTemplate.FontType),
      letterSize: TextTemplate?.FontSize && { value: Number.parseFloat(TextTemplate.FontSize), unit: "px" },
      colour: TextTemplate?.FontColor && colourOf(TextTemplate.FontColor),
    }),
  };
}

/** Null where none is given. */
async function pictureOf(
  { ImageTemplate, Name }: Watermark,
  { db, store, links, env, applicationId }: VodContext,
): Promise<Result<{ assetId: string; url: string } | null, Refusal>> {
  const content = ImageTemplate?.ImageContent;
  if (content === undefined) return ok(null);
  if (content.length > (ASSET_BYTES_MAX * 4) / 3)
    return refuse("InvalidParameterValue.ImageContent", `The picture is larger than ${ASSET_BYTES_MAX} bytes.`);
  const bytes = bytesOf(content);
  if (bytes === null) return refuse("InvalidParameterValue.ImageDecodeError", "The picture is not Base64.");
  const asset = await createAsset(db, store, {
    ...{ applicationId, kind: "image", name: Name || "watermark", createdById: null },
    bytes,
  });
  if (!asset.ok) return refuse("InvalidParameterValue.ImageDecodeError", "The picture cannot be decoded.");
  return ok({ assetId: asset.value.id, url: absoluteUrl(env, links.url(asset.value.storageKey)) });
}

/** The place of a watermark that hangs at an edge or in the middle, which only the console offers, is shown as it is. */
function wireWatermarkOf({ mark, origin, x, y, opacityPercent }: WatermarkParams, urls: ReadonlyMap<string, string>) {
  const place = { Type: mark.type, CoordinateOrigin: origin, XPos: offsetTextOf(x), YPos: offsetTextOf(y) };
  const none = { ImageTemplate: null, TextTemplate: null, SvgTemplate: null };
  switch (mark.type) {
    case "image":
      return {
        ...{ ...place, ...none },
        ImageTemplate: {
          ImageUrl: urls.get(mark.assetId) ?? "",
          ...{ Width: sideTextOf(mark.width, "width"), Height: sideTextOf(mark.height, "height") },
          RepeatType: repeats.toWire(mark.repeat),
          Transparency: Math.round(100 - opacityPercent),
        },
      };
    case "text":
      return {
        ...{ ...place, ...none },
        TextTemplate: {
          FontType: fonts.toWire(mark.font),
          // A share of the frame, which only the console offers, is shown as one.
          FontSize: explicitSideTextOf(mark.letterSize),
          FontColor: colourTextOf(mark.colour),
          FontAlpha: opacityPercent / 100,
        },
      };
    case "svg":
      return {
        ...{ ...place, ...none },
        SvgTemplate: { Width: explicitSideTextOf(mark.width), Height: explicitSideTextOf(mark.height) },
      };
  }
}

async function show(templates: readonly ListedTemplate[], { db, links, env, applicationId }: VodContext) {
  const marks = templates.flatMap((one) => (one.kind === "watermark" ? one.params : []));
  const ids = marks.flatMap(({ mark }) => (mark.type === "image" ? mark.assetId : []));
  const assets = await keysOf(db, applicationId, ids);
  const urls = new Map(assets.map(({ id, storageKey }) => [id, absoluteUrl(env, links.url(storageKey))]));
  return marks.map((params) => wireWatermarkOf(params, urls));
}

function keysOf(db: Db, applicationId: number, ids: readonly string[]) {
  return db.asset.findMany({ where: { applicationId, id: { in: [...ids] } }, select: { id: true, storageKey: true } });
}

export const watermarkActions = templateActions({
  name: "Watermark",
  family: "watermark",
  countMax: 1000,
  create: created,
  build,
  change: watermark,
  rebuild: (input, current, ctx) => {
    if (current.kind !== "watermark") throw new Error(`${current.kind} is no watermark`);
    return watermarkOf(input, current.params, ctx);
  },
  filter: z.object({ Type: z.enum(["image", "text", "svg"]).optional() }),
  matches: (one, { Type }) => Type === undefined || (one.kind === "watermark" && one.params.mark.type === Type),
  show,
  fields: {
    ...{ origin: "CoordinateOrigin", "x.value": "XPos", "y.value": "YPos", opacityPercent: "Transparency" },
    ...{ "mark.width.value": "Width", "mark.height.value": "Height", "mark.letterSize.value": "FontSize" },
    "mark.assetId": "ImageContent",
  },
});
