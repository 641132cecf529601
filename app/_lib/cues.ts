/** One tile of a sprite sheet, and the stretch of the video it stands for. */
export interface Tile {
  startSeconds: number;
  endSeconds: number;
  sheetUrl: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

const TIME = String.raw`(?:(\d+):)?(\d{2}):(\d{2}\.\d{3})`;
const TIMING = new RegExp(`^${TIME} --> ${TIME}`);
const TARGET = /^(.+)#xywh=(?:pixel:)?(\d+),(\d+),(\d+),(\d+)$/;

/** Reads a WebVTT file of sprite tiles; sheets are named relative to it. */
export function readTiles(text: string, cuesUrl: string): Tile[] {
  const tiles: Tile[] = [];
  for (const block of text.replaceAll("\r\n", "\n").split(/\n{2,}/)) {
    const lines = block.split("\n");
    const place = lines.findIndex((line) => TIMING.test(line));
    const timing = TIMING.exec(lines[place] ?? "");
    const target = TARGET.exec(lines[place + 1]?.trim() ?? "");
    if (timing === null || target === null) continue;
    const [, startHours, startMinutes, startSeconds, endHours, endMinutes, endSeconds] = timing;
    const [, name = "", x, y, width, height] = target;
    tiles.push({
      startSeconds: secondsOf(startHours, startMinutes, startSeconds),
      endSeconds: secondsOf(endHours, endMinutes, endSeconds),
      sheetUrl: siblingOf(cuesUrl, name),
      x: Number(x),
      y: Number(y),
      width: Number(width),
      height: Number(height),
    });
  }
  return tiles;
}

function secondsOf(hours = "0", minutes = "0", seconds = "0"): number {
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

function siblingOf(url: string, name: string): string {
  return `${url.slice(0, url.lastIndexOf("/") + 1)}${name}`;
}
