/** Content-adaptive encoding: what it asks of the encoders, and that it keeps its promise. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { ffmpeg, lavfi, probe, QUICK_H264, scratchDir } from "../../ffmpeg/test-media.ts";
import { presetTemplate } from "../../presets/templates.ts";
import { A_VIDEO, aContext, carryOut, onlyCommandOf, planOf } from "../test-plans.ts";
import { transcodeParams } from "./schema.ts";

const run = promisify(execFile);

function encodingOf(video: object, context = aContext()): readonly string[] {
  const plan = planOf("transcode", { video: { contentAdaptive: {}, ...video }, audio: null }, context);
  const options = onlyCommandOf(plan).outputs[0]?.options ?? [];
  return options.slice(options.indexOf("-c:v"), options.indexOf("-map_metadata"));
}

describe("a thorough encoder, constant quality, and a ceiling", () => {
  const h264 = ["-c:v", "libx264", "-preset", "medium", "-pix_fmt", "yuv420p", "-crf", "21"];
  test.each([
    ["by the size of the picture", {}, [...h264, "-maxrate", "2000k", "-bufsize", "4000k"]],
    ["of a small picture", { heightPx: 180 }, [...h264, "-maxrate", "80k", "-bufsize", "160k"]],
    ["of a size in between", { heightPx: 480 }, [...h264, "-maxrate", "619k", "-bufsize", "1238k"]],
    [
      "as asked, with the rest of the parameters",
      { contentAdaptive: { bitrateKbpsMax: 700 }, profile: "main", gop: 50, bFrames: 2 },
      [
        ...["-c:v", "libx264", "-preset", "medium", "-profile:v", "main", "-pix_fmt", "yuv420p"],
        ...["-crf", "21", "-maxrate", "700k", "-bufsize", "1400k", "-g", "50", "-bf", "2"],
      ],
    ],
    [
      "of H.265",
      { codec: "h265" },
      [
        ...["-c:v", "libx265", "-preset", "fast", "-pix_fmt", "yuv420p", "-crf", "21"],
        ...["-maxrate", "1120k", "-bufsize", "2240k"],
        ...["-x265-params", "log-level=warning:open-gop=0", "-forced-idr", "1", "-tag:v", "hvc1"],
      ],
    ],
  ])("%s", (_name, video, args) => {
    expect(encodingOf(video)).toEqual(args);
  });

  test("twice as many frames may take twice as much, and an enormous picture has a ceiling, too", () => {
    const quick = aContext({ video: { ...A_VIDEO, framesPerSecond: 60 } });
    expect(encodingOf({}, quick)).toContain("4000k");
    const wall = aContext({ video: { ...A_VIDEO, widthPx: 16_000, heightPx: 8000 } });
    expect(encodingOf({}, wall)).toContain("19200k");
  });
});

test.each([
  [{ codec: "vp9" }, "video.contentAdaptive", "contentAdaptiveCodec"],
  [{ codec: "av1" }, "video.contentAdaptive", "contentAdaptiveCodec"],
  [{ bitrateKbps: 800 }, "video.bitrateKbps", "notWithContentAdaptive"],
  [{ rateMode: "crf", crf: 23 }, "video.rateMode", "notWithContentAdaptive"],
  [{ crf: 23 }, "video.crf", "crfOnlyInCrfMode"],
  [{ passes: "two" }, "video.passes", "passesNeedAverage"],
  [{ contentAdaptive: { bitrateKbpsMax: 8 } }, "video.contentAdaptive.bitrateKbpsMax", "zeroOr16"],
])("%j is refused by name", (video, path, message) => {
  const { error } = transcodeParams.safeParse({ video: { contentAdaptive: {}, ...video } });
  expect(error?.issues.map((issue) => [issue.path.join("."), issue.message])).toEqual([[path, message]]);
});

test("is as good as the fixed preset of its size, for fewer bits", async () => {
  const dir = await scratchDir();
  // Soft edges that move, fine print that stands still, and a little grain: as from a camera.
  const scene = "testsrc2=size=640x360:rate=25:duration=2,gblur=sigma=2,noise=alls=3:allf=t:all_seed=1";
  const clip = await ffmpeg(...lavfi(scene), ...QUICK_H264, "-crf", "6", `${dir}/clip.mp4`);
  const encoded = async (definition: number) => {
    const { path } = await carryOut("transcode", presetTemplate("transcode", definition)?.params ?? {}, clip);
    const { video } = await probe(path());
    expect(video).toMatchObject({ codec: "h264", widthPx: 640, heightPx: 360, framesPerSecond: 25 });
    return { bitrateBps: video?.bitrateBps ?? 0, likeness: await likenessOf(path(), clip) };
  };
  const [fixed, adaptive] = [await encoded(100010), await encoded(100810)];
  expect(adaptive.bitrateBps).toBeLessThan(0.95 * fixed.bitrateBps);
  expect(adaptive.likeness).toBeGreaterThan(fixed.likeness - 0.002);
});

/** Structural similarity of two clips, frame by frame: 1 when they are the same. */
async function likenessOf(path: string, original: string): Promise<number> {
  const { stderr } = await run("ffmpeg", ["-i", path, "-i", original, "-lavfi", "ssim", "-f", "null", "-"]);
  return Number(/All:([\d.]+)/.exec(stderr)?.[1]);
}
