import { z } from "zod";

/** As media name languages: three letters of ISO 639-2. */
const language = z.string().regex(/^[a-z]{3}$/, { message: "languageCode" });
const assetId = z.string().min(1).max(64).meta({ asset: "subtitles" });
const percentOf = (min: number, max: number, usual: number) =>
  z.number().min(min).max(max).default(usual).meta({ unit: "%" });
const colour = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, { message: "colorCode" })
  .meta({ control: "colour" });

/** Where the words come from: a file that was uploaded, or a text track of the source. */
const words = z.discriminatedUnion("from", [
  z.strictObject({ from: z.literal("track"), trackNumber: z.int().min(1).max(100).default(1) }),
  z.strictObject({ from: z.literal("language"), language }),
  z.strictObject({ from: z.literal("file"), assetId }),
]);
export type SubtitleWords = z.output<typeof words>;

/** Words drawn into the picture. How they look is said here, unless their format (ASS) says so itself. */
const burntSubtitles = z.strictObject({
  words: words.prefault({ from: "track" }),
  fontSizePercent: percentOf(1, 25, 6),
  /** Of its shorter side, letters are as large on an upright picture as on a wide one; of its height, larger. */
  fontSizeOf: z.enum(["shortSide", "height"]).default("shortSide"),
  textColor: colour.default("#ffffff"),
  outlineColor: colour.default("#000000"),
  /** Of the font's size. */
  outlinePercent: percentOf(0, 20, 7),
  verticalPlace: z.enum(["bottom", "middle", "top"]).default("bottom"),
  /** Of the picture's height, from the edge it stands at. */
  marginPercent: percentOf(0, 45, 5),
});
export type BurntSubtitles = z.output<typeof burntSubtitles>;

const addedSubtitles = z.strictObject({ assetId, language: language.nullable().default(null) });

/** Said at each use of the kinds that write a film. */
export const subtitleFields = {
  /** Two at most: one language above, one below. */
  burntSubtitles: z.array(burntSubtitles).max(2).default([]).meta({ section: "subtitles" }),
  /** The source's text tracks, to be turned on and off by who watches. Pictures of words cannot be kept. */
  keepSubtitles: z.boolean().default(false).meta({ section: "subtitles" }),
  addedSubtitles: z.array(addedSubtitles).max(16).default([]).meta({ section: "subtitles" }),
};

const fields = z.strictObject(subtitleFields);
export type SubtitleParams = z.output<typeof fields>;
export type SubtitleField = keyof SubtitleParams;

/** Of the fields that ask for tracks, those that are set. */
export function trackFieldsOf({ keepSubtitles, addedSubtitles }: SubtitleParams): SubtitleField[] {
  return [
    ...(keepSubtitles ? (["keepSubtitles"] as const) : []),
    ...(addedSubtitles.length > 0 ? (["addedSubtitles"] as const) : []),
  ];
}
