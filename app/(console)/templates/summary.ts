import type { IntervalOrScenes } from "#domain/operations/interval.ts";
import { CHECKS, type CheckName, HEALTH_CHECKS } from "#domain/report/report.ts";
import type { Template } from "#domain/template.ts";

/** The words a summary is made of, in the user's language. */
export interface SummaryWords {
  value(field: string, value: string | number): string;
  sourceSize: string;
  wide(widthPx: number): string;
  everySeconds(seconds: number): string;
  everyPercent(percent: number): string;
  evenly(count: number): string;
  everyScene: string;
  highlight(parts: number, seconds: number): string;
  tiles(columns: number, rows: number): string;
  quality(crf: number): string;
  contentAdaptive: string;
  upTo(most: string): string;
  copied: string;
  noVideo: string;
  noAudio: string;
  check(name: CheckName): string;
  heads(count: number): string;
  tails(count: number): string;
}

/** What a template does, in one line: `MP4 · H.264 · 720p · 1800 kbps · AAC 128`. */
export function summaryOf(template: Template, words: SummaryWords): string {
  return partsOf(template, words)
    .filter((part) => part !== null)
    .join(" · ");
}

function partsOf(template: Template, words: SummaryWords): (string | null)[] {
  switch (template.kind) {
    case "transcode": {
      const { container, video, audio, playbackSpeed } = template.params;
      return [
        words.value("container", container),
        encryptionOf(template.params, words),
        ...(video === null
          ? [words.noVideo]
          : [
              words.value("codec", video.codec),
              sizeOf(video, words),
              video.framesPerSecond > 0 ? `${video.framesPerSecond} fps` : null,
              video.framesPerSecondMax > 0 ? words.upTo(`${video.framesPerSecondMax} fps`) : null,
              ...ratesOf(video, words),
            ]),
        audio === null ? words.noAudio : soundOf(audio, words),
        playbackSpeed === 1 ? null : `${playbackSpeed}×`,
      ];
    }
    case "remux":
      return [words.value("container", template.params.container), encryptionOf(template.params, words), words.copied];
    case "audio": {
      const { container, codec } = template.params;
      return [words.value("container", container), soundOf({ ...template.params, codec: automatic(codec) }, words)];
    }
    case "snapshot":
      return [words.value("format", template.params.format), sizeOf(template.params, words)];
    case "sampled-snapshot": {
      const { format, interval } = template.params;
      return [words.value("format", format), sizeOf(template.params, words), intervalOf(interval, words)];
    }
    case "sprite": {
      const { format, interval, columns, rows } = template.params;
      return [
        words.value("format", format),
        words.tiles(columns, rows),
        sizeOf(template.params, words),
        intervalOf(interval, words),
      ];
    }
    case "animated-graphic": {
      const { format, framesPerSecond, quality, highlight } = template.params;
      return [
        words.value("format", format),
        sizeOf(template.params, words),
        `${framesPerSecond} fps`,
        words.quality(quality),
        highlight === null ? null : words.highlight(highlight.parts, highlight.partSeconds),
      ];
    }
    case "adaptive-streaming": {
      const { container, rungs } = template.params;
      const sizes = rungs.map(({ video }) => (video === null ? words.noVideo : sizeOf(video, words)));
      return [words.value("container", container), encryptionOf(template.params, words), sizes.join(" / ")];
    }
    case "inspection": {
      const on = new Map<string, unknown>(Object.entries(template.params));
      return CHECKS.filter((name) => (on.get(name) ?? null) !== null).map((name) => words.check(name));
    }
    case "health-check":
      return HEALTH_CHECKS.map((name) => words.check(name));
    case "head-tail": {
      const { heads, tails, fill } = template.params;
      return [
        heads.length === 0 ? null : words.heads(heads.length),
        tails.length === 0 ? null : words.tails(tails.length),
        words.value("fill", fill),
      ];
    }
    case "watermark": {
      const { mark, origin, opacityPercent } = template.params;
      return [
        words.value("type", mark.type),
        mark.type === "text" ? mark.text || null : null,
        words.value("origin", origin),
        opacityPercent === 100 ? null : `${opacityPercent} %`,
      ];
    }
  }
}

function encryptionOf({ encryption }: { encryption: string }, words: SummaryWords): string | null {
  return encryption === "none" ? null : words.value("encryption", encryption);
}

function sizeOf(size: { widthPx: number; heightPx: number; fill: string }, words: SummaryWords): string {
  if (size.widthPx === 0 && size.heightPx === 0) return words.sourceSize;
  const asked = framesOf(size, words);
  return size.fill === "keep" ? words.upTo(asked) : asked;
}

function framesOf({ widthPx, heightPx }: { widthPx: number; heightPx: number }, words: SummaryWords): string {
  if (widthPx > 0 && heightPx > 0) return `${widthPx} × ${heightPx}`;
  return heightPx > 0 ? `${heightPx}p` : words.wide(widthPx);
}

interface Rates {
  bitrateKbps: number;
  crf: number;
  contentAdaptive: { bitrateKbpsMax: number } | null;
}

function ratesOf({ bitrateKbps, crf, contentAdaptive }: Rates, words: SummaryWords): (string | null)[] {
  if (contentAdaptive !== null) {
    const { bitrateKbpsMax } = contentAdaptive;
    return [words.contentAdaptive, bitrateKbpsMax > 0 ? words.upTo(`${bitrateKbpsMax} kbps`) : null];
  }
  if (crf > 0) return [words.quality(crf)];
  return [bitrateKbps > 0 ? `${bitrateKbps} kbps` : null];
}

function soundOf(
  { codec, bitrateKbps }: { codec: string | null; bitrateKbps: number },
  words: SummaryWords,
): string | null {
  const parts = [codec === null ? null : words.value("codec", codec), bitrateKbps > 0 ? String(bitrateKbps) : null];
  return parts.filter((part) => part !== null).join(" ") || null;
}

/** What a container's usual codec is goes without saying. */
function automatic(codec: string): string | null {
  return codec === "auto" ? null : codec;
}

function intervalOf(interval: IntervalOrScenes, words: SummaryWords): string {
  switch (interval.unit) {
    case "percent":
      return words.everyPercent(interval.value);
    case "seconds":
      return words.everySeconds(interval.value);
    case "count":
      return words.evenly(interval.count);
    case "scenes":
      return words.everyScene;
  }
}
