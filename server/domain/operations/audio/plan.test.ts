import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ffmpeg, lavfi, probe, QUICK_H264, scratchDir } from "../../ffmpeg/test-media.ts";
import { AN_AUDIO, aContext, carryOut, onlyCommandOf, planOf } from "../test-plans.ts";
import { audioParams } from "./schema.ts";

test("the whole plan of an M4A", () => {
  const plan = planOf("audio", { bitrateKbps: 96, sampleRateHz: 44_100, startOffsetSeconds: -5 }, aContext());
  expect(plan).toEqual({
    ok: true,
    value: {
      commands: [
        {
          inputs: [{ path: "/run/source", options: ["-ss", "20"] }],
          globals: [],
          outputs: [
            {
              path: "/run/out/audio.m4a",
              options: [
                ...["-t", "5", "-map", "0:1", "-c:a", "aac", "-b:a", "96k", "-ar", "44100", "-ac", "2"],
                ...["-map_chapters", "-1", "-movflags", "+faststart", "-f", "mp4"],
              ],
            },
          ],
          expectedSeconds: 5,
        },
      ],
      files: [],
      outputs: [
        {
          role: "audio",
          name: "audio.m4a",
          contentType: "audio/mp4",
          parts: null,
          probe: true,
          facts: { container: "m4a", audioCodec: "aac", durationSeconds: 5 },
        },
      ],
      setsCover: false,
    },
  });
});

test.each([
  ["mp3", {}, ["-c:a", "libmp3lame", "-b:a", "128k", "-ac", "2", "-map_chapters", "-1", "-f", "mp3"]],
  ["flac", { channels: 0 }, ["-c:a", "flac", "-map_chapters", "-1", "-f", "flac"]],
  ["ogg", { channels: 1 }, ["-c:a", "libopus", "-b:a", "64k", "-ac", "1", "-map_chapters", "-1", "-f", "ogg"]],
  [
    "wav",
    { sampleRateHz: 16_000 },
    ["-c:a", "pcm_s16le", "-ar", "16000", "-ac", "2", "-map_chapters", "-1", "-f", "wav"],
  ],
])("%s holds its usual codec", (container, params, args) => {
  const command = onlyCommandOf(planOf("audio", { container, ...params }, aContext()));
  expect(command.outputs).toEqual([{ path: `/run/out/audio.${container}`, options: ["-map", "0:1", ...args] }]);
});

test("HLS of sound alone", async () => {
  const wish = { container: "hls", bitrateKbps: 128, hlsSegmentSeconds: 4 };
  const plan = planOf("audio", wish, aContext());
  expect(onlyCommandOf(plan).outputs).toEqual([
    {
      path: "/run/out/audio.m3u8",
      options: [
        ...["-map", "0:1", "-c:a", "aac", "-b:a", "128k", "-ac", "2"],
        ...["-map_metadata", "-1", "-map_chapters", "-1", "-f", "hls", "-hls_time", "4"],
        ...["-hls_playlist_type", "vod", "-hls_list_size", "0", "-hls_flags", "independent_segments"],
        ...["-hls_segment_type", "mpegts", "-hls_segment_filename", "/run/out/audio-%05d.ts"],
      ],
    },
  ]);
  expect(plan).toMatchObject({
    value: {
      outputs: [
        {
          ...{ role: "playlist", name: "audio.m3u8", parts: { prefix: "audio-", suffix: "" } },
          facts: { container: "hls", audioCodec: "aac", durationSeconds: 25 },
        },
      ],
    },
  });

  const dir = await scratchDir();
  const song = await ffmpeg(...lavfi("sine=duration=5"), `${dir}/song.mp3`);
  const { names, path, dir: out } = await carryOut("audio", wish, song);
  expect(names).toEqual(["audio-00000.ts", "audio-00001.ts", "audio.m3u8"]);
  expect((await readFile(path(), "utf8")).trimEnd().endsWith("#EXT-X-ENDLIST")).toBe(true);
  expect(await probe(join(out, "audio-00001.ts"))).toMatchObject({ video: null, audio: [{ codec: "aac" }] });
});

test.each(["m4a", "mp3", "flac", "ogg", "wav"])(
  "%s is written from a video with 5.1 sound, and from a song with a cover",
  async (container) => {
    const dir = await scratchDir();
    const cover = await ffmpeg(...lavfi("color=green:size=32x32"), "-frames:v", "1", `${dir}/cover.png`);
    const film = await ffmpeg(
      ...[...lavfi("color=size=32x32:duration=0.5"), ...lavfi("sine=duration=0.5"), ...QUICK_H264],
      ...["-c:a", "aac", "-ac", "6", "-ar", "48000", `${dir}/film.mp4`],
    );
    const song = await ffmpeg(
      ...[...lavfi("sine=duration=0.5"), "-i", cover, "-map", "0", "-map", "1", "-c:v", "copy"],
      ...["-disposition:v", "attached_pic", "-metadata", "title=Song", `${dir}/song.mp3`],
    );
    for (const source of [film, song]) {
      const { path, plan } = await carryOut("audio", { container, channels: 0 }, source);
      const info = await probe(path());
      expect(info).toMatchObject({ video: null, attachedPictureIndex: null, audio: [{}] });
      expect(info.durationSeconds).toBeCloseTo(plan.outputs[0]?.facts.durationSeconds ?? 0, 0);
    }
  },
);

test("of several tracks the default one is taken", () => {
  const audio = [
    { ...AN_AUDIO, isDefault: false },
    { ...AN_AUDIO, index: 2, language: "kor" },
  ];
  expect(onlyCommandOf(planOf("audio", {}, aContext({ audio }))).outputs[0]?.options).toEqual(
    expect.arrayContaining(["-map", "0:2", "-metadata:s:a:0", "language=kor"]),
  );
});

test("a silent film has no sound to take", () => {
  expect(planOf("audio", {}, aContext({ audio: [] }))).toMatchObject({ failure: { code: "NO_AUDIO_STREAM" } });
});

test.each([
  [{ container: "mp3", codec: "aac" }, "codec", "codecNotInContainer"],
  [{ container: "flac", bitrateKbps: 320 }, "bitrateKbps", "noBitrateForLossless"],
  [{ container: "ogg", sampleRateHz: 44_100 }, "sampleRateHz", "sampleRateNotInCodec"],
  [{ loudnessTargetLufs: -14 }, "loudnessTargetLufs", "onlyWithLoudness"],
  [{ loudness: "ebu-r128", gainDb: 3 }, "gainDb", "gainOrLoudness"],
  [{ container: "hls", codec: "mp3" }, "codec", "codecNotInContainer"],
  [{ hlsSegmentSeconds: 4 }, "hlsSegmentSeconds", "onlyForHls"],
  [{ container: "mp3", channels: 6 }, "channels", "tooManyChannels"],
])("%j is refused by name", (params, path, message) => {
  const issues = audioParams.safeParse(params).error?.issues.map((issue) => [issue.path.join("."), issue.message]);
  expect(issues).toEqual([[path, message]]);
});
