/**
 * Moving PNGs, which the picture library knows only the first frame of. The container is read and written here, by its
 * specification (https://www.w3.org/TR/png-3/#apng-frame-based-animation); pixels are decoded and encoded by the library.
 */
import { crc32 } from "node:zlib";
import sharp from "sharp";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** As the fourth and fifth byte of a frame's control chunk say it. */
const DISPOSE = ["none", "background", "previous"] as const;
const BLEND = ["source", "over"] as const;

interface Frame {
  widthPx: number;
  heightPx: number;
  xPx: number;
  yPx: number;
  delayMs: number;
  dispose: (typeof DISPOSE)[number];
  blend: (typeof BLEND)[number];
  /** Compressed, in as many pieces as it came. */
  data: Buffer[];
}

export interface Apng {
  widthPx: number;
  heightPx: number;
  frames: readonly Frame[];
  /** A PNG of one frame, as the picture library reads it. */
  pngOf: (frame: Frame) => Buffer;
}

/** Null for a PNG that does not move. Throws where it is broken. */
export function readApng(bytes: Buffer): Apng | null {
  const frames: Frame[] = [];
  let header: Buffer | null = null;
  const palette: Buffer[] = [];
  for (const { type, data } of chunksOf(bytes)) {
    if (type === "IHDR") header = data;
    else if (type === "PLTE" || type === "tRNS") palette.push(chunk(type, data));
    else if (type === "fcTL") frames.push(frameOf(data, header));
    // What stands in for those who know no moving PNG, before the first frame, is none of it.
    else if (type === "IDAT") frames.at(-1)?.data.push(data);
    else if (type === "fdAT") frames.at(-1)?.data.push(data.subarray(4));
  }
  const drawn = frames.filter(({ data }) => data.length > 0);
  if (header === null || drawn.length < 2) return null;
  const known = header;
  return {
    ...{ widthPx: header.readUInt32BE(0), heightPx: header.readUInt32BE(4), frames: drawn },
    pngOf: ({ widthPx, heightPx, data }) => {
      const own = Buffer.from(known);
      own.writeUInt32BE(widthPx, 0);
      own.writeUInt32BE(heightPx, 4);
      return png([chunk("IHDR", own), ...palette, chunk("IDAT", Buffer.concat(data))]);
    },
  };
}

/** Every frame whole, as it is seen: what each adds to the one before is gone, and whoever reads it has nothing to mix. */
export async function redrawApng(apng: Apng): Promise<Buffer> {
  const { widthPx, heightPx, frames } = apng;
  const canvas = Buffer.alloc(4 * widthPx * heightPx);
  const chunks: Buffer[] = [];
  let sequence = 0;
  for (const frame of frames) {
    const before = frame.dispose === "previous" ? Buffer.from(canvas) : null;
    draw(frame, await pixelsOf(apng, frame), canvas, widthPx);
    const raw = { width: widthPx, height: heightPx, channels: 4 as const };
    const encoded = [...chunksOf(await sharp(canvas, { raw }).png().toBuffer())];
    if (chunks.length === 0) {
      const header = encoded.find(({ type }) => type === "IHDR")?.data ?? Buffer.alloc(0);
      chunks.push(chunk("IHDR", header), chunk("acTL", uints(frames.length, 0)));
    }
    chunks.push(chunk("fcTL", controlOf(apng, sequence++, frame.delayMs)));
    const data = Buffer.concat(encoded.filter(({ type }) => type === "IDAT").map((one) => one.data));
    // The first frame is what others see, who know no moving PNG.
    chunks.push(frame === frames[0] ? chunk("IDAT", data) : chunk("fdAT", Buffer.concat([uints(sequence++), data])));
    if (before !== null) before.copy(canvas);
    else if (frame.dispose === "background") clear(frame, canvas, widthPx);
  }
  return png(chunks);
}

function* chunksOf(bytes: Buffer): Generator<{ type: string; data: Buffer }> {
  let at = SIGNATURE.length;
  while (at + 12 <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    const end = at + 8 + length;
    if (end + 4 > bytes.length) throw new Error("A chunk of the PNG is cut off");
    yield { type: bytes.toString("latin1", at + 4, at + 8), data: bytes.subarray(at + 8, end) };
    at = end + 4;
  }
}

function frameOf(control: Buffer, header: Buffer | null): Frame {
  if (control.length !== 26 || header?.length !== 13) throw new Error("A frame of the PNG has no measures");
  const [widthPx = 0, heightPx = 0, xPx = 0, yPx = 0] = [4, 8, 12, 16].map((at) => control.readUInt32BE(at));
  const fits = xPx + widthPx <= header.readUInt32BE(0) && yPx + heightPx <= header.readUInt32BE(4);
  if (!fits || widthPx === 0 || heightPx === 0) throw new Error("A frame of the PNG lies outside of it");
  return {
    ...{ widthPx, heightPx, xPx, yPx, data: [] },
    // A part of 0 is one of 100.
    delayMs: (1000 * control.readUInt16BE(20)) / (control.readUInt16BE(22) || 100),
    dispose: DISPOSE[control.readUInt8(24)] ?? "none",
    blend: BLEND[control.readUInt8(25)] ?? "source",
  };
}

async function pixelsOf({ pngOf }: Apng, frame: Frame): Promise<Buffer> {
  const { widthPx, heightPx } = frame;
  const image = sharp(pngOf(frame), { limitInputPixels: widthPx * heightPx });
  const { data, info } = await image.toColourspace("srgb").ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  if (info.channels !== 4 || data.length !== 4 * widthPx * heightPx)
    throw new Error("A frame of the PNG is incomplete");
  return data;
}

function draw({ widthPx, heightPx, xPx, yPx, blend }: Frame, pixels: Buffer, canvas: Buffer, canvasPx: number): void {
  for (let y = 0; y < heightPx; y++) {
    const row = 4 * ((yPx + y) * canvasPx + xPx);
    const from = 4 * y * widthPx;
    if (blend === "source") pixels.copy(canvas, row, from, from + 4 * widthPx);
    else for (let x = 0; x < 4 * widthPx; x += 4) drawOver(pixels, from + x, canvas, row + x);
  }
}

/** Colours are not multiplied by how opaque they are. */
function drawOver(pixels: Buffer, from: number, canvas: Buffer, to: number): void {
  const above = (pixels[from + 3] ?? 0) / 255;
  const below = ((canvas[to + 3] ?? 0) / 255) * (1 - above);
  const both = above + below;
  for (let part = 0; part < 3; part++) {
    const mixed = (pixels[from + part] ?? 0) * above + (canvas[to + part] ?? 0) * below;
    canvas[to + part] = both === 0 ? 0 : Math.round(mixed / both);
  }
  canvas[to + 3] = Math.round(255 * both);
}

function clear({ widthPx, heightPx, xPx, yPx }: Frame, canvas: Buffer, canvasPx: number): void {
  for (let y = yPx; y < yPx + heightPx; y++)
    canvas.fill(0, 4 * (y * canvasPx + xPx), 4 * (y * canvasPx + xPx + widthPx));
}

function controlOf({ widthPx, heightPx }: Apng, sequence: number, delayMs: number): Buffer {
  const rest = Buffer.alloc(6);
  rest.writeUInt16BE(Math.min(65_535, Math.round(delayMs)), 0);
  rest.writeUInt16BE(1000, 2);
  return Buffer.concat([uints(sequence, widthPx, heightPx, 0, 0), rest]);
}

function uints(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, 4 * index);
  return bytes;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  return Buffer.concat([uints(data.length), named, uints(crc32(named))]);
}

function png(chunks: readonly Buffer[]): Buffer {
  return Buffer.concat([SIGNATURE, ...chunks, chunk("IEND", Buffer.alloc(0))]);
}
