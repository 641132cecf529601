import type { Failure } from "../../error.ts";
import { chain, filter, numberText } from "../../ffmpeg/filter.ts";
import { PAPER_WHITE } from "../../ffmpeg/paper-white.ts";
import { languageTagOf } from "../../manifest/language.ts";
import type { VideoStream } from "../../media.ts";
import type { PlanContext } from "../../plan.ts";
import { ok, type Result } from "../../result.ts";
import type { Size } from "../picture-size.ts";
import type { BurntSubtitles } from "./schema.ts";
import { type ExtractedTrack, type SubtitleTrack, trackOf } from "./tracks.ts";

/** What has to be written before, and the filter that draws it into a finished frame. */
export interface Burnt {
  extracted: readonly ExtractedTrack[];
  /** `fromSeconds`: the second of the source at which the frames' own clock says 0. */
  draw: (frame: Size, fromSeconds: number, dynamicRange: VideoStream["dynamicRange"]) => string | null;
}

export function burn(wishes: readonly BurntSubtitles[], context: PlanContext): Result<Burnt, Failure> {
  const drawn: { wish: BurntSubtitles; extracted: ExtractedTrack }[] = [];
  for (const [index, wish] of wishes.entries()) {
    const track = trackOf(wish.words, context);
    if (!track.ok) return track;
    const path = `${context.scratchDir}/burnt-${index + 1}.ass`;
    drawn.push({ wish, extracted: { track: track.value, path, format: "ass" } });
  }
  return ok({
    extracted: drawn.map(({ extracted }) => extracted),
    draw: (frame, fromSeconds, dynamicRange) => {
      if (drawn.length === 0) return null;
      const filters = drawn.map(({ wish, extracted: { track, path } }) => {
        if (track.styled) return filter("subtitles", { filename: path });
        const style = styleOf(wish, track, frame, dynamicRange);
        return filter("subtitles", { filename: path, force_style: style });
      });
      return chain(fromSeconds === 0 ? filters : [clock("+", fromSeconds), ...filters, clock("-", fromSeconds)]);
    },
  });
}

/** Words keep the source's times, so frames tell these while they are drawn. Whole ticks: the way back is exact. */
function clock(sign: "+" | "-", seconds: number): string {
  return filter("setpts", [`PTS${sign}round(${numberText(seconds)}/TB)`]);
}

/** The height ffmpeg's own ASS counts in, whatever the picture's. */
const SCRIPT_HEIGHT = 288;

/** Of the numeric pad: 2 is bottom, 5 middle, 8 top, each centred. SSA, whose numbers `force_style` takes, has others. */
const ALIGNMENTS = { bottom: 2, middle: 10, top: 6 } as const;

function styleOf(
  wish: BurntSubtitles,
  track: SubtitleTrack,
  { widthPx, heightPx }: Size,
  dynamicRange: VideoStream["dynamicRange"],
): string {
  const sideOfHeight = wish.fontSizeOf === "height" ? 1 : Math.min(1, widthPx / heightPx);
  const fontSize = (wish.fontSizePercent / 100) * SCRIPT_HEIGHT * sideOfHeight;
  return [
    `FontName=${fontOf(track.language)}`,
    `FontSize=${numberText(fontSize)}`,
    `PrimaryColour=${assColour(wish.textColor, dynamicRange)}`,
    `OutlineColour=${assColour(wish.outlineColor, dynamicRange)}`,
    `Outline=${numberText((wish.outlinePercent / 100) * fontSize)}`,
    "Shadow=0",
    `Alignment=${ALIGNMENTS[wish.verticalPlace]}`,
    `MarginV=${Math.round((wish.marginPercent / 100) * SCRIPT_HEIGHT)}`,
  ].join(",");
}

/** One design with the letters of Europe and East Asia; the languages draw some of the same characters differently. */
function fontOf(language: string | null): string {
  const tag = languageTagOf(language)?.toLowerCase() ?? "";
  if (tag.startsWith("ja")) return "Noto Sans CJK JP";
  if (tag.startsWith("ko")) return "Noto Sans CJK KR";
  return /^zh-(hant|tw|hk)/.test(tag) ? "Noto Sans CJK TC" : "Noto Sans CJK SC";
}

/** `#rrggbb` as `&HBBGGRR`. */
function assColour(colour: string, dynamicRange: VideoStream["dynamicRange"]): string {
  const parts = [5, 3, 1].map((at) =>
    Math.round(Number.parseInt(colour.slice(at, at + 2), 16) * PAPER_WHITE[dynamicRange])
      .toString(16)
      .padStart(2, "0"),
  );
  return `&H${parts.join("").toUpperCase()}`;
}
