/** `SubtitleInfoSet`: words drawn into the picture, and how they look. The id is that of an uploaded file. */
import { z } from "zod";
import type { BurntSubtitles } from "#domain/operations/subtitles/schema.ts";
import { ok, type Result } from "#domain/result.ts";
import { colourOf, colourText, colourTextOf, lengthText } from "./measures.ts";
import type { Refusal } from "./refusal.ts";
import { refuseUnsupported } from "./refuse-field.ts";

function within(min: number, max: number) {
  return (text: string) => Number.parseFloat(text) >= min && (text.endsWith("px") || Number.parseFloat(text) <= max);
}

export const subtitleInfo = z.object({
  Id: z.string().min(1).max(64),
  /** Letters are drawn in the one design that the server has for all scripts. */
  FontType: z.string().max(64).optional(),
  FontSize: lengthText.refine(within(1, 25), { message: "1% to 25%" }).optional(),
  FontColor: colourText.optional(),
  FontAlpha: z.number().gt(0).max(1).optional(),
  YPos: lengthText.refine(within(0, 45), { message: "0% to 45%" }).optional(),
  Alignment: z.enum(["top", "bottom"]).optional(),
  OutlineWidth: lengthText.optional(),
  OutlineColor: colourText.optional(),
  OutlineAlpha: z.number().gt(0).max(1).optional(),
  BoardY: lengthText.optional(),
  ShadowWidth: lengthText.optional(),
  LineSpacing: lengthText.optional(),
});
export type SubtitleInfo = z.output<typeof subtitleInfo>;

/** Where nothing is said, the look is that of the contract: letters of 5 % of the picture's height, 4 % above its edge. */
const USUAL = { fontSizePercent: 5, marginPercent: 4, outlinePercent: 6 };

export function burntSubtitlesOf(info: SubtitleInfo): Result<BurntSubtitles, Refusal> {
  const refused = unsupportedOf(info);
  if (refused !== undefined) return refuseUnsupported(refused);
  return ok({
    words: { from: "file", assetId: info.Id },
    fontSizePercent: percentOf(info.FontSize) ?? USUAL.fontSizePercent,
    fontSizeOf: "height",
    textColor: colourOf(info.FontColor ?? "0xFFFFFF"),
    outlineColor: colourOf(info.OutlineColor ?? "0x000000"),
    outlinePercent: USUAL.outlinePercent,
    verticalPlace: "bottom",
    marginPercent: percentOf(info.YPos) ?? USUAL.marginPercent,
  });
}

/** Sizes in pixels depend on the source, which a step does not know; boards and shadows are not drawn. */
function unsupportedOf(info: SubtitleInfo): keyof SubtitleInfo | undefined {
  const inPixels = (["FontSize", "YPos"] as const).find((field) => info[field]?.endsWith("px"));
  const undrawn = (["BoardY", "ShadowWidth", "LineSpacing", "OutlineWidth"] as const).find(
    (field) => info[field] !== undefined && Number.parseFloat(info[field]) > 0,
  );
  const translucent = (["FontAlpha", "OutlineAlpha"] as const).find((field) => (info[field] ?? 1) < 1);
  return inPixels ?? undrawn ?? translucent ?? (info.Alignment === "top" ? "Alignment" : undefined);
}

function percentOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number.parseFloat(text);
}

/** Nothing of words that are a track of the source: the wire has no name for these. */
export function subtitleInfosOf(burnt: readonly BurntSubtitles[]): SubtitleInfo[] {
  return burnt.flatMap(({ words, fontSizePercent, textColor, outlineColor, marginPercent }) =>
    words.from === "file"
      ? [
          {
            Id: words.assetId,
            FontSize: `${fontSizePercent}%`,
            FontColor: colourTextOf(textColor),
            FontAlpha: 1,
            YPos: `${marginPercent}%`,
            Alignment: "bottom" as const,
            OutlineColor: colourTextOf(outlineColor),
            OutlineAlpha: 1,
          },
        ]
      : [],
  );
}
