import type { Template } from "#domain/template.ts";

/** The words a summary is made of, in the user's language. */
export interface SummaryWords {
  value(field: string, value: string | number): string;
  sourceSize: string;
  wide(widthPx: number): string;
  everySeconds(seconds: number): string;
  everyPercent(percent: number): string;
  tiles(columns: number, rows: number): string;
  quality(crf: number): string;
  copied: string;
  noVideo: string;
  noAudio: string;
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
      const { container, video, audio } = template.params;
      return [
        words.value("container", container),
        ...(video === null
          ? [words.noVideo]
          : [
              words.value("codec", video.codec),
              sizeOf(video, words),
              video.framesPerSecond > 0 ? `${video.framesPerSecond} fps` : null,
              rateOf(video, words),
            ]),
        audio === null ? words.noAudio : soundOf(audio, words),
      ];
    }
    case "remux":
      return [words.value("container", template.params.container), words.copied];
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
      const { format, framesPerSecond, quality } = template.params;
      const rate = `${framesPerSecond} fps`;
      return [words.value("format", format), sizeOf(template.params, words), rate, words.quality(quality)];
    }
    case "adaptive-streaming": {
      const { container, rungs } = template.params;
      const sizes = rungs.map(({ video }) => (video === null ? words.noVideo : sizeOf(video, words)));
      return [words.value("container", container), sizes.join(" / ")];
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

function sizeOf({ widthPx, heightPx }: { widthPx: number; heightPx: number }, words: SummaryWords): string {
  if (widthPx > 0 && heightPx > 0) return `${widthPx} × ${heightPx}`;
  if (heightPx > 0) return `${heightPx}p`;
  return widthPx > 0 ? words.wide(widthPx) : words.sourceSize;
}

function rateOf({ bitrateKbps, crf }: { bitrateKbps: number; crf: number }, words: SummaryWords): string | null {
  if (crf > 0) return words.quality(crf);
  return bitrateKbps > 0 ? `${bitrateKbps} kbps` : null;
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

function intervalOf({ unit, value }: { unit: "seconds" | "percent"; value: number }, words: SummaryWords): string {
  return unit === "percent" ? words.everyPercent(value) : words.everySeconds(value);
}
