import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import {
  counting,
  ffmpeg,
  frameTimes,
  lavfi,
  probe,
  QUICK_H264,
  redLeftBlueRight,
  scratchDir,
} from "../../ffmpeg/test-media.ts";
import { A_VIDEO, AN_AUDIO, aContext, carryOut, onlyCommandOf, planOf } from "../test-plans.ts";

const TAIL = ["-map_metadata", "-1", "-map_chapters", "-1"];

test("an MP4 keeps the picture and every track of sound, with its language", () => {
  const audio = [
    { ...AN_AUDIO, language: "kor" },
    { ...AN_AUDIO, index: 3, codec: "ac3", language: "deu" },
  ];
  expect(planOf("remux", {}, aContext({ audio }))).toMatchObject({
    value: {
      commands: [
        {
          inputs: [{ path: "/run/source", options: [] }],
          globals: [],
          outputs: [
            {
              path: "/run/out/video.mp4",
              options: [
                ...["-map", "0:0", "-map", "0:1", "-map", "0:3", "-c", "copy"],
                ...["-metadata:s:a:0", "language=kor", "-metadata:s:a:1", "language=deu"],
                ...[...TAIL, "-movflags", "+faststart", "-f", "mp4"],
              ],
            },
          ],
          expectedSeconds: 25,
        },
      ],
      outputs: [{ role: "video", name: "video.mp4", facts: { widthPx: 1920, videoCodec: "h264" }, probe: true }],
    },
  });
});

test("HLS takes the default sound, and is cut where key frames already are", () => {
  const audio = [AN_AUDIO, { ...AN_AUDIO, index: 3, isDefault: false }];
  const params = { container: "hls", startOffsetSeconds: 5, endOffsetSeconds: 15 };
  const command = onlyCommandOf(planOf("remux", params, aContext({ audio })));
  expect(command.inputs).toEqual([{ path: "/run/source", options: ["-ss", "5", "-t", "10"] }]);
  expect(command.outputs).toEqual([
    {
      path: "/run/out/video.m3u8",
      options: [
        ...["-map", "0:0", "-map", "0:1", "-c", "copy", ...TAIL, "-f", "hls", "-hls_time", "6"],
        ...["-hls_playlist_type", "vod", "-hls_list_size", "0", "-hls_flags", "independent_segments"],
        ...["-hls_segment_type", "mpegts", "-hls_segment_filename", "/run/out/video-%05d.ts"],
      ],
    },
  ]);
});

test("H.265 gets the name that Apple plays", () => {
  const context = aContext({ video: { ...A_VIDEO, codec: "hevc" } });
  expect(onlyCommandOf(planOf("remux", {}, context)).outputs[0]?.options.join(" ")).toContain("-tag:v hvc1");
});

test.each([
  ["mp4", { audio: [{ ...AN_AUDIO, codec: "pcm_s16le" }] }],
  ["mp4", { video: { ...A_VIDEO, codec: "vp8" } }],
  ["hls", { video: { ...A_VIDEO, codec: "av1" } }],
])("what players do not know in %s is refused", (container, media) => {
  expect(planOf("remux", { container }, aContext(media))).toMatchObject({
    failure: { code: "CODEC_NOT_IN_CONTAINER" },
  });
});

test.each([
  ["mkv", "mp4"],
  ["ts", "mp4"],
  ["mp4", "hls"],
  ["flv", "mp4"],
])("%s becomes %s without a frame being encoded", async (ending, container) => {
  const dir = await scratchDir();
  const clip = await ffmpeg(
    ...[...counting(50), ...lavfi("sine=duration=2"), ...QUICK_H264, "-bf", "2", "-c:a", "aac"],
    ...["-ar", "44100", `${dir}/a.${ending}`],
  );
  const { path } = await carryOut("remux", { container }, clip);
  const frames = await frameTimes(path());
  expect(frames).toHaveLength(50);
  if (container === "mp4")
    expect(await probe(path())).toMatchObject({ video: { codec: "h264" }, audio: [{ codec: "aac" }] });
  else expect(await readFile(path(), "utf8")).toContain("#EXT-X-ENDLIST");
});

test("a phone's video stays upright, in HLS too", async () => {
  const dir = await scratchDir();
  const flat = await ffmpeg(...redLeftBlueRight("64x48"), ...QUICK_H264, `${dir}/flat.mp4`);
  const phone = await ffmpeg("-i", flat, "-c", "copy", "-metadata:s:v", "rotate=270", `${dir}/phone.mp4`);
  const mp4 = await carryOut("remux", {}, phone);
  expect((await probe(mp4.path())).video?.rotationDegrees).toBe(90);
  // MPEG-TS has no place for the turn.
  const hls = await carryOut("remux", { container: "hls" }, phone);
  expect(hls.names).toEqual(["video-00000.m4s", "video-init.mp4", "video.m3u8"]);
});

test("a song becomes an MP4 without its cover art", async () => {
  const dir = await scratchDir();
  const cover = await ffmpeg(...lavfi("color=green:size=32x32"), "-frames:v", "1", `${dir}/cover.png`);
  const song = await ffmpeg(
    ...[...lavfi("sine=duration=0.5"), "-i", cover, "-map", "0", "-map", "1", "-c:v", "copy"],
    ...["-disposition:v", "attached_pic", `${dir}/song.mp3`],
  );
  const { path, plan } = await carryOut("remux", {}, song);
  expect(plan.outputs).toMatchObject([{ role: "audio", name: "audio.mp4", contentType: "audio/mp4" }]);
  expect(await probe(path())).toMatchObject({ video: null, audio: [{ codec: "mp3" }], attachedPictureIndex: null });
});

test.each(["flac", "alac", "libopus"])("sound without loss stays as it is: %s in MP4", async (codec) => {
  const dir = await scratchDir();
  const song = await ffmpeg(...lavfi("sine=duration=0.5"), "-c:a", codec, `${dir}/song.mka`);
  const { path } = await carryOut("remux", {}, song);
  expect(await probe(path())).toMatchObject({ audio: [{ codec: codec.replace("lib", "") }] });
});

test("a stretch starts at the key frame before, and an MP4 tells players to skip to the second", async () => {
  const dir = await scratchDir();
  const clip = await ffmpeg(...counting(75), ...QUICK_H264, "-g", "25", `${dir}/a.mp4`);
  const { path } = await carryOut("remux", { startOffsetSeconds: 1.4, endOffsetSeconds: 2.4 }, clip);
  expect((await probe(path())).durationSeconds).toBeCloseTo(1, 1);
});
