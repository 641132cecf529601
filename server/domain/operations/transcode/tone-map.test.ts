/** HDR made ordinary by real filters. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { colourAt, ffmpeg, lavfi, scratchDir } from "../../ffmpeg/test-media.ts";
import { carryOut } from "../test-plans.ts";

const run = promisify(execFile);

/** 203 cd/m², the white of paper in an HDR film, as each transfer codes it in 10 bits. */
const PAPER_WHITE = { smpte2084: 572, "arib-std-b67": 721 };

test.each([
  ["smpte2084", "h264"],
  ["smpte2084", "h265"],
  ["arib-std-b67", "h264"],
] as const)("paper in a film of %s is bright but not blown out, and its %s says BT.709", async (transfer, codec) => {
  const dir = await scratchDir();
  const paper = `geq=lum=${PAPER_WHITE[transfer]}:cb=512:cr=512`;
  const film = await ffmpeg(
    ...lavfi(`color=gray:size=64x64:rate=25:duration=0.2,format=yuv420p10le,${paper}`),
    ...["-c:v", "libx265", "-x265-params", "log-level=error", "-pix_fmt", "yuv420p10le"],
    ...["-color_primaries", "bt2020", "-color_trc", transfer, "-colorspace", "bt2020nc", `${dir}/film.mp4`],
  );
  const { path } = await carryOut("transcode", { video: { codec } }, film);
  const [red, green, blue] = await colourAt(path(), 30, 30);
  for (const part of [red, green, blue]) {
    expect(part).toBeGreaterThan(150);
    expect(part).toBeLessThan(245);
  }
  expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(8);
  const entries = "stream=pix_fmt,color_range,color_space,color_transfer,color_primaries";
  const { stdout } = await run("ffprobe", ["-loglevel", "error", "-show_entries", entries, "-of", "json", path()]);
  expect(JSON.parse(stdout).streams).toEqual([
    {
      ...{ pix_fmt: "yuv420p", color_range: "tv" },
      ...{ color_space: "bt709", color_transfer: "bt709", color_primaries: "bt709" },
    },
  ]);
});
