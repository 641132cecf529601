import { expect, test } from "vitest";
import { colourAt, EXACT_H264, ffmpeg, frameShownBy, lavfi, looksBlue, scratchDir } from "../../ffmpeg/test-media.ts";
import { A_VIDEO, aContext, carryOut, onlyCommandOf, planOf } from "../test-plans.ts";

const HELD = "fps=fps=1000:round=up,tpad=stop=-1:stop_mode=clone,setpts=PTS-1,trim=start=0,setpts=PTS-STARTPTS";
const SHOWN = "lavfi.entropy.normalized_entropy.normal.Y";
const CHOOSING =
  "entropy,format=rgb24,split=3[seen0][seen1][seen2];" +
  `[seen0]metadata=mode=select:key=${SHOWN}:value=0.6:function=greater,thumbnail=12[chosen0];` +
  `[seen1]metadata=mode=select:key=${SHOWN}:value=0.3:function=greater,thumbnail=12[chosen1];` +
  "[seen2]thumbnail=12[chosen2];[chosen0][chosen1][chosen2]concat=n=3,settb=1/1000," +
  "metadata=mode=print:file=/run/scratch/chosen-1.txt,scale=out_color_matrix=bt601[picture]";
const WRITING = [
  ...["-map", "[picture]", "-frames:v", "1", "-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p"],
  ...["-f", "image2", "-update", "1"],
];

const cover = (unit: string, value = 0) => ({ position: { unit, value } });

test("the plan of a short clip's best frame decodes it once, and says where the choice is reported", () => {
  const plan = planOf("cover", cover("best", 5), aContext());
  expect(plan).toEqual({
    ok: true,
    value: {
      commands: [
        {
          inputs: [{ path: "/run/source", options: ["-noaccurate_seek", "-ss", "5"] }],
          globals: [
            "-filter_complex",
            `[0:0]${HELD},fps=fps=12/20:round=up:start_time=0,trim=end_frame=12,settb=1/1000,setpts=PTS+5000,` +
              `scale=1920:1080,setsar=1[frames];[frames]${CHOOSING}`,
          ],
          outputs: [{ path: "/run/out/snapshot-001.jpg", options: WRITING }],
          expectedSeconds: 0,
        },
      ],
      files: [],
      outputs: [
        {
          ...{ role: "image", name: "snapshot-001.jpg", contentType: "image/jpeg" },
          ...{ facts: { widthPx: 1920, heightPx: 1080 }, parts: null, probe: false },
          report: "/run/scratch/chosen-1.txt",
        },
      ],
      setsCover: true,
    },
  });
});

test("of two hours, a dozen key frames are decoded; of 8K, three, which have room in memory", () => {
  const film = { durationSeconds: 7200, video: { ...A_VIDEO, durationSeconds: 7200 } };
  const { inputs, globals } = onlyCommandOf(planOf("cover", cover("best"), aContext(film)));
  expect(inputs).toHaveLength(12);
  expect(inputs[1]?.options).toEqual([
    ...["-skip_frame", "nokey", "-threads", "1", "-flags", "low_delay"],
    ...["-noaccurate_seek", "-ss", "900"],
  ]);
  expect(globals[1]).toContain(
    "[1:0]scale=1920:1080,setsar=1,trim=end_frame=1,settb=1/1000,setpts=PTS+900000[place1];[2:0]scale=1920:1080",
  );
  expect(globals[1]).toContain(`[place10][place11]interleave=12,${CHOOSING}`);
  const large = { durationSeconds: 7200, video: { ...A_VIDEO, widthPx: 7680, heightPx: 4320 } };
  expect(onlyCommandOf(planOf("cover", cover("best"), aContext(large))).inputs).toHaveLength(3);
});

test("the plan of the first frame that is not black looks at half a minute at most", () => {
  const film = { durationSeconds: 7200, formatName: "mpegts", video: { ...A_VIDEO, durationSeconds: 7200 } };
  const { inputs, globals, outputs } = onlyCommandOf(planOf("cover", cover("not-black", 60), aContext(film)));
  expect(inputs).toEqual([{ path: "/run/source", options: ["-noaccurate_seek", "-ss", "45"] }]);
  expect(globals[1]).toBe(
    `[0:0]${HELD.replace("start=0", "start=15")},fps=fps=5:round=up:start_time=0,trim=end_frame=150,settb=1/1000,setpts=PTS+60000,` +
      "blackframe=amount=0,split[seen][first];" +
      "[seen]metadata=mode=select:key=lavfi.blackframe.pblack:value=95:function=less[lit];" +
      "[first]trim=end_frame=1[black];[lit][black]concat=n=2,settb=1/1000," +
      "metadata=mode=print:file=/run/scratch/chosen-1.txt,scale=1920:1080,setsar=1,scale=out_color_matrix=bt601[picture]",
  );
  expect(outputs[0]?.options).toEqual(WRITING);
});

test("a still image and the very end have one frame to choose from, and sound has none", () => {
  const still = aContext({ durationSeconds: 0, video: { ...A_VIDEO, durationSeconds: null } });
  expect(onlyCommandOf(planOf("cover", cover("best"), still)).globals).toEqual([]);
  expect(onlyCommandOf(planOf("cover", cover("not-black", 25), aContext())).globals).toEqual([]);
  expect(planOf("cover", cover("best", 26), aContext())).toMatchObject({ failure: { code: "INVALID_TIME_OFFSET" } });
  expect(planOf("cover", cover("best"), aContext({ video: null }))).toMatchObject({
    failure: { code: "NO_VIDEO_STREAM" },
  });
});

/** Black for so many frames; then there is much to see on the right, and the left says which frame it is. */
function blackThenBusy(black: number, frames: number, framesPerSecond: number): string[] {
  const luma = `if(lt(N,${black}),16,if(gt(X,24),16+mod(X*Y*7,219),16+3*N))`;
  const source = `color=black:size=64x64:rate=${framesPerSecond}:duration=${frames / framesPerSecond},format=yuv420p`;
  return lavfi(`${source},geq=lum='${luma}':cb=128:cr=128`);
}

test.each([
  // The second is too long to be decoded as a whole; of its frames, one in four is a key frame.
  ["a short clip", "mp4", 10],
  ["a long one", "mp4", 0.2],
  ["a long one without an index", "ts", 0.2],
])("the best frame of %s, mostly black, is not a black one, and the second is its own", async (_name, ending, rate) => {
  const dir = await scratchDir();
  const clip = await ffmpeg(...blackThenBusy(36, 64, rate), ...EXACT_H264, "-g", "4", `${dir}/a.${ending}`);
  const { path, outputs } = await carryOut("cover", { ...cover("best"), format: "png" }, clip);
  const { atSeconds = -1 } = outputs[0]?.facts ?? {};
  expect(atSeconds * rate).toBeGreaterThanOrEqual(36);
  expect(await frameShownBy(path())).toBe(Math.floor(atSeconds * rate + 1e-6));
});

test("the first frame that is not black is where the picture begins, also from a second on; of black alone, the first", async () => {
  const dir = await scratchDir();
  const clip = await ffmpeg(...blackThenBusy(22, 40, 25), ...EXACT_H264, `${dir}/a.mp4`);
  const positions = [0, 0.6, 1.1].map((value) => ({ unit: "not-black", value }));
  const { path, outputs } = await carryOut("snapshot", { positions, format: "png" }, clip);
  expect(outputs.map(({ facts }) => facts.atSeconds)).toEqual([1, 1, 1.1]);
  expect(await Promise.all([0, 1, 2].map((index) => frameShownBy(path(index))))).toEqual([25, 25, 27]);

  const black = await ffmpeg(...lavfi("color=black:size=64x64:rate=5:duration=1"), ...EXACT_H264, `${dir}/b.mp4`);
  for (const unit of ["best", "not-black"]) {
    const { outputs: found } = await carryOut("cover", cover(unit), black);
    expect(found[0]?.facts.atSeconds).toBeGreaterThanOrEqual(0);
  }
});

test("a chosen frame has the colours of any other picture", async () => {
  const dir = await scratchDir();
  const source = lavfi("color=0x2030F0:size=64x64:rate=5:duration=1");
  const hd = ["-vf", "scale=out_color_matrix=bt709", "-colorspace", "bt709"];
  const clip = await ffmpeg(...source, ...hd, ...EXACT_H264, `${dir}/a.mp4`);
  const positions = ["best", "not-black", "seconds"].map((unit) => ({ unit, value: 0 }));
  for (const format of ["jpg", "webp"]) {
    const { path } = await carryOut("snapshot", { positions, format }, clip);
    const colours = await Promise.all([0, 1, 2].map((index) => colourAt(path(index), 30, 30)));
    for (const colour of colours) {
      expect(looksBlue(colour)).toBe(true);
      const differences = colour.map((part, index) => Math.abs(part - (colours[2]?.[index] ?? 0)));
      expect(Math.max(...differences)).toBeLessThan(6);
    }
  }
});
