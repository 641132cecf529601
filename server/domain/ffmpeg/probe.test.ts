import { copyFile, readFile, writeFile } from "node:fs/promises";
import { deflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { mediaKindOf } from "../media.ts";
import { parseProbe } from "./probe.ts";
import { ffmpeg, lavfi, probe, probeResult, QUICK_H264, scratchDir } from "./test-media.ts";

const PICTURE = lavfi("testsrc2=size=64x48:rate=25:duration=1");
const TONE = lavfi("sine=duration=1");

test("a movie gives its tracks, its duration and its rates", async () => {
  const dir = await scratchDir();
  const info = await probe(await ffmpeg(...PICTURE, ...TONE, ...QUICK_H264, "-c:a", "aac", `${dir}/a.mp4`));
  expect(info).toMatchObject({
    formatName: "mov,mp4,m4a,3gp,3g2,mj2",
    durationSeconds: 1,
    video: {
      index: 0,
      codec: "h264",
      codecTag: "avc1",
      pixelFormat: "yuv420p",
      widthPx: 64,
      heightPx: 48,
      sampleAspectRatio: 1,
      rotationDegrees: 0,
      framesPerSecond: 25,
      variableFrameRate: false,
      colourMatrix: null,
      dynamicRange: "sdr",
      interlaced: false,
    },
    audio: [{ index: 1, codec: "aac", channels: 1, sampleRateHz: 44_100, isDefault: true }],
    subtitles: [],
    attachedPictureIndex: null,
  });
  expect(mediaKindOf(info)).toBe("video");
});

test.each([
  // The muxer writes a matrix that turns counter-clockwise for this tag; both ways of saying it are one field.
  ["90", 270],
  ["180", 180],
  ["270", 90],
])("a phone's rotate=%s is shown upright by a clockwise turn of %i degrees", async (rotate, degrees) => {
  const dir = await scratchDir();
  const flat = await ffmpeg(...PICTURE, ...QUICK_H264, `${dir}/flat.mp4`);
  const turned = await ffmpeg("-i", flat, "-c", "copy", "-metadata:s:v", `rotate=${rotate}`, `${dir}/turned.mp4`);
  expect((await probe(turned)).video).toMatchObject({ rotationDegrees: degrees, widthPx: 64, heightPx: 48 });
});

test("stretched pixels, uneven frames, interlacing and HDR are seen", async () => {
  const dir = await scratchDir();
  const wide = await ffmpeg(...PICTURE, "-vf", "setsar=4/3", ...QUICK_H264, `${dir}/wide.mp4`);
  expect((await probe(wide)).video?.sampleAspectRatio).toBeCloseTo(4 / 3);

  const uneven = await ffmpeg(
    ...PICTURE,
    ...["-vf", "select='lt(n,5)+not(mod(n,7))'", "-fps_mode", "vfr", ...QUICK_H264, `${dir}/uneven.mp4`],
  );
  expect((await probe(uneven)).video?.variableFrameRate).toBe(true);

  const fields = ["-vf", "setfield=tff", "-flags", "+ilme+ildct", ...QUICK_H264];
  const interlaced = await ffmpeg(...PICTURE, ...fields, `${dir}/interlaced.mp4`);
  expect((await probe(interlaced)).video).toMatchObject({ interlaced: true, variableFrameRate: false });

  const hdr = await ffmpeg(...PICTURE, "-color_trc", "smpte2084", ...QUICK_H264, `${dir}/hdr.mp4`);
  expect((await probe(hdr)).video?.dynamicRange).toBe("hdr10");
});

test("cover art is not video", async () => {
  const dir = await scratchDir();
  const cover = await ffmpeg(...PICTURE, "-frames:v", "1", `${dir}/cover.png`);
  const song = await ffmpeg(
    ...[...TONE, "-i", cover, "-map", "0", "-map", "1", "-c:v", "copy", "-disposition:v", "attached_pic"],
    `${dir}/song.mp3`,
  );
  const info = await probe(song);
  expect(info).toMatchObject({ video: null, attachedPictureIndex: 1 });
  expect(mediaKindOf(info)).toBe("audio");
});

test.each(["png", "jpg", "webp", "gif", "bmp"])(
  "a still %s is an image, with or without its ending",
  async (ending) => {
    const dir = await scratchDir();
    const still = await ffmpeg(...PICTURE, "-frames:v", "1", `${dir}/still.${ending}`);
    await copyFile(still, `${dir}/still`);
    for (const path of [still, `${dir}/still`]) {
      const info = await probe(path);
      expect(info).toMatchObject({ durationSeconds: 0, video: { widthPx: 64, heightPx: 48 } });
      expect(mediaKindOf(info)).toBe("image");
    }
  },
);

test("an animated gif is a video", async () => {
  const dir = await scratchDir();
  expect(mediaKindOf(await probe(await ffmpeg(...PICTURE, `${dir}/moving.gif`)))).toBe("video");
});

test.each([
  ["an HLS playlist", "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n"],
  ["a concat script", "ffconcat version 1.0\nfile /etc/hostname\n"],
  ["a DASH manifest", '<?xml version="1.0"?>\n<MPD profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"></MPD>\n'],
  ["a session description", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n"],
])("%s is refused, because it names other files", async (_name, text) => {
  const dir = await scratchDir();
  await writeFile(`${dir}/upload`, text);
  expect(await probeResult(`${dir}/upload`)).toMatchObject({ failure: { code: "MEDIA_REFERENCES_FILES" } });
});

test.each([
  ["a text", "hello, this is no movie\n".repeat(50)],
  ["a subtitle", "1\n00:00:00,000 --> 00:00:02,000\nhi\n"],
  ["a WebVTT", "WEBVTT\n\n00:00.000 --> 00:02.000\nhi\n"],
  ["a page", "<!doctype html><title>404</title>"],
  ["a drawing", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'],
])("%s is no media", async (_name, text) => {
  const dir = await scratchDir();
  await writeFile(`${dir}/upload`, text);
  expect(await probeResult(`${dir}/upload`)).toMatchObject({ failure: { code: "NOT_MEDIA" } });
});

test("an empty file, a broken-off movie and a movie without a duration are told apart", async () => {
  const dir = await scratchDir();
  await writeFile(`${dir}/empty`, "");
  expect(await probeResult(`${dir}/empty`)).toMatchObject({ failure: { code: "EMPTY_FILE" } });

  const whole = await readFile(await ffmpeg(...PICTURE, ...QUICK_H264, `${dir}/whole.mp4`));
  await writeFile(`${dir}/half`, whole.subarray(0, whole.length / 2));
  expect(await probeResult(`${dir}/half`)).toMatchObject({ failure: { code: "MEDIA_TRUNCATED" } });

  const live = await ffmpeg(...PICTURE, ...QUICK_H264, "-f", "matroska", "-live", "1", `${dir}/live.mkv`);
  expect(await probeResult(live)).toMatchObject({ failure: { code: "NO_DURATION" } });
});

test("a picture whose header claims a huge size is refused before it is decoded", async () => {
  const dir = await scratchDir();
  await writeFile(`${dir}/bomb`, pngClaiming(60_000, 60_000));
  expect(await probeResult(`${dir}/bomb`)).toMatchObject({ failure: { code: "MEDIA_TOO_LARGE" } });
});

test("anything ffprobe might print gives a media or a coded failure", () => {
  for (const json of [
    null,
    [],
    {},
    { error: { code: -22 } },
    { streams: [{}], format: {} },
    { streams: [], format: { format_name: "mov" } },
  ])
    expect(parseProbe(json, 1)).toMatchObject({ failure: { code: "NOT_MEDIA" } });
});

function pngClaiming(widthPx: number, heightPx: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (type: string, body: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    // ffmpeg does not check these checksums here.
    return Buffer.concat([length, Buffer.from(type), body, Buffer.alloc(4)]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.alloc(100))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
