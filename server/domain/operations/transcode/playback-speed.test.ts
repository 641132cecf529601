/** Faster and slower: the arguments, and what real ffmpeg makes of them. */
import { expect, test } from "vitest";
import {
  counting,
  EXACT_H264,
  ffmpeg,
  frameShownBy,
  frameTimes,
  lavfi,
  probe,
  scratchDir,
} from "../../ffmpeg/test-media.ts";
import { A_VIDEO, aContext, carryOut, onlyCommandOf, planOf } from "../test-plans.ts";

function optionsOf(params: object, media: object = {}): readonly string[] {
  return onlyCommandOf(planOf("transcode", params, aContext(media))).outputs[0]?.options ?? [];
}

test.each([
  [2, "setpts=PTS/2,fps=25,", "atempo=2"],
  [5, "setpts=PTS/5,fps=25,", "atempo=2,atempo=2,atempo=1.25"],
  [0.2, "setpts=PTS/0.2,fps=5,", "atempo=0.5,atempo=0.5,atempo=0.8"],
])("%d times as fast", (playbackSpeed, picture, sound) => {
  const plan = planOf("transcode", { playbackSpeed, endOffsetSeconds: 10 }, aContext());
  const durationSeconds = 10 / playbackSpeed;
  expect(onlyCommandOf(plan)).toEqual({
    inputs: [{ path: "/run/source", options: [] }],
    globals: [],
    outputs: [
      {
        path: "/run/out/video.mp4",
        options: [
          ...["-t", String(durationSeconds)],
          ...["-map", "0:0", "-filter:v", `${picture}scale=1920:1080,setsar=1`, "-fps_mode", "vfr"],
          ...["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-crf", "23"],
          ...["-map", "0:1", "-c:a", "aac", "-b:a", "128k", "-ac", "2"],
          ...["-filter:a", `aresample=async=1:first_pts=0,${sound}`],
          ...["-map_metadata", "-1", "-map_chapters", "-1", "-movflags", "+faststart", "-f", "mp4"],
        ],
      },
    ],
    expectedSeconds: durationSeconds,
  });
  expect(plan).toMatchObject({ value: { outputs: [{ facts: { durationSeconds } }] } });
});

test("a rate that is asked for is that of the result, and made-up frames smooth slow motion", () => {
  const filterOf = (video: object) => {
    const options = optionsOf({ playbackSpeed: 0.5, video });
    return options[options.indexOf("-filter:v") + 1];
  };
  expect(filterOf({ framesPerSecond: 30 })).toBe("setpts=PTS/0.5,fps=30,scale=1920:1080,setsar=1");
  expect(filterOf({ enhance: { interpolateTo: 25 } })).toBe(
    "setpts=PTS/0.5,fps=12500/1000,scale=1920:1080,tpad=stop=2:stop_mode=clone,minterpolate=fps=25,scale=1920:1080,setsar=1",
  );
});

test("a source without an index is entered early by its own clock, and the surplus dropped by the new one", () => {
  const params = { playbackSpeed: 2, startOffsetSeconds: 20 };
  const command = onlyCommandOf(planOf("transcode", params, aContext({ formatName: "mpegts", video: A_VIDEO })));
  expect(command.inputs[0]?.options).toEqual(["-ss", "5"]);
  expect(command.outputs[0]?.options.slice(0, 4)).toEqual(["-ss", "7.5", "-t", "2.5"]);
});

test.each([2, 0.5])(
  "at %d times the speed, picture and sound begin and end together, at the asked place",
  async (playbackSpeed) => {
    const dir = await scratchDir();
    const clip = await ffmpeg(
      ...[...counting(50), ...lavfi("sine=frequency=440:duration=2"), ...EXACT_H264, `${dir}/clip.mp4`],
    );
    const offsets = { startOffsetSeconds: 0.4, endOffsetSeconds: 1.6 };
    const params = { playbackSpeed, ...offsets, video: { rateMode: "crf", crf: 4 } };
    const { path } = await carryOut("transcode", params, clip);
    const info = await probe(path());
    const seconds = 1.2 / playbackSpeed;
    expect(info.video?.durationSeconds).toBeCloseTo(seconds, 1);
    expect(info.audio[0]?.durationSeconds).toBeCloseTo(seconds, 1);
    expect(await frameTimes(path())).toHaveLength(playbackSpeed === 2 ? 15 : 30);
    expect(await frameShownBy(path())).toBe(10);
  },
);
