import { expect, test } from "vitest";
import { colourAt, coloursAt, ffmpeg, lavfi, QUICK_H264, scratchDir } from "../../ffmpeg/test-media.ts";
import { fieldErrorsOf } from "../../form.ts";
import { operation } from "../../operations/operation.ts";
import { aContext, carryOut, onlyCommandOf, planOf } from "../../operations/test-plans.ts";
import { at, imageMark, placed, sized, still } from "../watermark/test-marks.ts";

function filtersOf(params: object, context = aContext()): string | undefined {
  const options = onlyCommandOf(planOf("transcode", params, context)).outputs[0]?.options ?? [];
  return options[options.indexOf("-filter:v") + 1];
}

test("a region is averaged into coarse blocks, in place, in time, and below every mark", () => {
  const context = { ...aContext(), files: placed("/run/file-logo/source") };
  const mosaics = [{ ...at(101, 60), ...sized(80, 40), span: { start: 1, end: 2 } }];
  const mark = imageMark(sized(40));
  expect(filtersOf({ mosaics, watermarks: [mark] }, context)).toBe(
    "scale=1920:1080,setsar=1,format=yuv420p,split[below-1][copy-1];" +
      "[copy-1]crop=82:40:100:60,scale=w=3:h=1:flags=area,scale=w=82:h=40:flags=neighbor[above-1];" +
      "[below-1][above-1]overlay=x=100:y=60:enable=gte(t\\,0.9995)*lt(t\\,1.9995):format=yuv420[below-2];" +
      "movie=filename=/run/file-logo/source:format_name=png_pipe,format=gbrap," +
      "scale=out_color_matrix=bt709:out_range=limited,format=yuva420p[above-2];" +
      "[below-2][above-2]overlay=x=0:y=0:format=yuv420",
  );
});

test("a tenth of the frame unless said otherwise, and never more than there is", () => {
  expect(filtersOf({ mosaics: [{}] })).toContain("crop=192:108:0:0,");
  expect(filtersOf({ mosaics: [{ ...at(1900, 1000), ...sized(500, 500) }] })).toContain("crop=20:80:1900:1000,");
});

test.each([
  ["x", at(1920, 0)],
  ["y", at(0, 2000)],
])("a region that is not in the picture is refused by its %s", (field, mosaic) => {
  expect(planOf("transcode", { mosaics: [{ ...sized(20, 20), ...mosaic }] }, aContext())).toMatchObject({
    failure: { code: "INVALID_PARAMETER", detail: expect.stringContaining(`mosaics.0.${field}`) },
  });
});

test("a region without a size is refused by field", () => {
  const { error } = operation.safeParse({ kind: "transcode", params: { mosaics: [sized(0, 20)] } });
  expect(error && fieldErrorsOf(error)).toEqual([
    { path: "params.mosaics.0.width.value", message: "sizeNeeded", values: {} },
  ]);
});

test("what was in the region cannot be made out, only there and only then; a mark on it can", async () => {
  const dir = await scratchDir();
  // Stripes of black and white, four pixels wide: half as wide as the blocks.
  const stripes = "geq=lum='if(mod(floor(X/4),2),235,16)':cb=128:cr=128";
  const source = lavfi(`color=black:size=128x96:rate=10:duration=0.8,format=yuv420p,${stripes}`);
  const film = await ffmpeg(...source, ...QUICK_H264, "-crf", "4", `${dir}/film.mp4`);
  const files = await still(`${dir}/logo.png`, "#ff0000", [8, 8]);
  const mosaics = [{ ...at(32, 16), ...sized(64, 64), span: { start: 0.2, end: 0.6 } }];
  const watermarks = [imageMark(sized(8), at(32, 16))];
  const { path } = await carryOut(
    "transcode",
    { video: { rateMode: "crf", crf: 4 }, mosaics, watermarks },
    film,
    files,
  );
  const frames = async (x: number, y: number) =>
    (await coloursAt(path(), x, y)).map(([, green]) => (green < 60 ? "b" : green > 195 ? "w" : ".")).join("");
  for (const [x, y] of [
    [48, 30],
    [92, 76],
  ] as const)
    expect(await frames(x, y)).toMatch(/^(bb|ww)\.{4}(bb|ww)$/);
  for (const [x, y] of [
    [28, 30],
    [96, 30],
    [60, 8],
    [60, 84],
  ] as const)
    expect(await frames(x, y)).toMatch(/^(b{8}|w{8})$/);
  const [red] = await colourAt(path(), 34, 18);
  expect(red).toBeGreaterThan(200);
});
