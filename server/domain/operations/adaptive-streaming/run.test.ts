/** Adaptive streams by real ffmpeg: what no argument array can show. */
import { execFile } from "node:child_process";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import {
  colourAt,
  counting,
  EXACT_H264,
  ffmpeg,
  frameShownBy,
  frameTimes,
  lavfi,
  looksRed,
  probe,
  QUICK_H264,
  redLeftBlueRight,
  scratchDir,
} from "../../ffmpeg/test-media.ts";
import { type Carried, carryOut } from "../test-plans.ts";

const run = promisify(execFile);

/** Everything a stream can be packed as. */
const PACKINGS = [
  { container: "hls", segmentType: "ts" },
  { container: "hls", segmentType: "fmp4" },
  { container: "dash", segmentType: "fmp4" },
];

interface PlayedStream {
  codec_type: string;
  codec_name: string;
  width?: number;
  height?: number;
  nb_read_frames: string;
  level?: number;
  color_transfer?: string;
  tags?: { language?: string; variant_bitrate?: string };
}

async function show(manifestPath: string, ...args: string[]): Promise<PlayedStream[]> {
  // Of DASH, ffmpeg asks for no extensions, and refuses the option.
  const extensions = manifestPath.endsWith(".m3u8") ? ["-allowed_extensions", "ALL"] : [];
  const { stdout } = await run("ffprobe", [
    ...["-loglevel", "error", ...extensions, "-print_format", "json", "-show_streams", ...args, manifestPath],
  ]);
  return JSON.parse(stdout).streams;
}

/**
 * Reads a manifest and everything it leads to, as a player would, and counts what can be decoded. One stream after the
 * other: ffmpeg's reader of DASH stops all of them when one has ended.
 */
async function play(manifestPath: string): Promise<PlayedStream[]> {
  const streams = await show(manifestPath);
  return Promise.all(
    streams.map(async (stream, index) => {
      const played = await show(manifestPath, "-count_frames", "-select_streams", String(index));
      return played[0] ?? stream;
    }),
  );
}

/** Lengths of a stream's segments, as its playlist tells them. */
async function cutsOf({ dir }: Carried, name: string): Promise<number[]> {
  const playlist = await readFile(join(dir, `stream-${name}.m3u8`), "utf8");
  return [...playlist.matchAll(/#EXTINF:([\d.]+)/g)].map(([, seconds]) => Number(seconds));
}

/** Bits per second of a stream's files, one by one and together. */
async function ratesOf(carried: Carried, name: string): Promise<{ segments: number[]; average: number }> {
  const seconds = await cutsOf(carried, name);
  const files = carried.names.filter((one) => one.startsWith(`stream-${name}-0`));
  const bits = await Promise.all(files.map(async (file) => 8 * (await stat(join(carried.dir, file))).size));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return { segments: seconds.map((length, index) => (bits[index] ?? 0) / length), average: sum(bits) / sum(seconds) };
}

/** Time and kind of a segment's first frame, read by itself: what a player that changes over to it meets. */
async function firstFrameOf({ dir, names }: Carried, segment: string): Promise<{ key: boolean; seconds: number }> {
  const init = segment.replace(/-\d+\.m4s$/, "-init.mp4");
  const alone = join(dir, "alone.bin");
  const parts = names.includes(init) ? [init, segment] : [segment];
  await writeFile(alone, Buffer.concat(await Promise.all(parts.map((part) => readFile(join(dir, part))))));
  const { stdout } = await run("ffprobe", [
    ...["-loglevel", "error", "-select_streams", "v:0", "-read_intervals", "%+#1"],
    ...["-show_entries", "packet=pts_time,flags", "-print_format", "csv=p=0", alone],
  ]);
  const [seconds, flags = ""] = stdout.trim().split(",");
  return { key: flags.startsWith("K"), seconds: Number(seconds) };
}

describe.each(PACKINGS)("$container of $segmentType", (packing) => {
  const fragmented = packing.segmentType === "fmp4";

  test("plays every frame of every rung, in its size, with each track in its language", async () => {
    const dir = await scratchDir();
    const film = await ffmpeg(
      ...[...lavfi("testsrc2=size=320x180:rate=24:duration=5"), ...lavfi("sine=440:duration=5")],
      ...[...lavfi("sine=880:duration=5"), "-map", "0", "-map", "1", "-map", "2", ...QUICK_H264, "-c:a", "aac"],
      ...["-metadata:s:a:0", "language=eng", "-metadata:s:a:1", "language=kor", `${dir}/film.mp4`],
    );
    const rungs = [90, 120, 180, 360].map((heightPx) => ({ video: { heightPx, bitrateKbps: heightPx } }));
    const carried = await carryOut("adaptive-streaming", { ...packing, segmentSeconds: 2, rungs }, film);
    const streams = await play(carried.path());
    const pictures = streams.filter((stream) => stream.codec_type === "video");
    expect(pictures.map(({ width, height, nb_read_frames }) => [width, height, nb_read_frames])).toEqual([
      [160, 90, "120"],
      [214, 120, "120"],
      [320, 180, "120"],
    ]);
    const sounds = streams.filter((stream) => stream.codec_type === "audio");
    expect(sounds.map(({ tags }) => tags?.language)).toEqual(["en", "ko"]);
    // 5 s at 44.1 kHz, in frames of 1024, and one of an encoder's first silence.
    for (const { nb_read_frames } of sounds) expect(Number(nb_read_frames)).toBeGreaterThanOrEqual(216);
    const { parts } = carried.plan.outputs[0] ?? {};
    expect(carried.names.filter((name) => !name.startsWith(parts?.prefix ?? "?"))).toEqual([]);
  });

  test("begins every segment of every rung with a key frame, at the same time, whatever the scenes and codecs", async () => {
    const dir = await scratchDir();
    // A new scene every 0.7 s, which encoders would make key frames of.
    const scenes = "testsrc2=size=128x72:rate=30000/1001:duration=4.6,negate=enable='lt(mod(t,1.4),0.7)'";
    const clip = await ffmpeg(...lavfi(scenes), ...QUICK_H264, `${dir}/a.mkv`);
    const rungs = [
      { video: { heightPx: 36, bFrames: 0, bitrateKbps: 60 } },
      { video: { heightPx: 54, rateMode: "cbr", bitrateKbps: 200 } },
      { video: { heightPx: 72, codec: "h265" } },
    ];
    const carried = await carryOut("adaptive-streaming", { ...packing, segmentSeconds: 1, rungs }, clip);
    const keys = [];
    for (const rung of [1, 2, 3]) {
      const name = `stream-video-${rung}`;
      expect(await cutsOf(carried, `video-${rung}`)).toEqual([1.001, 1.001, 1.001, 1.001, expect.closeTo(0.6, 1)]);
      const segments = carried.names.filter((one) => one.startsWith(`${name}-0`));
      const firsts = await Promise.all(segments.map((segment) => firstFrameOf(carried, segment)));
      expect(firsts.every(({ key }) => key)).toBe(true);
      const times = await frameTimes(join(carried.dir, `${name}.m3u8`), "key");
      keys.push(times.map((time) => time - (fragmented ? 0 : 1.4)));
    }
    const [lowest = []] = keys;
    expect(lowest).toHaveLength(5);
    for (const rung of keys)
      for (const [index, time] of rung.entries()) expect(time).toBeCloseTo(lowest[index] ?? -1, 3);
  });

  test("tells truthfully what each variant costs and needs", async () => {
    const dir = await scratchDir();
    // A still picture, then noise: the average says little about the dearest segment.
    const noise = "nullsrc=size=128x72:rate=25:duration=4,geq=random(1)*255*gte(T\\,3):128:128";
    const clip = await ffmpeg(...lavfi(noise), ...lavfi("sine=duration=4"), ...QUICK_H264, `${dir}/a.mp4`);
    const rungs = [
      { video: { heightPx: 36, profile: "baseline" } },
      { video: { heightPx: 72, codec: "h265" } },
      { video: null },
    ];
    const carried = await carryOut("adaptive-streaming", { ...packing, segmentSeconds: 1, rungs }, clip);
    const master = await readFile(join(carried.dir, "stream.m3u8"), "utf8");
    const variants = [
      ...master.matchAll(/#EXT-X-STREAM-INF:BANDWIDTH=(\d+),AVERAGE-BANDWIDTH=(\d+),CODECS="([^"]+)"/g),
    ];
    expect(variants.map(([, , , codecs]) => codecs)).toEqual([
      // Profile and level as x264 and x265 wrote them; ffprobe agrees below.
      "avc1.42c00a,mp4a.40.2",
      "hvc1.1.6.L30.90,mp4a.40.2",
      "mp4a.40.2",
    ]);
    const levels = (await play(join(carried.dir, "stream.m3u8"))).flatMap(({ codec_type, level }) =>
      codec_type === "video" ? [level] : [],
    );
    expect(levels).toEqual([10, 30]);
    for (const [index, [, peak, average]] of variants.slice(0, 2).entries()) {
      const video = await ratesOf(carried, `video-${index + 1}`);
      const audio = await ratesOf(carried, "audio-1-1");
      // Sound ends with a scrap of a segment, which counts together with the one before.
      const dearest = Math.max(...video.segments) + Math.max(...audio.segments.slice(0, 4));
      expect(Math.abs(Number(peak) / dearest - 1)).toBeLessThan(0.05);
      expect(Math.abs(Number(average) / (video.average + audio.average) - 1)).toBeLessThan(0.001);
      expect(Number(average)).toBeLessThan(0.9 * Number(peak));
    }
  });

  test("keeps sound and picture together, when either begins late or ends early", async () => {
    const dir = await scratchDir();
    // At second 2 a flash and a beep.
    const flash = await ffmpeg(
      ...lavfi("color=black:size=64x64:rate=25:duration=4,drawbox=color=white:t=fill:enable='between(t,2,2.5)'"),
      ...[...QUICK_H264, "-bf", "2", `${dir}/flash.mp4`],
    );
    const beep = await ffmpeg(...lavfi("aevalsrc=sin(5000*t)*between(t\\,2\\,2.5):duration=4"), `${dir}/beep.wav`);
    const together = ["-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", "aac"];
    const lateSound = ["-i", flash, "-itsoffset", "0.5", "-ss", "0.5", "-i", beep, ...together];
    const latePicture = [...["-itsoffset", "0.6", "-i", flash, "-itsoffset", "0.6", "-i", beep], ...together];
    const shortSound = ["-i", flash, "-t", "3", "-i", beep, ...together];
    for (const [index, source] of [lateSound, latePicture, shortSound].entries()) {
      const clip = await ffmpeg(...source, `${dir}/${index}.mkv`);
      const rungs = [{ video: { heightPx: 32 } }, { video: { heightPx: 64, bFrames: 0 } }];
      const carried = await carryOut("adaptive-streaming", { ...packing, segmentSeconds: 1, rungs }, clip);
      const played = await ffmpeg(
        ...[...(packing.container === "hls" ? ["-allowed_extensions", "ALL"] : []), "-i", carried.path()],
        ...[
          "-map",
          "0:v",
          "-map",
          "0:a:0",
          "-c:v",
          "ffv1",
          "-c:a",
          "pcm_s16le",
          "-copyts",
          `${dir}/${index}-played.mkv`,
        ],
      );
      const beepSeconds = await firstSoundIn(played);
      for (const stream of [0, 1]) {
        const flashSeconds = await firstLightIn(played, stream);
        expect(Math.abs(flashSeconds - beepSeconds), `source ${index}, rung ${stream}`).toBeLessThan(0.045);
      }
    }
  });
});

async function firstLightIn(path: string, stream: number): Promise<number> {
  const { stdout } = await run("ffprobe", [
    ...["-loglevel", "error", "-f", "lavfi", "-i", `movie=${path}:si=${stream},signalstats`],
    ...["-show_entries", "frame=pts_time:frame_tags=lavfi.signalstats.YAVG", "-print_format", "csv=p=0"],
  ]);
  const bright = stdout.split("\n").find((line) => Number(line.split(",")[1]) > 128);
  return Number(bright?.split(",")[0]);
}

async function firstSoundIn(path: string): Promise<number> {
  const { stdout } = await run("ffprobe", [
    ...["-loglevel", "error", "-f", "lavfi", "-i", `amovie=${path},asetnsamples=64,astats=metadata=1:reset=1`],
    ...["-show_entries", "frame=pts_time:frame_tags=lavfi.astats.Overall.Peak_level", "-print_format", "csv=p=0"],
  ]);
  const loud = stdout.split("\n").find((line) => Number(line.split(",")[1]) > -12);
  return Number(loud?.split(",")[0]);
}

test("a long film at television's odd rate is never cut a frame early, which would double a segment", async () => {
  const dir = await scratchDir();
  const clip = await ffmpeg(
    ...lavfi("testsrc2=size=32x32:rate=24000/1001:duration=130"),
    ...[...QUICK_H264, `${dir}/a.mp4`],
  );
  const carried = await carryOut("adaptive-streaming", { segmentSeconds: 1, rungs: [{ audio: null }] }, clip);
  const cuts = await cutsOf(carried, "video-1");
  expect(cuts.length).toBeGreaterThan(120);
  expect(Math.max(...cuts)).toBeLessThan(1.05);
  expect(Math.min(...cuts.slice(0, -1))).toBeGreaterThanOrEqual(1);
});

test("slides that stand for seconds are still cut on time, and shown as long", async () => {
  const dir = await scratchDir();
  const slides = await ffmpeg(
    ...[...counting(75), ...lavfi("sine=duration=5"), "-vf", "select='eq(n,0)+eq(n,5)+eq(n,70)'"],
    ...["-fps_mode", "vfr", ...QUICK_H264, `${dir}/slides.mkv`],
  );
  const carried = await carryOut("adaptive-streaming", { segmentSeconds: 1, rungs: [{}] }, slides);
  for (const seconds of (await cutsOf(carried, "video-1")).slice(0, -1)) expect(seconds).toBeLessThanOrEqual(2);
  const played = (await cutsOf(carried, "video-1")).reduce((sum, seconds) => sum + seconds, 0);
  expect(Math.abs(played - 5)).toBeLessThan(0.5);
});

test.each(["mp4", "ts"])("a stretch begins at its first frame and lasts as long as asked: %s", async (container) => {
  const dir = await scratchDir();
  const clip = await ffmpeg(
    ...[...counting(50), ...lavfi("sine=duration=2"), ...EXACT_H264, "-g", "20", `${dir}/counting.${container}`],
  );
  const use = { startOffsetSeconds: 0.6, endOffsetSeconds: 1.8, segmentSeconds: 1 };
  const rungs = [{ video: { rateMode: "crf", crf: 4 } }];
  const carried = await carryOut("adaptive-streaming", { ...use, segmentType: "fmp4", rungs }, clip);
  const played = await ffmpeg("-allowed_extensions", "ALL", "-i", carried.path(), "-c", "copy", `${dir}/played.mkv`);
  expect(await frameShownBy(played)).toBe(15);
  expect(await frameTimes(played)).toHaveLength(30);
  for (const name of ["video-1", "audio-1-1"]) {
    const seconds = (await cutsOf(carried, name)).reduce((sum, one) => sum + one, 0);
    expect(Math.abs(seconds - 1.2), name).toBeLessThan(0.05);
  }
});

test("each rung has its own filling, upright as the source", async () => {
  const dir = await scratchDir();
  const flat = await ffmpeg(...redLeftBlueRight("128x72"), ...QUICK_H264, `${dir}/flat.mp4`);
  const phone = await ffmpeg("-i", flat, "-c", "copy", "-metadata:s:v", "rotate=270", `${dir}/phone.mp4`);
  const rungs = ["gauss", "white", "gauss"].map((fill, index) => ({
    video: { widthPx: 64 + 2 * index, heightPx: 64 + 2 * index, fill },
  }));
  const carried = await carryOut("adaptive-streaming", { rungs }, phone);
  const [first, second, third] = [1, 2, 3].map((rung) => join(carried.dir, `stream-video-${rung}-00000.ts`));
  for (const path of [first, third]) expect(looksRed(await colourAt(path ?? "", 4, 4))).toBe(true);
  expect((await colourAt(second ?? "", 4, 4)).every((part) => part > 240)).toBe(true);
  expect((await probe(third ?? "")).video).toMatchObject({ widthPx: 68, heightPx: 68 });
});

test("HDR stays HDR where it is to, and the playlist says so", async () => {
  const dir = await scratchDir();
  const hdr = await ffmpeg(
    ...[...lavfi("testsrc2=size=64x64:rate=25:duration=0.4"), "-c:v", "libx265", "-x265-params", "log-level=error"],
    ...["-pix_fmt", "yuv420p10le", "-color_primaries", "bt2020", "-color_trc", "smpte2084"],
    ...["-colorspace", "bt2020nc", `${dir}/hdr.mp4`],
  );
  const rungs = [{ video: { codec: "h265", preserveHdr: true } }, { video: {} }];
  const { path } = await carryOut("adaptive-streaming", { segmentType: "fmp4", rungs }, hdr);
  const master = await readFile(path(), "utf8");
  expect(master).toMatch(/CODECS="hvc1\.2\.4\.L30\.90",.*VIDEO-RANGE=PQ/);
  expect(master).toMatch(/CODECS="avc1\.[0-9a-f]{6}",.*VIDEO-RANGE=SDR/);
  expect((await show(path())).map(({ color_transfer }) => color_transfer)).toEqual(["smpte2084", "bt709"]);
});
