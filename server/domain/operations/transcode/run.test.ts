/** Transcoding by real ffmpeg: what no argument array can show. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  colourAt,
  counting,
  EXACT_H264,
  ffmpeg,
  frameShownBy,
  frameTimes,
  lavfi,
  looksBlue,
  looksRed,
  probe,
  QUICK_H264,
  redLeftBlueRight,
  scratchDir,
} from "../../ffmpeg/test-media.ts";
import { carryOut } from "../test-plans.ts";

const TONE = lavfi("sine=duration=0.4");

describe("the picture", () => {
  test("a phone's video comes out upright, and needs no turning any more", async () => {
    const dir = await scratchDir();
    const flat = await ffmpeg(...redLeftBlueRight("64x48"), ...QUICK_H264, `${dir}/flat.mp4`);
    const phone = await ffmpeg("-i", flat, "-c", "copy", "-metadata:s:v", "rotate=270", `${dir}/phone.mp4`);
    const { path } = await carryOut("transcode", {}, phone);
    expect((await probe(path())).video).toMatchObject({ widthPx: 48, heightPx: 64, rotationDegrees: 0 });
    expect(looksRed(await colourAt(path(), 20, 8))).toBe(true);
    expect(looksBlue(await colourAt(path(), 20, 48))).toBe(true);
  });

  test("odd sides, stretched pixels and other chroma become even, square and yuv420p", async () => {
    const dir = await scratchDir();
    const odd = await ffmpeg(
      ...[...redLeftBlueRight("64x48"), "-vf", "format=yuv444p,scale=65:49,setsar=2", "-c:v", "ffv1"],
      ...["-pix_fmt", "yuv444p", `${dir}/odd.mkv`],
    );
    const { path, plan } = await carryOut("transcode", {}, odd);
    const { video } = await probe(path());
    expect(video).toMatchObject({ widthPx: 130, heightPx: 50, sampleAspectRatio: 1, pixelFormat: "yuv420p" });
    expect(plan.outputs[0]?.facts).toMatchObject({ widthPx: 130, heightPx: 50 });
  });

  test.each([
    ["black", [0, 0, 0]],
    ["white", [255, 255, 255]],
  ])("%s bars lie beside the whole picture", async (fill, colour) => {
    const dir = await scratchDir();
    const wide = await ffmpeg(...redLeftBlueRight("64x36"), ...QUICK_H264, `${dir}/wide.mp4`);
    const { path } = await carryOut("transcode", { video: { widthPx: 64, heightPx: 64, fill } }, wide);
    const bar = await colourAt(path(), 30, 4);
    expect(bar.every((part, index) => Math.abs(part - (colour[index] ?? 0)) < 8)).toBe(true);
    expect(looksRed(await colourAt(path(), 8, 30))).toBe(true);
    expect(looksBlue(await colourAt(path(), 52, 30))).toBe(true);
  });

  test("blurred bars continue the picture, and stretching leaves none", async () => {
    const dir = await scratchDir();
    const wide = await ffmpeg(...redLeftBlueRight("64x36"), ...QUICK_H264, `${dir}/wide.mp4`);
    for (const fill of ["gauss", "stretch"]) {
      const { path } = await carryOut("transcode", { video: { widthPx: 64, heightPx: 64, fill } }, wide);
      expect(looksRed(await colourAt(path(), 4, 4)), fill).toBe(true);
      expect(looksBlue(await colourAt(path(), 58, 4)), fill).toBe(true);
    }
  });

  test("unevenly spaced frames keep their times", async () => {
    const dir = await scratchDir();
    const uneven = await ffmpeg(
      ...[...counting(50), "-vf", "select='lt(n,5)+not(mod(n,9))'", "-fps_mode", "vfr"],
      ...[...QUICK_H264, `${dir}/uneven.mp4`],
    );
    const { path } = await carryOut("transcode", {}, uneven);
    expect(await frameTimes(path())).toEqual(await frameTimes(uneven));
  });

  test("another frame rate is evenly spaced", async () => {
    const dir = await scratchDir();
    const clip = await ffmpeg(...counting(25), ...QUICK_H264, `${dir}/a.mp4`);
    const { path } = await carryOut("transcode", { video: { framesPerSecond: 10 } }, clip);
    expect(await frameTimes(path())).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
  });

  test("an HDR source neither fails nor loses its bits when they are to stay", async () => {
    const dir = await scratchDir();
    const hdr = await ffmpeg(
      ...[...lavfi("testsrc2=size=64x64:rate=25:duration=0.2"), "-c:v", "libx265", "-x265-params", "log-level=error"],
      ...["-pix_fmt", "yuv420p10le", "-color_primaries", "bt2020", "-color_trc", "smpte2084"],
      ...["-colorspace", "bt2020nc", `${dir}/hdr.mp4`],
    );
    const kept = await carryOut("transcode", { video: { codec: "h265", preserveHdr: true } }, hdr);
    expect((await probe(kept.path())).video).toMatchObject({ pixelFormat: "yuv420p10le", dynamicRange: "hdr10" });
    const plain = await carryOut("transcode", {}, hdr);
    expect((await probe(plain.path())).video?.pixelFormat).toBe("yuv420p");
  });
});

describe("streams", () => {
  test("one picture and the default sound remain; cover art, chapters, titles and places do not", async () => {
    const dir = await scratchDir();
    const cover = await ffmpeg(...lavfi("color=green:size=32x32"), "-frames:v", "1", `${dir}/cover.png`);
    const rich = await ffmpeg(
      ...[...lavfi("testsrc2=size=64x64:rate=25:duration=0.4"), ...TONE, ...TONE, "-i", cover],
      ...["-map", "3", "-map", "1", "-map", "0", "-map", "2", ...QUICK_H264, "-c:v:0", "png", "-c:a", "aac"],
      ...["-disposition:v:0", "attached_pic", "-disposition:a:0", "0", "-disposition:a:1", "default"],
      ...["-metadata:s:a:0", "language=deu", "-metadata:s:a:1", "language=kor"],
      ...["-metadata", "title=Secret", "-metadata", "location=+52.5+13.4/", `${dir}/rich.mp4`],
    );
    const { path } = await carryOut("transcode", {}, rich);
    const info = await probe(path());
    expect(info).toMatchObject({ video: { widthPx: 64 }, audio: [{ language: "kor" }], attachedPictureIndex: null });
    const bytes = await readFile(path(), "latin1");
    expect(bytes).not.toContain("Secret");
    expect(bytes).not.toContain("+52.5");
    expect(bytes.indexOf("moov"), "the index stands before the media").toBeLessThan(bytes.indexOf("mdat"));
  });

  test("a silent film stays silent", async () => {
    const dir = await scratchDir();
    const silent = await ffmpeg(...counting(10), ...QUICK_H264, `${dir}/silent.mp4`);
    expect((await probe((await carryOut("transcode", {}, silent)).path())).audio).toEqual([]);
  });

  test.each([
    ["h265", { codec: "h265", rateMode: "cbr", bitrateKbps: 200 }, "hevc"],
    ["av1", { codec: "av1", bitrateKbps: 200 }, "av1"],
    ["h264 at a constant rate", { rateMode: "cbr", bitrateKbps: 200, profile: "baseline", bFrames: 0 }, "h264"],
    ["h264 at an average rate", { rateMode: "abr", bitrateKbps: 200, gop: 1, gopUnit: "second" }, "h264"],
  ])("%s is written", async (_name, video, codec) => {
    const dir = await scratchDir();
    const clip = await ffmpeg(...counting(10), ...QUICK_H264, `${dir}/a.mp4`);
    expect((await probe((await carryOut("transcode", { video }, clip)).path())).video?.codec).toBe(codec);
  });

  test.each([
    ["mp4", "ac3", 6],
    ["flv", "mp3", 1],
    ["mp4", "aac", 0],
  ])("%s takes %s sound with %i channels (0: those of the source)", async (container, codec, channels) => {
    const dir = await scratchDir();
    const clip = await ffmpeg(...counting(10), ...TONE, ...QUICK_H264, `${dir}/a.mp4`);
    const { path } = await carryOut("transcode", { container, audio: { codec, channels } }, clip);
    expect((await probe(path())).audio).toMatchObject([{ codec, channels: channels || 1 }]);
  });
});

describe("a stretch of the source", () => {
  test.each([
    ["mp4", 2],
    ["mkv", 2],
    ["ts", 2],
    // Without B-frames: these formats store them late, and the clip would start with them.
    ["avi", 0],
    ["flv", 0],
  ])("of %s starts and ends with exactly the asked frames", async (ending, bFrames) => {
    const dir = await scratchDir();
    const clip = await ffmpeg(...counting(70), ...EXACT_H264, "-bf", String(bFrames), `${dir}/a.${ending}`);
    const offsets = { startOffsetSeconds: 0.4, endOffsetSeconds: -1.2 };
    const { path } = await carryOut("transcode", { ...offsets, video: { rateMode: "crf", crf: 4 } }, clip);
    expect(await frameTimes(path())).toHaveLength(30);
    expect(await frameShownBy(path())).toBe(10);
  });
});

describe("HLS", () => {
  test.each(["ts", "fmp4"])(
    "of %s segments is complete, and cut at the same times in every rendition",
    async (type) => {
      const dir = await scratchDir();
      const clip = await ffmpeg(
        ...[...lavfi("testsrc2=size=64x64:rate=24:duration=5"), ...lavfi("sine=duration=5"), ...QUICK_H264],
        `${dir}/a.mp4`,
      );
      const cuts = [];
      for (const framesPerSecond of [0, 15]) {
        const params = { container: "hls", hlsSegmentSeconds: 2, hlsSegmentType: type, video: { framesPerSecond } };
        const { dir: out, names, path, plan } = await carryOut("transcode", params, clip);
        const playlist = await readFile(path(), "utf8");
        expect(playlist).toContain("#EXT-X-PLAYLIST-TYPE:VOD");
        expect(playlist.trimEnd().endsWith("#EXT-X-ENDLIST")).toBe(true);
        const { prefix } = plan.outputs[0]?.parts ?? { prefix: "" };
        const segments = names.filter((name) => name.startsWith(prefix) && !name.includes("init"));
        expect(segments).toHaveLength(3);
        // Relative names: the playlist works wherever the folder is served from.
        for (const name of names.filter((one) => one.startsWith(prefix))) expect(playlist).toContain(name);
        expect(playlist).not.toContain(out);
        cuts.push([...playlist.matchAll(/#EXTINF:([\d.]+)/g)].map(([, seconds]) => Number(seconds).toFixed(1)));
        const keys = await frameTimes(join(out, plan.outputs[0]?.name ?? ""), "key");
        const from = keys[0] ?? 0;
        expect(keys.map((time) => Math.round((time - from) * 10) / 10)).toEqual(expect.arrayContaining([0, 2, 4]));
      }
      expect(cuts).toEqual([
        ["2.0", "2.0", "1.0"],
        ["2.0", "2.0", "1.0"],
      ]);
    },
  );
});
