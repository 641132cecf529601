/** What of the source is seen: crop, delogo, and frames that follow the picture. */
import { describe, expect, test } from "vitest";
import {
  colourAt,
  ffmpeg,
  lavfi,
  looksBlue,
  looksRed,
  probe,
  QUICK_H264,
  redLeftBlueRight,
  scratchDir,
} from "../../ffmpeg/test-media.ts";
import { A_VIDEO, aContext, carryOut, onlyCommandOf, planOf } from "../test-plans.ts";
import { transcodeParams } from "./schema.ts";

function filterOf(video: object, source: object = {}): string | undefined {
  const context = aContext({ video: { ...A_VIDEO, ...source } });
  const options = onlyCommandOf(planOf("transcode", { video }, context)).outputs[0]?.options ?? [];
  return options[options.indexOf("-filter:v") + 1];
}

const CROP = { leftPx: 240, topPx: 0, areaWidthPx: 1440, areaHeightPx: 1080 };
const LOGO = { leftPx: 1700, topPx: 0, areaWidthPx: 220, areaHeightPx: 100 };

describe("areas", () => {
  test.each([
    ["cropped", { crop: CROP }, {}, "crop=1440:1080:240:0,scale=1440:1080,setsar=1"],
    ["cropped and smaller", { crop: CROP, heightPx: 480 }, {}, "crop=1440:1080:240:0,scale=640:480,setsar=1"],
    [
      "without its logo, whose area has pixels around it",
      { delogo: [LOGO] },
      {},
      "delogo=x=1700:y=1:w=219:h=99,scale=1920:1080,setsar=1",
    ],
    [
      "of stretched pixels, counted as shown",
      { crop: { ...CROP, leftPx: 0 }, delogo: [{ ...LOGO, topPx: 20 }] },
      { widthPx: 1440, sampleAspectRatio: 4 / 3 },
      "scale=1920:1080,setsar=1,delogo=x=1700:y=20:w=219:h=100,crop=1440:1080:0:0,scale=1440:1080,setsar=1",
    ],
    [
      "of HDR, in its whole size",
      { crop: CROP, heightPx: 480 },
      { dynamicRange: "hdr10" },
      "zscale=transferin=smpte2084:primariesin=bt2020:matrixin=bt2020nc:transfer=linear:npl=100," +
        "format=gbrpf32le,zscale=primaries=bt709,tonemap=tonemap=hable:desat=0," +
        "zscale=transfer=bt709:matrix=bt709:range=limited,format=yuv420p,crop=1440:1080:240:0,scale=640:480,setsar=1",
    ],
  ])("%s", (_name, video, source, filter) => {
    expect(filterOf(video, source)).toBe(filter);
  });

  test("an upright phone video has areas of its upright picture, and other areas fail with a code", () => {
    const tall = { leftPx: 0, topPx: 400, areaWidthPx: 1080, areaHeightPx: 1080 };
    expect(filterOf({ crop: tall }, { rotationDegrees: 90 })).toBe("crop=1080:1080:0:400,scale=1080:1080,setsar=1");
    expect(planOf("transcode", { video: { crop: tall } }, aContext())).toMatchObject({
      failure: { code: "INVALID_PARAMETER", detail: "video.crop: lies outside of 1920x1080" },
    });
    expect(planOf("transcode", { video: { delogo: [LOGO, { ...LOGO, leftPx: 1800 }] } }, aContext())).toMatchObject({
      failure: { code: "INVALID_PARAMETER", detail: "video.delogo.1: lies outside of 1920x1080" },
    });
  });

  test("the crop is what remains, and a logo is painted over", async () => {
    const dir = await scratchDir();
    const logo = "drawbox=x=8:y=8:w=12:h=12:color=white:thickness=fill";
    const clip = await ffmpeg(...redLeftBlueRight("128x64"), "-vf", logo, ...QUICK_H264, `${dir}/clip.mp4`);
    const blue = { leftPx: 64, topPx: 0, areaWidthPx: 64, areaHeightPx: 64 };
    const cropped = await carryOut("transcode", { video: { crop: blue } }, clip);
    expect((await probe(cropped.path())).video).toMatchObject({ widthPx: 64, heightPx: 64 });
    expect(looksBlue(await colourAt(cropped.path(), 2, 30))).toBe(true);

    const area = { leftPx: 6, topPx: 6, areaWidthPx: 16, areaHeightPx: 16 };
    const corner = { leftPx: 112, topPx: 48, areaWidthPx: 16, areaHeightPx: 16 };
    const clean = await carryOut("transcode", { video: { delogo: [area, corner] } }, clip);
    expect(looksRed(await colourAt(clip, 12, 12))).toBe(false);
    expect(looksRed(await colourAt(clean.path(), 12, 12))).toBe(true);
    expect(looksBlue(await colourAt(clean.path(), 120, 56))).toBe(true);
  });
});

describe("a frame that follows the picture", () => {
  const keep = { fill: "keep", widthPx: 640, heightPx: 480 };
  test.each([
    ["fits inside", keep, {}, "scale=640:360"],
    ["of an upright source stands", keep, { widthPx: 1080, heightPx: 1920 }, "scale=360:640"],
    ["lies if told so", { ...keep, resolutionAdaptive: false }, { widthPx: 1080, heightPx: 1920 }, "scale=270:480"],
    ["of a squarer source has its height", keep, { widthPx: 1000, heightPx: 1000 }, "scale=480:480"],
    ["is not enlarged", keep, { widthPx: 320, heightPx: 180 }, "scale=320:180"],
    [
      "with one limit is not enlarged either",
      { fill: "keep", heightPx: 480 },
      { widthPx: 320, heightPx: 180 },
      "scale=320:180",
    ],
    ["with one limit is made smaller", { fill: "keep", heightPx: 480 }, {}, "scale=854:480"],
  ])("%s", (_name, video, source, filter) => {
    expect(filterOf(video, source)).toBe(`${filter},setsar=1`);
  });
});

describe("a limit of the frame rate", () => {
  test.each([
    ["holds for faster sources", { framesPerSecondMax: 30 }, 50, "fps=30,scale=1920:1080,setsar=1"],
    ["leaves slower ones", { framesPerSecondMax: 30 }, 25, "scale=1920:1080,setsar=1"],
    ["leaves what it means", { framesPerSecondMax: 29.97 }, 30_000 / 1001, "scale=1920:1080,setsar=1"],
    ["is a fraction where it means one", { framesPerSecondMax: 23.976 }, 50, "fps=24000/1001,scale=1920:1080,setsar=1"],
    ["leaves a rate that nobody knows", { framesPerSecondMax: 30 }, 0, "scale=1920:1080,setsar=1"],
  ])("%s", (_name, video, framesPerSecond, filter) => {
    expect(filterOf(video, { framesPerSecond })).toBe(filter);
  });

  test("is kept by ffmpeg", async () => {
    const dir = await scratchDir();
    const quick = await ffmpeg(...lavfi("testsrc2=size=64x64:rate=60:duration=0.5"), ...QUICK_H264, `${dir}/quick.mp4`);
    const { path } = await carryOut("transcode", { video: { framesPerSecondMax: 30 } }, quick);
    expect((await probe(path())).video?.framesPerSecond).toBe(30);
  });
});

test.each([
  [{ framesPerSecond: 25, framesPerSecondMax: 30 }, "video.framesPerSecondMax", "frameRateOrLimit"],
  [{ framesPerSecondMax: 30, enhance: { interpolateTo: 60 } }, "video.enhance.interpolateTo", "interpolateOrFrameRate"],
  [{ codec: "h265", preserveHdr: true, delogo: [LOGO] }, "video.delogo", "notWithHdr"],
])("%j is refused by name", (video, path, message) => {
  const { error } = transcodeParams.safeParse({ video });
  expect(error?.issues.map((issue) => [issue.path.join("."), issue.message])).toEqual([[path, message]]);
});
