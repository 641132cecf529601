import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operation, planOperation } from "#domain/operations/operation.ts";
import type { Letters, PreparedFile } from "#domain/plan.ts";
import { ok } from "#domain/result.ts";
import { type DrawLimits, prepareFiles } from "./prepare.ts";
import { probe } from "./probe.ts";
import { runPlan } from "./run-plan.ts";
import { makeTestFolder, makeWith, type TestFolder } from "./test-clips.ts";

const signal = new AbortController().signal;
let folder: TestFolder;
beforeAll(async () => {
  folder = await makeTestFolder();
});
afterAll(() => folder.remove());

const path = () => join(folder.path, "drawn.png");

function prepare(file: object, limits?: DrawLimits) {
  return prepareFiles({ prepared: [{ path: path(), ...file } as PreparedFile] }, { signal, limits });
}
const letters = (text: string, given: Partial<Letters> = {}) => ({
  letters: { text, font: "cjk", sizePx: 40, colour: "#ff8000", ...given },
});
const svg = (inner: string, { widthPx = 0, heightPx = 0, head = "", size = 'width="40" height="20"' } = {}) => ({
  svg: `${head}<svg xmlns="http://www.w3.org/2000/svg" ${size}>${inner}</svg>`,
  ...{ widthPx, heightPx },
});

/** How much of the picture is covered, and the colour of what is covered entirely. */
async function inkOf(file: string) {
  const { data, info } = await sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const pixels = Array.from({ length: data.length / 4 }, (_, index) => [...data.subarray(4 * index, 4 * index + 4)]);
  const solid = pixels.filter(([, , , alpha]) => alpha === 255);
  return { ...info, share: solid.length / pixels.length, colour: solid[0]?.slice(0, 3) };
}

test("text that commands read is written as it is", async () => {
  expect(await prepare({ text: "ffconcat\n名" })).toEqual(ok(undefined));
  expect(await readFile(path(), "utf8")).toBe("ffconcat\n名");
});

describe("letters", () => {
  test.each(["Reelflow", "水印 워터마크", "%{pts} :'\\\"<b>&amp;\n[x];,"])(
    "of %j are drawn in their colour",
    async (text) => {
      expect(await prepare(letters(text))).toEqual(ok(undefined));
      const { colour, share, width } = await inkOf(path());
      expect(colour).toEqual([255, 128, 0]);
      expect(share).toBeGreaterThan(0.05);
      expect(width).toBeGreaterThan(100);
    },
  );

  test("mean what they are: neither markup nor an entity, and each of another shape", async () => {
    const drawn: Buffer[] = [];
    for (const text of ["<b>a</b>", "a", "&lt;", "<"]) {
      await prepare(letters(text));
      drawn.push(await readFile(path()));
    }
    expect(new Set(drawn.map((png) => png.toString("base64"))).size).toBe(4);
  });

  test("that no font has fail by name rather than becoming boxes", async () => {
    // Never assigned.
    expect(await prepare(letters("a\u{0378}"))).toEqual({
      ok: false,
      failure: { code: "FONT_MISSING", detail: "\u{0378}" },
    });
  });
});

const TIGHT = { memoryBytes: 4 * 1024 ** 3, processorSeconds: 2, fileBytes: 1024 ** 2, wallSeconds: 60 };

describe("a drawing", () => {
  const RED = '<rect width="40" height="20" fill="#f00"/>';

  test.each([
    [{ widthPx: 100 }, 100, 50],
    [{ heightPx: 100 }, 200, 100],
    [{ widthPx: 30, heightPx: 30 }, 30, 30],
    [{}, 40, 20],
  ])("with the sides %j is %i × %i", async (sides, width, height) => {
    expect(await prepare(svg(RED, { ...sides, size: 'viewBox="0 0 40 20"' }))).toEqual(ok(undefined));
    expect(await inkOf(path())).toMatchObject({ width, height, share: 1, colour: [255, 0, 0] });
  });

  test("sees no file, no address and no script", async () => {
    const secret = join(folder.path, "secret.png");
    await sharp({ create: { width: 40, height: 20, channels: 4, background: "#00ff00" } }).toFile(secret);
    await writeFile(join(folder.path, "secret.css"), "rect { fill: #0f0 }");
    const hostile = [
      `<image href="file://${secret}" width="40" height="20"/>`,
      `<image href="${secret}" width="40" height="20"/>`,
      `<image href="secret.png" width="40" height="20"/>`,
      `<style>@import url("file://${folder.path}/secret.css");</style>`,
      '<image href="http://127.0.0.1:1/x.png" width="40" height="20"/>',
      '<script>document.documentElement.innerHTML = ""</script>',
    ];
    expect(await prepare(svg(RED + hostile.join("")))).toEqual(ok(undefined));
    expect(await inkOf(path())).toMatchObject({ share: 1, colour: [255, 0, 0] });
  });

  const LOL = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join("");
  const USES = Array.from({ length: 20 }, (_, n) => `<g id="u${n + 1}">${`<use href="#u${n}"/>`.repeat(10)}</g>`);
  test.each([
    ["entities that grow", svg("<text>&l9;</text>", { head: `<!DOCTYPE svg [<!ENTITY l0 "lol">${LOL}]>` })],
    [
      "a file as an entity",
      svg("<text>&x;</text>", { head: '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>' }),
    ],
    ["references that multiply", svg(`<g id="u0">${RED}</g>${USES.join("")}`)],
    ["a giant", svg(RED, { size: 'width="1000000" height="1000000"' })],
    ["no SVG at all", { svg: "#EXTM3U\nfile:///etc/passwd", widthPx: 0, heightPx: 0 }],
    ["another picture", { svg: "GIF89a", widthPx: 10, heightPx: 10 }],
  ])("of %s is refused", async (_name, hostile) => {
    await rm(path(), { force: true });
    expect(await prepare(hostile, TIGHT)).toMatchObject({ ok: false, failure: { code: "DRAWING_FAILED" } });
  });

  test("that takes longer than it may is ended", async () => {
    const noise = '<filter id="f"><feTurbulence baseFrequency="0.5" numOctaves="100"/></filter>';
    const slow = `${noise}<rect width="4000" height="4000" filter="url(#f)"/>`;
    expect(await prepare(svg(slow, { size: 'width="4000" height="4000"' }), TIGHT)).toEqual({
      ok: false,
      failure: { code: "DRAWING_FAILED", detail: "It took too long or too much." },
    });
  });
});

test("text and a drawing are seen on the film, where they should be and in their colours", async () => {
  const inputPath = join(folder.path, "film.mp4");
  const source = "color=0x336699:size=256x144:rate=5:duration=0.4";
  await makeWith(
    ["-f", "lavfi", "-i", source, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"],
    inputPath,
  );
  const media = await probe(inputPath, { signal });
  if (!media.ok) throw new Error(media.failure.code);
  const text = { template: 1, mark: { type: "text", colour: "#ffff00", letterSize: { value: 40 } }, text: "■ 안녕" };
  const drawing = {
    ...{ template: 2, mark: { type: "svg", width: { value: 25, unit: "widthPercent" } } },
    ...{ svg: svg('<rect width="40" height="20" fill="#f00"/>').svg, origin: "bottomRight" },
  };
  const transcode = operation.parse({ kind: "transcode", params: { watermarks: [text, drawing] } });
  const place = { outputDir: folder.path, scratchDir: folder.path, files: {} };
  const plan = planOperation(transcode, { media: media.value, inputPath, ...place });
  if (!plan.ok) throw new Error(plan.failure.detail);
  const silent = { signal, onProgress: () => undefined, onLog: () => undefined };
  expect(await runPlan(plan.value, folder.path, silent)).toEqual(ok(undefined));

  const frame = join(folder.path, "frame.png");
  await makeWith(["-i", join(folder.path, plan.value.outputs[0]?.name ?? ""), "-frames:v", "1"], frame);
  const regionOf = async (left: number, top: number, width: number, height: number) => {
    const cut = sharp(frame).extract({ left, top, width, height }).removeAlpha();
    const { channels } = await sharp(await cut.png().toBuffer()).stats();
    return channels.map(({ mean }) => Math.round(mean));
  };
  const [red = 0, green = 0, blue = 0] = await regionOf(196, 116, 56, 24);
  expect(red).toBeGreaterThan(230);
  expect(green + blue).toBeLessThan(40);
  const ground = await regionOf(100, 70, 60, 40);
  expect(ground.map((part, index) => Math.abs(part - ([51, 102, 153][index] ?? 0)) < 4)).toEqual([true, true, true]);
  // Yellow letters have much red and little blue.
  const [inked = 0, , beside = 0] = await regionOf(4, 4, 100, 32);
  expect(inked).toBeGreaterThan(70);
  expect(beside).toBeLessThan(145);
});
