/** Two passes by real encoders: what the notes of the first are good for. */
import { expect, test } from "vitest";
import { ffmpeg, lavfi, probe, QUICK_H264, scratchDir } from "../../ffmpeg/test-media.ts";
import { carryOut } from "../test-plans.ts";

test.each(["h264", "h265"])(
  "two passes of %s meet the bit rate of a clip that grows hard, one does not",
  async (codec) => {
    const dir = await scratchDir();
    const clip = await ffmpeg(
      ...[...lavfi("color=gray:size=320x180:rate=25:duration=3")],
      ...lavfi("testsrc2=size=320x180:rate=25:duration=3,noise=alls=8:allf=t:all_seed=1"),
      ...["-filter_complex", "[0][1]concat", ...QUICK_H264, "-crf", "8", `${dir}/clip.mp4`],
    );
    const offBy = async (passes: string) => {
      const video = { codec, rateMode: "abr", bitrateKbps: 800, passes };
      const { path, plan, names } = await carryOut("transcode", { video }, clip);
      expect(plan.commands).toHaveLength(passes === "two" ? 2 : 1);
      expect(names).toEqual(["video.mp4"]);
      return Math.abs(((await probe(path())).video?.bitrateBps ?? 0) / 800_000 - 1);
    };
    expect(await offBy("two")).toBeLessThan(0.1);
    expect(await offBy("one")).toBeGreaterThan(0.1);
  },
);
