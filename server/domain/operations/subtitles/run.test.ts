/** Subtitles by real ffmpeg: words where and when they should be, and nowhere else. */
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { ffmpeg, lavfi, probe, QUICK_H264, scratchDir } from "../../ffmpeg/test-media.ts";
import type { NamedFile } from "../../plan.ts";
import { carryOut } from "../test-plans.ts";

const run = promisify(execFile);

const SRT =
  "1\n00:00:01,000 --> 00:00:01,400\n안녕 你好\n\n2\n00:00:01,600 --> 00:00:01,800\n<b>Hello</b> {not a tag} <x>\n";

async function asset(dir: string, format: "srt" | "vtt" | "ass", text: string): Promise<Record<string, NamedFile>> {
  // A name that says something to a filter graph.
  const path = `${dir}/it's, [a];${format}:0`;
  await writeFile(path, text);
  return { words: { of: "asset", path, info: { kind: "subtitles", format } } };
}

/** A dark film with a track of words. */
async function film(dir: string, name: string, ...more: string[]): Promise<string> {
  await writeFile(`${dir}/words.srt`, SRT);
  const picture = lavfi("color=0x101010:size=320x180:rate=25:duration=2.4");
  return ffmpeg(
    ...[...picture, "-i", `${dir}/words.srt`, "-map", "0", "-map", "1", ...QUICK_H264, "-g", "20"],
    ...["-metadata:s:s:0", "language=kor", ...more, `${dir}/${name}`],
  );
}

/** Numbers of the frames that have something bright in the upper and in the lower half: `[first, last]` of each run. */
async function brightFrames(path: string, half: "upper" | "lower"): Promise<number[][]> {
  const y = half === "upper" ? "0" : "ih/2";
  const { stdout } = await run("ffmpeg", [
    ...["-loglevel", "error", "-i", path, "-map", "0:v"],
    ...["-vf", `crop=iw:ih/2:0:${y},signalstats,metadata=print:key=lavfi.signalstats.YMAX:file=-`, "-f", "null", "-"],
  ]);
  const bright = [...stdout.matchAll(/YMAX=(\d+)/g)].map(([, brightest]) => Number(brightest) > 150);
  const runs: number[][] = [];
  for (const [number, is] of bright.entries()) {
    if (is && bright[number - 1] !== true) runs.push([number, number]);
    else if (is) runs.at(-1)?.splice(1, 1, number);
  }
  return runs;
}

test("burnt-in words are seen during their cues, below, and neither before nor after", async () => {
  const dir = await scratchDir();
  const { path } = await carryOut("transcode", { burntSubtitles: [{}] }, await film(dir, "film.mkv", "-c:s", "srt"));
  expect(await brightFrames(path(), "lower")).toEqual([
    [25, 34],
    [40, 44],
  ]);
  expect(await brightFrames(path(), "upper")).toEqual([]);
});

test.each(["mkv", "ts"])("of a stretch, words keep their times, uploaded or not: %s", async (container) => {
  const dir = await scratchDir();
  const source =
    container === "mkv"
      ? await film(dir, "film.mkv", "-c:s", "srt")
      : await ffmpeg("-i", await film(dir, "film.mkv", "-c:s", "srt"), "-map", "0:v", "-c", "copy", `${dir}/film.ts`);
  const above = { words: { from: "file", assetId: "words" }, verticalPlace: "top" };
  const use = { startOffsetSeconds: 1.2, endOffsetSeconds: 2.2, framesPerSecond: 0 };
  const { path } = await carryOut(
    "transcode",
    {
      burntSubtitles: container === "mkv" ? [above, {}] : [above],
      ...{ startOffsetSeconds: use.startOffsetSeconds, endOffsetSeconds: use.endOffsetSeconds },
      video: { framesPerSecond: 25 },
    },
    source,
    await asset(dir, "srt", SRT),
  );
  const seen = [
    [0, 4],
    [10, 14],
  ];
  expect(await brightFrames(path(), "upper")).toEqual(seen);
  expect(await brightFrames(path(), "lower")).toEqual(container === "mkv" ? seen : []);
});

test("ASS keeps its looks and places, and opens nothing", async () => {
  const dir = await scratchDir();
  const script = [
    "[Script Info]\nScriptType: v4.00+\nPlayResX: 320\nPlayResY: 180\n",
    "[V4+ Styles]\nFormat: Name, Fontname, Fontsize, PrimaryColour, Alignment\nStyle: Default,/etc/passwd,40,&H0000FF,8\n",
    "[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text",
    "Dialogue: 0,0:00:00.00,0:00:02.00,Default,,0,0,0,,{\\fnhttp://127.0.0.1/f.ttf}MMMM",
  ].join("\n");
  const burntSubtitles = [{ words: { from: "file", assetId: "words" }, textColor: "#00ff00" }];
  const source = await film(dir, "film.mkv", "-c:s", "srt");
  const { path } = await carryOut("transcode", { burntSubtitles }, source, await asset(dir, "ass", script));
  const { stdout } = await run(
    "ffmpeg",
    [
      ...["-loglevel", "error", "-i", path(), "-frames:v", "1", "-vf", "crop=iw:ih/2:0:0,format=rgb24"],
      ...["-f", "rawvideo", "-"],
    ],
    { encoding: "buffer", maxBuffer: 2 ** 24 },
  );
  const reddest = Math.max(...stdout.filter((_, index) => index % 3 === 0));
  const greenest = Math.max(...stdout.filter((_, index) => index % 3 === 1));
  expect([reddest > 200, greenest < 100]).toEqual([true, true]);
});

test("tracks are kept with their languages and times, also of a stretch", async () => {
  const dir = await scratchDir();
  const source = await film(dir, "film.mp4", "-c:s", "mov_text");
  const params = { keepSubtitles: true, addedSubtitles: [{ assetId: "words", language: "zho" }] };
  const files = await asset(dir, "vtt", "WEBVTT\n\n00:00.100 --> 00:00.300\nover\n\n00:01.000 --> 00:01.400\nzh\n");
  const cuesOf = async (path: string, track: number) => {
    const vtt = await ffmpeg("-i", path, "-map", `0:s:${track}`, `${dir}/${track}.vtt`);
    return [...(await readFile(vtt, "utf8")).matchAll(/(\S+ --> \S+)\n(.+)/g)].map(([, ...parts]) => parts);
  };

  const whole = (await carryOut("transcode", params, source, files)).path();
  expect((await probe(whole)).subtitles).toMatchObject([
    { codec: "mov_text", language: "kor" },
    { codec: "mov_text", language: "zho" },
  ]);
  expect((await cuesOf(whole, 0))[0]).toEqual(["00:01.000 --> 00:01.400", "안녕 你好"]);

  const use = { startOffsetSeconds: 1.2, endOffsetSeconds: 2.2 };
  const stretch = (await carryOut("transcode", { ...params, ...use }, source, files)).path();
  expect((await cuesOf(stretch, 0)).map(([times]) => times)).toEqual([
    "00:00.000 --> 00:00.200",
    "00:00.400 --> 00:00.600",
  ]);
  expect(await cuesOf(stretch, 1)).toEqual([["00:00.000 --> 00:00.200", "zh"]]);
});

test("adaptive streams of a stretch: words in the picture and beside it, at the same times", async () => {
  const dir = await scratchDir();
  const source = await film(dir, "film.mkv", "-c:s", "srt");
  const params = {
    ...{ container: "dash", segmentType: "fmp4", segmentSeconds: 1, startOffsetSeconds: 1.2 },
    ...{ burntSubtitles: [{}], keepSubtitles: true, rungs: [{ video: { heightPx: 180 } }] },
  };
  const carried = await carryOut("adaptive-streaming", params, source);
  const read = (name: string) => readFile(join(carried.dir, name), "utf8");
  const stream = await ffmpeg(
    ...["-allowed_extensions", "ALL", "-i", join(carried.dir, "stream-video-1.m3u8"), "-c", "copy", `${dir}/a.mkv`],
  );
  expect(await brightFrames(stream, "lower")).toEqual([
    [0, 4],
    [10, 14],
  ]);
  expect((await read("stream-subtitles-1.vtt")).match(/\S+ --> \S+/g)).toEqual([
    "00:00:00.000 --> 00:00:00.200",
    "00:00:00.400 --> 00:00:00.600",
  ]);
  expect(await read("stream-subtitles-1.m3u8")).toContain("#EXTINF:1.200000,\nstream-subtitles-1.vtt\n#EXT-X-ENDLIST");
  const master = await read("stream.m3u8");
  expect(master).toContain(
    '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subtitles",NAME="한국어",LANGUAGE="ko",DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,' +
      'URI="stream-subtitles-1.m3u8"',
  );
  expect(master).toMatch(/#EXT-X-STREAM-INF:.*,SUBTITLES="subtitles"\nstream-video-1\.m3u8/);
  expect((await read("stream.mpd")).replaceAll(/\n\s*/g, "")).toContain(
    '<AdaptationSet id="1" contentType="text" lang="ko"><Role schemeIdUri="urn:mpeg:dash:role:2011" value="subtitle"/>' +
      "<Label>한국어</Label>" +
      '<Representation id="subtitles-1" mimeType="text/vtt" bandwidth="1000"><BaseURL>stream-subtitles-1.vtt</BaseURL>',
  );
});
