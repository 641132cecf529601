/** Composing by real ffmpeg: what is seen and heard where and when, which no argument array can show. */
import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import {
  coloursAt,
  counting,
  EXACT_H264,
  ffmpeg,
  frameTimes,
  lavfi,
  probe,
  QUICK_H264,
  scratchDir,
} from "../../ffmpeg/test-media.ts";
import { still } from "../../modifiers/watermark/test-marks.ts";
import type { NamedFile } from "../../plan.ts";
import { carryOut } from "../test-plans.ts";

type Colour = [number, number, number];

async function named(path: string): Promise<NamedFile> {
  return { of: "media", path, info: await probe(path) };
}

/** A film of one colour with a tone, ten frames a second. */
function film(path: string, colour: string, seconds: number, { size = "64x48", hz = 440 } = {}): Promise<string> {
  return ffmpeg(
    ...lavfi(`color=${colour}:size=${size}:rate=10:duration=${seconds}`),
    ...lavfi(`sine=frequency=${hz}:sample_rate=48000:duration=${seconds}`),
    ...[...QUICK_H264, "-crf", "4", "-c:a", "aac", "-ac", "2", path],
  );
}

const NAMES: Record<string, Colour> = {
  R: [255, 0, 0],
  B: [0, 0, 255],
  G: [0, 128, 0],
  K: [0, 0, 0],
  W: [255, 255, 255],
};

/** What each frame shows at a place, by letters; `?` is a mixture. */
async function shown(path: string, xPx: number, yPx: number): Promise<string> {
  return (await coloursAt(path, xPx, yPx))
    .map((colour) => {
      const found = Object.entries(NAMES).find(([, wanted]) =>
        wanted.every((part, n) => Math.abs(part - (colour[n] ?? -99)) < 20),
      );
      return found?.[0] ?? "?";
    })
    .join("");
}

/** Loudness between two moments, in decibels; silence is far below -60. */
async function loudness(path: string, from: number, seconds: number, filters = "anull"): Promise<number> {
  const log = `${await scratchDir()}/levels.txt`;
  const print = `ametadata=print:key=lavfi.astats.Overall.RMS_level:file=${log}`;
  const cut = `atrim=start=${from}:duration=${seconds}`;
  await ffmpeg("-i", path, "-vn", "-af", `${filters},${cut},astats=metadata=1:reset=0,${print}`, "-f", "null", "-");
  const last = [...(await readFile(log, "utf8")).matchAll(/RMS_level=(\S+)/g)].at(-1)?.[1];
  return last === "-inf" ? -200 : Number(last);
}
const only = (hz: number) => `bandpass=f=${hz}:width_type=h:w=60,bandpass=f=${hz}:width_type=h:w=60`;

const QUIET = -45;

test("clips, gaps and transitions of a track follow one another to the frame, picture and sound", async () => {
  const dir = await scratchDir();
  const [red, blue] = await Promise.all([
    film(`${dir}/red.mp4`, "red", 2),
    film(`${dir}/blue.mp4`, "blue", 2, { hz: 1760 }),
  ]);
  const clips = [
    { durationSeconds: 0.8 },
    { mediaId: "blue", gapBeforeSeconds: 0.3, durationSeconds: 1 },
    { startSeconds: 1, durationSeconds: 1, transition: { style: "dissolve", seconds: 0.4 } },
    { mediaId: "blue", startSeconds: 0.5, durationSeconds: 1, transition: { style: "fade", seconds: 0.4 } },
  ];
  const canvas = { canvasColor: "#008000" };
  const { path } = await carryOut("compose", { canvas, videoTracks: [{ clips }] }, red, { blue: await named(blue) });
  // 0.8 + 0.3 + 1 - 0.4 + 1 - 0.4 + 1 s.
  expect(await shown(path(), 32, 24)).toBe("RRRRRRRRGGGBBBBBB????RR????BBBBBB");
  expect(await frameTimes(path())).toEqual(Array.from({ length: 33 }, (_, n) => n / 10));
  expect(await probe(path())).toMatchObject({
    video: { codec: "h264", widthPx: 64, heightPx: 48, framesPerSecond: 10, pixelFormat: "yuv420p" },
    audio: [{ codec: "aac", channels: 2, sampleRateHz: 48_000 }],
  });
  // From red to blue by way of both, and by way of the canvas.
  const colours = await coloursAt(path(), 32, 24);
  const melt = colours.slice(17, 21).map(([red, green, blue]) => [red, green, blue]);
  for (const [index, [red = 0, green = 0, blue = 0]] of melt.entries()) {
    const share = (index + 0.5) / 4;
    expect(Math.abs(red - 255 * share), `red of ${melt}`).toBeLessThan(14);
    expect(Math.abs(blue - 255 * (1 - share)), `blue of ${melt}`).toBeLessThan(14);
    expect(green).toBeLessThan(16);
  }
  for (const index of [24, 25]) expect(colours[index]?.[1], `${colours[index]}`).toBeGreaterThan(80);

  expect(await loudness(path(), 0.05, 0.7, only(440))).toBeGreaterThan(-30);
  expect(await loudness(path(), 0.85, 0.2)).toBeLessThan(-60);
  expect(await loudness(path(), 1.15, 0.5, only(1760))).toBeGreaterThan(-30);
  expect(await loudness(path(), 1.15, 0.5, only(440))).toBeLessThan(QUIET);
  // Amid the dissolve both are heard, about as loud together as each alone.
  const alone = await loudness(path(), 1.2, 0.4);
  expect(Math.abs((await loudness(path(), 1.75, 0.3)) - alone)).toBeLessThan(2);
  expect(await loudness(path(), 1.85, 0.1, only(440))).toBeGreaterThan(-35);
  expect(await loudness(path(), 1.85, 0.1, only(1760))).toBeGreaterThan(-35);
});

test("later tracks lie on earlier ones, each at its place and size, and the canvas is seen where nothing is", async () => {
  const dir = await scratchDir();
  const [red, blue] = await Promise.all([
    film(`${dir}/red.mp4`, "red", 1, { size: "64x64" }),
    film(`${dir}/blue.mp4`, "blue", 1, { size: "96x48" }),
  ]);
  const width = (value: number) => ({ value, unit: "px" });
  const videoTracks = [
    { clips: [{}] },
    {
      clips: [
        {
          ...{ mediaId: "blue", gapBeforeSeconds: 0.4, durationSeconds: 0.4, shownWidth: width(40) },
          ...{ fromMiddleX: { value: -25, unit: "percent" }, fromMiddleY: width(16) },
        },
      ],
    },
  ];
  const canvas = { canvasWidthPx: 160, canvasHeightPx: 96, canvasColor: "#ffffff" };
  const { path } = await carryOut("compose", { canvas, videoTracks }, red, { blue: await named(blue) });
  expect((await probe(path())).video).toMatchObject({ widthPx: 160, heightPx: 96 });
  // The square fills the height, in the middle.
  expect(await shown(path(), 100, 10)).toBe("RRRRRRRRRR");
  expect(await shown(path(), 10, 10)).toBe("WWWWWWWWWW");
  expect(await shown(path(), 140, 48)).toBe("WWWWWWWWWW");
  // 40 × 20 around 40,64: on canvas and square, and above the one below.
  for (const [x, y] of [
    [22, 57],
    [40, 64],
    [54, 70],
  ] as const)
    expect((await shown(path(), x, y)).slice(4, 8), `${x},${y}`).toBe("BBBB");
  expect(await shown(path(), 40, 46)).toBe("RRRRRRRRRR");
  expect(await shown(path(), 22, 64)).toBe("WWWWBBBBWW");
});

test("ten tracks are seen at once, each on the ones before, although few are decoded at a time", async () => {
  const dir = await scratchDir();
  const [red, blue] = await Promise.all([film(`${dir}/red.mp4`, "red", 1), film(`${dir}/blue.mp4`, "blue", 1)]);
  const px = (value: number) => ({ value, unit: "px" });
  // Stairs of 32 × 24 down to the right, each half over the one before.
  const videoTracks = Array.from({ length: 10 }, (_, index) => ({
    clips: [
      {
        ...{ mediaId: index % 2 === 0 ? null : "blue", durationSeconds: 0.5, volumePercent: 0, shownWidth: px(32) },
        ...{ fromMiddleX: px(16 * index - 72), fromMiddleY: px(12 * index - 54) },
      },
    ],
  }));
  const canvas = { canvasWidthPx: 176, canvasHeightPx: 132, canvasColor: "#ffffff" };
  const { path, plan } = await carryOut("compose", { canvas, videoTracks }, red, { blue: await named(blue) });
  expect(Math.max(...plan.commands.map(({ inputs }) => inputs.length))).toBeLessThanOrEqual(5);
  for (let index = 0; index < 10; index++)
    expect(await shown(path(), 16 * index + 4, 12 * index + 4), String(index)).toBe(
      (index % 2 === 0 ? "R" : "B").repeat(5),
    );
  expect(await shown(path(), 140, 10)).toBe("WWWWW");
});

test("stickers lie on everything at their time, see-through where they are, and need not meet the cuts of clips", async () => {
  const dir = await scratchDir();
  const [red, blue, moving] = await Promise.all([
    film(`${dir}/red.mp4`, "red", 1),
    film(`${dir}/blue.mp4`, "blue", 1),
    ffmpeg(
      ...lavfi(
        "color=white:size=8x8:rate=5:duration=0.4,format=rgba,geq=r='255*eq(N,0)':g='255*eq(N,0)':b='255*eq(N,0)':a=255",
      ),
      ...["-f", "apng", "-plays", "0", `${dir}/moving.png`],
    ),
  ]);
  const half = await ffmpeg(
    ...lavfi("color=white:size=16x16,format=rgba,geq=r=255:g=255:b=255:a='255*lt(Y,8)'"),
    ...["-frames:v", "1", `${dir}/half.png`],
  );
  const { logo } = await still(`${dir}/logo.png`, "#ffffff", [16, 16]);
  const info = { kind: "image", format: "png", widthPx: 16, heightPx: 16, durationSeconds: 0 } as const;
  const files: Record<string, NamedFile> = {
    blue: await named(blue),
    ...(logo === undefined ? {} : { logo }),
    half: { of: "asset", path: half, info },
    moving: {
      ...{ of: "asset", path: moving },
      info: { ...info, format: "apng", widthPx: 8, heightPx: 8, durationSeconds: 0.4 },
    },
  };
  const at = (x: number, y: number) => ({ fromMiddleX: { value: x }, fromMiddleY: { value: y } });
  const px = (value: number) => ({ value, unit: "px" });
  const stickerTracks = [
    {
      stickers: [
        { assetId: "logo", appearsAtSeconds: 0.3, lastsSeconds: 0.4, shownWidth: px(16), ...at(-24, -16) },
        { assetId: "half", appearsAtSeconds: 0.8, lastsSeconds: 0.7, shownWidth: px(16), ...at(-24, 16) },
      ],
    },
    {
      stickers: [{ assetId: "moving", appearsAtSeconds: 0.4, lastsSeconds: 1.2, shownWidth: px(16), ...at(24, -16) }],
    },
    { stickers: [{ mediaId: "blue", appearsAtSeconds: 0, lastsSeconds: 1.8, shownWidth: px(16), ...at(24, 16) }] },
  ];
  const clips = [{}, { mediaId: "blue", durationSeconds: 0.8 }];
  const { path } = await carryOut("compose", { videoTracks: [{ clips }], stickerTracks }, red, files);
  expect(await shown(path(), 32, 24)).toBe("RRRRRRRRRRBBBBBBBB");
  expect(await shown(path(), 6, 6)).toBe("RRRWWWWRRRBBBBBBBB");
  expect(await shown(path(), 6, 33)).toBe("RRRRRRRRWWWWWWWBBB");
  expect(await shown(path(), 6, 43)).toBe("RRRRRRRRRRBBBBBBBB");
  // White and black by turns of two frames, from the moment it appears on, whatever is cut below it.
  expect(await shown(path(), 54, 6)).toBe("RRRRWWKKWWKKWWKKBB");
  // A film as a sticker stands still when it has ended.
  expect(await shown(path(), 54, 38)).toBe("B".repeat(18));
});

describe("sound", () => {
  test("of tracks is mixed, each as loud as asked for, with its fades and where it belongs", async () => {
    const dir = await scratchDir();
    const [silent, low, high] = await Promise.all([
      ffmpeg(...lavfi("color=red:size=64x48:rate=10:duration=3"), ...QUICK_H264, `${dir}/silent.mp4`),
      ffmpeg(...lavfi("sine=frequency=440:sample_rate=44100:duration=3"), "-ac", "2", `${dir}/low.mp3`),
      ffmpeg(...lavfi("sine=frequency=1760:sample_rate=48000:duration=3"), `${dir}/high.wav`),
    ]);
    const audioTracks = [
      { sounds: [{ mediaId: "low", gapBeforeSeconds: 0.5, durationSeconds: 2, fadeInSeconds: 1, volumePercent: 50 }] },
      {
        sounds: [
          { mediaId: "high", durationSeconds: 1 },
          { mediaId: "high", gapBeforeSeconds: 0.5, startSeconds: 1, durationSeconds: 1, fadeOutSeconds: 1 },
        ],
      },
    ];
    const files = { low: await named(low), high: await named(high) };
    const { path } = await carryOut("compose", { audioTracks }, silent, files);
    const { audio, durationSeconds } = await probe(path());
    expect(audio).toMatchObject([{ codec: "aac", channels: 2 }]);
    expect(Math.abs(durationSeconds - 3)).toBeLessThan(0.05);
    const levels = async (hz: number) =>
      Promise.all([0.1, 0.6, 1.1, 1.7, 2.1, 2.6].map((from) => loudness(path(), from, 0.2, only(hz))));
    const [before = 0, rising = 0, halfway = 0, full = 0, still = 0, after = 0] = await levels(440);
    expect(before).toBeLessThan(QUIET);
    expect(after).toBeLessThan(QUIET);
    expect(rising).toBeLessThan(halfway - 5);
    expect(halfway).toBeLessThan(full - 1);
    expect(Math.abs(full - still)).toBeLessThan(1);
    const [first = 0, , gap = 0, second = 0, falling = 0, gone = 0] = await levels(1760);
    // The other is half as loud.
    expect(first - full).toBeGreaterThan(4);
    expect(first - full).toBeLessThan(8);
    expect(gap).toBeLessThan(QUIET);
    expect(second).toBeGreaterThan(falling + 2);
    expect(gone).toBeLessThan(QUIET);
  });

  test("that goes on while pictures change is never interrupted", async () => {
    const dir = await scratchDir();
    const [red, tone] = await Promise.all([
      film(`${dir}/red.mp4`, "red", 1),
      ffmpeg(...lavfi("sine=frequency=400:sample_rate=44100:duration=3"), "-c:a", "aac", `${dir}/tone.m4a`),
    ]);
    const clips = Array.from({ length: 7 }, (_, index) => ({
      startSeconds: index / 10,
      durationSeconds: 0.3,
      volumePercent: 0,
    }));
    const audioTracks = [{ sounds: [{ mediaId: "tone", startSeconds: 0.5, durationSeconds: 2.1 }] }];
    const { path } = await carryOut("compose", { videoTracks: [{ clips }], audioTracks }, red, {
      tone: await named(tone),
    });
    // A click would stand out where the tone itself is taken away.
    const rest = "highpass=f=6000,highpass=f=6000";
    expect(await loudness(path(), 0, 2.05, rest)).toBeLessThan(-70);
    expect(await loudness(path(), 0, 0.05)).toBeGreaterThan(-25);
  });

  test("alone becomes a sound, as MP4 or MP3; a film may go without it", async () => {
    const dir = await scratchDir();
    const red = await film(`${dir}/red.mp4`, "red", 1);
    const mp3 = await carryOut("compose", { container: "mp3", video: null, audio: { bitrateKbps: 96 } }, red);
    expect(mp3.plan.outputs).toMatchObject([{ role: "audio", name: "audio.mp3", contentType: "audio/mpeg" }]);
    expect(await probe(mp3.path())).toMatchObject({ video: null, audio: [{ codec: "mp3", channels: 2 }] });
    const sound = await carryOut("compose", { video: null }, red);
    expect(await probe(sound.path())).toMatchObject({ video: null, audio: [{ codec: "aac" }] });
    const mute = await carryOut("compose", { audio: null, video: { bitrateKbps: 200 } }, red);
    expect(await probe(mute.path())).toMatchObject({ video: { codec: "h264" }, audio: [] });
  });
});

test("a clip shows its own frames in order, from the one that was asked for, across every cut above it", async () => {
  const dir = await scratchDir();
  const path = `${dir}/count.ts`;
  const source = await ffmpeg(...counting(50, 25), ...EXACT_H264, "-bf", "2", "-g", "15", path);
  const { logo } = await still(`${dir}/logo.png`, "#ff0000", [8, 8]);
  const stickers = [0.2, 0.5, 0.9].map((appearsAtSeconds) => ({
    ...{ assetId: "logo", appearsAtSeconds, lastsSeconds: 0.13, shownWidth: { value: 8, unit: "px" } },
    ...{ fromMiddleX: { value: 24 }, fromMiddleY: { value: 24 } },
  }));
  const clips = [{ startSeconds: 0.4, durationSeconds: 1.2 }];
  const made = await carryOut("compose", { videoTracks: [{ clips }], stickerTracks: [{ stickers }] }, source, {
    ...(logo === undefined ? {} : { logo }),
  });
  const seen = (await coloursAt(made.path(), 8, 8)).map(([, green]) => Math.round(((green + 1) * 219) / 255 / 3));
  expect(seen).toHaveLength(30);
  expect(
    seen.every((frame, index) => Math.abs(frame - 10 - index) <= 1),
    seen.join(),
  ).toBe(true);
});

test("a still picture lasts as long as it is said to, and an upright film stands upright", async () => {
  const dir = await scratchDir();
  const red = await film(`${dir}/red.mp4`, "red", 0.5);
  const phone = await ffmpeg("-i", red, "-c", "copy", "-metadata:s:v", "rotate=90", `${dir}/phone.mp4`);
  const picture = await ffmpeg(...lavfi("color=blue:size=32x24"), "-frames:v", "1", `${dir}/picture.png`);
  const clips = [
    { durationSeconds: 0.5 },
    { mediaId: "picture", durationSeconds: 0.7 },
    { mediaId: "picture", durationSeconds: 0.3 },
  ];
  const { path } = await carryOut("compose", { videoTracks: [{ clips }] }, phone, { picture: await named(picture) });
  expect((await probe(path())).video).toMatchObject({ widthPx: 48, heightPx: 64, rotationDegrees: 0 });
  expect(await shown(path(), 24, 32)).toBe("RRRRRBBBBBBBBBB");
  // Letterboxed: 48 × 36 in the middle.
  expect(await shown(path(), 24, 4)).toBe("RRRRRKKKKKKKKKK");
});
