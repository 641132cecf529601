/**
 * Draws one PNG, in a process of its own: what is in a stranger's SVG may take any time and memory, and only a process can
 * be ended. Standard input says what to draw, the argument where to; whatever goes wrong is an exit code and a line.
 *
 * librsvg opens nothing outside of the text it is given: it has no address that references could start from, runs no
 * scripts, and libxml2 reads no external entities and limits how far the inner ones grow. See prepare.test.ts.
 */
import { text as readText } from "node:stream/consumers";
import sharp, { type Sharp } from "sharp";
import { z } from "zod";

/** Of a picture as large as any frame may be. */
const PIXELS_MAX = 8192 * 8192;
const SVG_DPI = 72;
const [DPI_MIN, DPI_MAX] = [1, 100_000];

/** The first family that is there; letters it lacks come from any other font that has them. */
const FONTS = {
  latin: "Liberation Sans, Arial, Helvetica, DejaVu Sans, sans-serif",
  cjk: "Noto Sans CJK SC, Noto Sans SC, PingFang SC, Apple SD Gothic Neo, sans-serif",
} as const;

const job = z.union([
  z.object({
    letters: z.object({ text: z.string(), font: z.enum(["latin", "cjk"]), sizePx: z.int(), colour: z.string() }),
  }),
  z.object({ svg: z.string(), widthPx: z.int(), heightPx: z.int() }),
]);
type Job = z.output<typeof job>;

async function draw(job: Job): Promise<Sharp> {
  if ("letters" in job) {
    const { text, font, sizePx, colour } = job.letters;
    const escaped = text.replaceAll(/[&<>]/g, (found) => `&#${found.charCodeAt(0)};`).replaceAll(/\r\n?/g, "\n");
    const markup = `<span foreground="${colour}">${escaped}</span>`;
    return sharp({ text: { text: markup, font: `${FONTS[font]} ${sizePx}px`, rgba: true, dpi: SVG_DPI } });
  }
  const svg = Buffer.from(job.svg);
  const own = await sharp(svg, { limitInputPixels: PIXELS_MAX }).metadata();
  if (own.format !== "svg") throw new Error(`This is ${own.format} rather than SVG.`);
  const shape = own.width / own.height;
  const width = job.widthPx || Math.max(1, Math.round(job.heightPx * shape || own.width));
  const height = job.heightPx || Math.max(1, Math.round(width / shape));
  // Drawn in the size it will have: enlarged afterwards, it would be blurred.
  const scale = Math.max(width / own.width, height / own.height);
  const density = Math.min(DPI_MAX, Math.max(DPI_MIN, SVG_DPI * scale));
  return sharp(svg, { density, limitInputPixels: PIXELS_MAX }).resize({ width, height, fit: "fill" });
}

const [path = ""] = process.argv.slice(2);
try {
  const picture = await draw(job.parse(JSON.parse(await readText(process.stdin))));
  await picture.png().toFile(path);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
