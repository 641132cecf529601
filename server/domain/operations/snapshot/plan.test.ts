import { describe, expect, test } from "vitest";
import {
  colourAt,
  counting,
  EXACT_H264,
  ffmpeg,
  frameShownBy,
  lavfi,
  looksRed,
  probe,
  QUICK_H264,
  redLeftBlueRight,
  scratchDir,
} from "../../ffmpeg/test-media.ts";
import { A_VIDEO, aContext, carryOut, onlyCommandOf, planOf } from "../test-plans.ts";

const AT_SECOND = (value: number) => ({ positions: [{ unit: "seconds", value }] });

describe("the plan", () => {
  test("of the first frame", () => {
    expect(planOf("snapshot", {}, aContext())).toEqual({
      ok: true,
      value: {
        commands: [
          {
            inputs: [{ path: "/run/source", options: [] }],
            globals: [],
            outputs: [
              {
                path: "/run/out/snapshot-001.jpg",
                options: [
                  ...["-map", "0:0", "-filter:v", "scale=1920:1080,setsar=1,scale=out_color_matrix=bt601"],
                  ...["-frames:v", "1", "-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p"],
                  ...["-f", "image2", "-update", "1"],
                ],
              },
            ],
            expectedSeconds: 0,
          },
        ],
        files: [],
        outputs: [
          {
            role: "image",
            name: "snapshot-001.jpg",
            contentType: "image/jpeg",
            facts: { widthPx: 1920, heightPx: 1080, atSeconds: 0 },
            parts: null,
            probe: false,
          },
        ],
        setsCover: false,
      },
    });
  });

  test("seeks to a later one, and takes what is on screen there", () => {
    const command = onlyCommandOf(planOf("snapshot", { ...AT_SECOND(10), format: "png" }, aContext()));
    expect(command.inputs[0]?.options).toEqual(["-noaccurate_seek", "-ss", "10"]);
    expect(command.outputs[0]?.options).toEqual([
      ...["-map", "0:0", "-filter:v"],
      "fps=fps=1000:round=up,tpad=stop=-1:stop_mode=clone,setpts=PTS-1,trim=start=0,scale=1920:1080,setsar=1",
      ...["-frames:v", "1", "-c:v", "png", "-pix_fmt", "rgb24", "-f", "image2", "-update", "1"],
    ]);
  });

  test("enters a format without an index early", () => {
    const command = onlyCommandOf(planOf("snapshot", AT_SECOND(20), aContext({ formatName: "mpegts" })));
    expect(command.inputs[0]?.options).toEqual(["-noaccurate_seek", "-ss", "5"]);
    expect(command.outputs[0]?.options[3]).toContain("trim=start=15,");
  });

  test("has a picture for each position, in seconds or percent", () => {
    const positions = [{ value: 1 }, { unit: "percent", value: 50 }, { unit: "percent", value: 100 }];
    expect(planOf("snapshot", { positions }, aContext())).toMatchObject({
      value: {
        outputs: [
          { name: "snapshot-001.jpg", facts: { atSeconds: 1 } },
          { name: "snapshot-002.jpg", facts: { atSeconds: 12.5 } },
          { name: "snapshot-003.jpg", facts: { atSeconds: 25 } },
        ],
      },
    });
  });

  test("of a second after the end is refused, and so is a picture of sound", () => {
    expect(planOf("snapshot", AT_SECOND(25.1), aContext())).toMatchObject({ failure: { code: "INVALID_TIME_OFFSET" } });
    for (const kind of ["snapshot", "cover"] as const)
      expect(planOf(kind, {}, aContext({ video: null }))).toMatchObject({ failure: { code: "NO_VIDEO_STREAM" } });
  });

  test("of a cover is that of a snapshot, and becomes the media's cover", () => {
    const plan = planOf("cover", { position: { unit: "percent", value: 10 } }, aContext());
    expect(plan).toMatchObject({ value: { setsCover: true, outputs: [{ facts: { atSeconds: 2.5 } }] } });
  });
});

describe("the frame that is on screen at a second", () => {
  test.each(["mp4", "mkv", "ts", "avi", "flv", "mpg"])("is the one in the picture, from %s", async (ending) => {
    const dir = await scratchDir();
    const codec = ending === "mpg" ? ["-c:v", "mpeg2video", "-q:v", "1"] : EXACT_H264;
    const bFrames = ["avi", "flv", "mpg"].includes(ending) ? "0" : "2";
    const clip = await ffmpeg(...counting(70), ...codec, "-bf", bFrames, "-g", "60", `${dir}/a.${ending}`);
    const positions = [0, 0.04, 1, 1.99, 2.2].map((value) => ({ value }));
    const { path } = await carryOut("snapshot", { positions, format: "png" }, clip);
    const shown = await Promise.all(positions.map((_, index) => frameShownBy(path(index))));
    expect(shown).toEqual([0, 1, 25, 49, 55]);
  });

  test("stays until the next one, and the last one until the end of the sound", async () => {
    const dir = await scratchDir();
    const slides = await ffmpeg(
      ...[...counting(50), ...lavfi("sine=duration=3"), "-vf", "select='not(mod(n,20))'", "-fps_mode", "vfr"],
      ...[...EXACT_H264, `${dir}/slides.mp4`],
    );
    const positions = [0.79, 0.8, 1.5, 2.5].map((value) => ({ value }));
    const last = { unit: "percent", value: 100 };
    const { path } = await carryOut("snapshot", { positions: [...positions, last], format: "png" }, slides);
    const shown = await Promise.all([0, 1, 2, 3, 4].map((index) => frameShownBy(path(index))));
    expect(shown).toEqual([0, 20, 20, 40, 40]);
  });
});

describe("the look", () => {
  test.each(["jpg", "png", "webp"])(
    "%s is upright, square in its pixels, and of the source's colours",
    async (format) => {
      const dir = await scratchDir();
      const flat = await ffmpeg(...redLeftBlueRight("64x48"), "-vf", "setsar=2", ...QUICK_H264, `${dir}/flat.mp4`);
      const phone = await ffmpeg("-i", flat, "-c", "copy", "-metadata:s:v", "rotate=270", `${dir}/phone.mp4`);
      const { path } = await carryOut("snapshot", { format }, phone);
      expect((await probe(path())).video).toMatchObject({ widthPx: 48, heightPx: 128 });
      expect(looksRed(await colourAt(path(), 20, 20))).toBe(true);
    },
  );

  test.each(["bt709", "smpte170m"])("a JPG of %s video has its white, its black and its red", async (space) => {
    const dir = await scratchDir();
    const source =
      "color=white:size=64x64:duration=0.2,drawbox=w=32:h=32:color=black:t=fill,drawbox=x=32:w=32:h=32:color=red:t=fill";
    const convert = `format=rgb24,scale=out_color_matrix=${space}:out_range=limited`;
    const clip = await ffmpeg(
      ...[...lavfi(source), "-vf", convert, ...EXACT_H264, "-colorspace", space, "-color_range", "tv", `${dir}/a.mp4`],
    );
    const { path } = await carryOut("snapshot", {}, clip);
    const near = (colour: number[], wanted: number[]) =>
      colour.every((part, index) => Math.abs(part - (wanted[index] ?? 0)) <= 10);
    expect(near(await colourAt(path(), 16, 48), [255, 255, 255])).toBe(true);
    expect(near(await colourAt(path(), 16, 16), [0, 0, 0])).toBe(true);
    expect(near(await colourAt(path(), 48, 16), [255, 0, 0]), String(await colourAt(path(), 48, 16))).toBe(true);
  });

  test("a JPG of full-range video is as bright as the video", async () => {
    const dir = await scratchDir();
    const bright = [...lavfi("color=0xF0F0F0:size=64x64:duration=0.2"), "-vf", "scale=out_range=full,format=yuvj420p"];
    const clip = await ffmpeg(...bright, "-c:v", "libx264", "-color_range", "pc", `${dir}/a.mp4`);
    const { path } = await carryOut("snapshot", {}, clip);
    for (const part of await colourAt(path(), 30, 30)) expect(Math.abs(part - 0xf0)).toBeLessThan(4);
  });

  test("a still image has a snapshot: itself", async () => {
    const dir = await scratchDir();
    const still = await ffmpeg(...redLeftBlueRight("64x48"), "-frames:v", "1", `${dir}/still.png`);
    const { path } = await carryOut("snapshot", { widthPx: 32, positions: [{ unit: "percent", value: 50 }] }, still);
    expect((await probe(path())).video).toMatchObject({ widthPx: 32, heightPx: 24 });
  });
});

test("an odd source gives an even picture, of the same size as its renditions", () => {
  const context = aContext({ video: { ...A_VIDEO, widthPx: 853, heightPx: 479 } });
  expect(planOf("snapshot", {}, context)).toMatchObject({
    value: { outputs: [{ facts: { widthPx: 854, heightPx: 480 } }] },
  });
});
