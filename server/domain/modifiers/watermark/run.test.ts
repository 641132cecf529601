/** Marks laid on by real ffmpeg: where, when and in which colours they are seen. */
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import {
  colourAt,
  coloursAt,
  ffmpeg,
  lavfi,
  looksBlue,
  looksRed,
  probe,
  QUICK_H264,
  scratchDir,
} from "../../ffmpeg/test-media.ts";
import { carryOut } from "../../operations/test-plans.ts";
import { at, imageMark, moving, sized, still } from "./test-marks.ts";

type Colour = [number, number, number];

const GROUND: Colour = [51, 102, 153];

function near(colour: Colour, wanted: Colour, tolerance = 12): boolean {
  return colour.every((part, index) => Math.abs(part - (wanted[index] ?? 0)) <= tolerance);
}
const isGround = (colour: Colour) => near(colour, GROUND);

/** A film of one colour at ten frames a second. */
async function film(dir: string, { size = "128x96", seconds = 0.4, name = "film.mp4", tags = [] as string[] } = {}) {
  const source = lavfi(`color=0x336699:size=${size}:rate=10:duration=${seconds}`);
  return ffmpeg(...source, ...QUICK_H264, "-crf", "4", ...tags, `${dir}/${name}`);
}

/** The colour of any pixel of the first frame, which is decoded once. */
async function firstFrame(path: string): Promise<(x: number, y: number) => Colour> {
  const png = await ffmpeg("-i", path, "-frames:v", "1", `${path}.png`);
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return (x, y) => {
    const at = 3 * (y * info.width + x);
    return [data[at] ?? -1, data[at + 1] ?? -1, data[at + 2] ?? -1];
  };
}

/** Which frames show red, as text: `..rr` from the third on. */
async function redFrames(path: string, x: number, y: number): Promise<string> {
  return (await coloursAt(path, x, y))
    .map((colour) => (looksRed(colour) ? "r" : looksBlue(colour) ? "b" : isGround(colour) ? "." : "?"))
    .join("");
}

test("a mark is in its corner, at its distance and size, and nowhere else", async () => {
  const dir = await scratchDir();
  const files = await still(`${dir}/logo.png`, "#ff0000", [16, 16]);
  const percent = { x: { value: 25, unit: "percent" }, y: { value: 25, unit: "percent" } };
  const mark = sized(16);
  const watermarks = [
    imageMark(mark, { origin: "topLeft", ...at(8, 4) }),
    imageMark(mark, { origin: "topRight", ...at(8, 4) }),
    imageMark({ width: { value: 12.5, unit: "widthPercent" } }, { origin: "bottomLeft", ...at(8, 4) }),
    imageMark(mark, { origin: "bottomRight", ...percent }),
    imageMark({ ...sized(24, 8) }, { origin: "center" }),
    // Half of it lies beyond the edge, which is fine.
    imageMark(mark, { origin: "topLeft", ...at(120, 48) }),
  ];
  const { path } = await carryOut("transcode", { watermarks }, await film(dir), files);
  const inside = [
    [8, 4],
    [20, 16],
    [104, 4],
    [116, 16],
    [8, 76],
    [20, 88],
    [80, 56],
    [92, 68],
    [52, 44],
    [72, 48],
    [122, 50],
  ]; // prettier-ignore
  const outside = [
    [2, 4],
    [26, 4],
    [98, 4],
    [124, 4],
    [8, 70],
    [8, 93],
    [74, 56],
    [98, 56],
    [80, 50],
    [80, 74],
    [46, 44],
    [78, 44],
    [52, 38],
    [52, 54],
    [114, 50],
  ]; // prettier-ignore
  const colour = await firstFrame(path());
  for (const [x = 0, y = 0] of inside) expect(looksRed(colour(x + 2, y + 2)), `${x},${y}`).toBe(true);
  for (const [x = 0, y = 0] of outside) expect(isGround(colour(x + 2, y + 2)), `${x},${y}`).toBe(true);
});

test("a mark is seen when it should be: in seconds, in shares, from the end, in a part of the source", async () => {
  const dir = await scratchDir();
  const files = await still(`${dir}/logo.png`, "#ff0000", [16, 16]);
  const spans = [{ start: 0.2, end: 0.5 }, { start: 50, end: 80, unit: "percent" }, { start: -0.3 }, { end: -0.8 }];
  const watermarks = spans.map((span, index) => imageMark(sized(16), { ...at(0, 20 * index), span }));
  const source = await film(dir, { seconds: 1 });
  const { path } = await carryOut("transcode", { watermarks }, source, files);
  const shown = (file: string) => Promise.all(spans.map((_, index) => redFrames(file, 4, 20 * index + 4)));
  expect(await shown(path())).toEqual(["..rrr.....", ".....rrr..", ".......rrr", "rr........"]);

  // Its decoding begins at the beginning, as the format has no index.
  const stream = await ffmpeg("-i", source, "-c", "copy", `${dir}/stream.ts`);
  const part = await carryOut(
    "transcode",
    { startOffsetSeconds: 0.5, watermarks: watermarks.slice(0, 1) },
    stream,
    files,
  );
  expect(await redFrames(part.path(), 4, 4)).toBe("..rrr");
});

test("an animated picture repeats, plays once, or stands still, and is see-through where it is", async () => {
  const dir = await scratchDir();
  const files = await moving(`${dir}/logo.gif`);
  const watermarks = ["forever", "once", "lastFrame"].map((repeat, index) =>
    imageMark({ ...sized(32), repeat }, { ...at(40 * index, 0), span: { start: 0.2 } }),
  );
  const { path } = await carryOut("transcode", { watermarks }, await film(dir, { seconds: 1.2 }), files);
  expect(await redFrames(path(), 8, 8)).toBe("..rrbbrrbbrr");
  expect(await redFrames(path(), 48, 8)).toBe("..rrbb......");
  expect(await redFrames(path(), 88, 8)).toBe("..rrbbbbbbbb");
  for (const x of [8, 48, 88]) expect(await redFrames(path(), x, 24)).toBe("............");
});

describe("colours", () => {
  test.each(["bt709", "smpte170m"])(
    "of the mark and of the film are right in %s, and opacity mixes them",
    async (matrix) => {
      const dir = await scratchDir();
      const files = await still(`${dir}/logo.png`, "#20c040", [16, 16]);
      const tags = ["-vf", `scale=out_color_matrix=${matrix},format=yuv420p`, "-colorspace", matrix];
      const watermarks = [imageMark(sized(16)), imageMark(sized(16), { ...at(32, 0), opacityPercent: 50 })];
      const { path } = await carryOut("transcode", { watermarks }, await film(dir, { tags }), files);
      expect(near(await colourAt(path(), 6, 6), [32, 192, 64], 6)).toBe(true);
      expect(near(await colourAt(path(), 38, 6), [42, 147, 108], 6)).toBe(true);
      expect(near(await colourAt(path(), 80, 60), GROUND, 4)).toBe(true);
    },
  );

  test.each(["jpg", "png", "webp"])("of the mark are right on a %s", async (format) => {
    const dir = await scratchDir();
    const files = await still(`${dir}/logo.png`, "#20c040", [16, 16]);
    const watermarks = [imageMark(sized(16), { origin: "bottomRight" })];
    const { path } = await carryOut("snapshot", { format, watermarks }, await film(dir), files);
    expect(near(await colourAt(path(), 118, 86), [32, 192, 64], 8)).toBe(true);
    expect(isGround(await colourAt(path(), 100, 86))).toBe(true);
  });
});

test("every picture of a series, and a cover, has the mark", async () => {
  const dir = await scratchDir();
  const files = await still(`${dir}/logo.png`, "#ff0000", [16, 16]);
  const source = await film(dir);
  const watermarks = [imageMark(sized(16))];
  const series = await carryOut(
    "sampled-snapshot",
    { interval: { unit: "percent", value: 50 }, watermarks },
    source,
    files,
  );
  const cover = await carryOut("cover", { position: { value: 0.2 }, watermarks }, source, files);
  for (const path of [series.path(0), series.path(1), cover.path()]) {
    expect(looksRed(await colourAt(path, 6, 6))).toBe(true);
    expect(isGround(await colourAt(path, 24, 6))).toBe(true);
  }
});

test("a phone's upright film has the mark upright, by its own width and height", async () => {
  const dir = await scratchDir();
  const flat = await film(dir);
  const phone = await ffmpeg("-i", flat, "-c", "copy", "-metadata:s:v", "rotate=90", `${dir}/phone.mp4`);
  const files = await still(`${dir}/logo.png`, "#ff0000", [20, 10]);
  const mark = imageMark({ width: { value: 50, unit: "widthPercent" } }, { origin: "bottomRight" });
  const { path } = await carryOut("transcode", { watermarks: [mark] }, phone, files);
  expect((await probe(path())).video).toMatchObject({ widthPx: 96, heightPx: 128 });
  // 48 × 24 at 48,104.
  for (const [x, y] of [
    [50, 106],
    [90, 122],
  ] as const)
    expect(looksRed(await colourAt(path(), x, y))).toBe(true);
  for (const [x, y] of [
    [42, 106],
    [50, 98],
  ] as const)
    expect(isGround(await colourAt(path(), x, y))).toBe(true);
});

test("every rendition of a stream carries it at the same relative place and size, to the end and no longer", async () => {
  const dir = await scratchDir();
  const files = await moving(`${dir}/logo.gif`);
  const width = { value: 25, unit: "widthPercent" };
  const mark = imageMark({ width }, { x: { value: 50, unit: "percent" }, span: { start: 0.2 } });
  const rungs = [48, 96].map((heightPx) => ({
    video: { heightPx, bitrateKbps: 300, framesPerSecond: 10 },
    audio: null,
  }));
  const { dir: out, plan } = await carryOut(
    "adaptive-streaming",
    { rungs, watermarks: [mark] },
    await film(dir, { seconds: 0.8 }),
    files,
  );
  expect(plan.commands).toHaveLength(1);
  for (const [name, scale] of [
    ["video-1", 1],
    ["video-2", 2],
  ] as const) {
    const playlist = `${out}/stream-${name}.m3u8`;
    expect(await redFrames(playlist, 34 * scale, 2 * scale)).toBe("..rrbbrr");
    expect(await redFrames(playlist, 26 * scale, 2 * scale)).toBe("........");
    expect(await redFrames(playlist, 50 * scale, 2 * scale)).toBe("........");
  }
});
