export interface Tile {
  sheetName: string;
  xPx: number;
  yPx: number;
  widthPx: number;
  heightPx: number;
  fromSeconds: number;
  toSeconds: number;
}

/** Tells players which part of which sheet shows each stretch of time, by media fragments (`#xywh=`). */
export function webVttOf(tiles: readonly Tile[]): string {
  const cues = tiles.map(({ sheetName, xPx, yPx, widthPx, heightPx, fromSeconds, toSeconds }) =>
    [
      `${timestamp(fromSeconds)} --> ${timestamp(toSeconds)}`,
      `${sheetName}#xywh=${xPx},${yPx},${widthPx},${heightPx}`,
    ].join("\n"),
  );
  return `${["WEBVTT", ...cues].join("\n\n")}\n`;
}

/** `HH:MM:SS.mmm`; hours may have more digits. */
export function timestamp(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const [hours, minutes, rest] = [milliseconds / 3_600_000, (milliseconds / 60_000) % 60, (milliseconds / 1000) % 60];
  return `${two(hours)}:${two(minutes)}:${two(rest)}.${String(milliseconds % 1000).padStart(3, "0")}`;
}
