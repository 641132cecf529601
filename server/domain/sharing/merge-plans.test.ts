import { expect, test } from "vitest";
import { argvOf } from "../ffmpeg/argv.ts";
import { aContext, planOf } from "../operations/test-plans.ts";
import type { Plan } from "../plan.ts";
import { afterMerge, mergePlans } from "./merge-plans.ts";

function plan(kind: Parameters<typeof planOf>[0], params: object, folder: string): Plan {
  const planned = planOf(kind, params, { ...aContext(), outputDir: `/run/${folder}` });
  if (!planned.ok) throw new Error(planned.failure.code);
  return planned.value;
}

const HELD = "fps=fps=1000:round=up,tpad=stop=-1:stop_mode=clone,setpts=PTS-1";
const SAMPLE = "scale=1920:1080,setsar=1,scale=out_color_matrix=bt601";
const TILES = "scale=142:80,setsar=1,tile=10x1,scale=out_color_matrix=bt601";
const JPEG = ["-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p", "-f", "image2"];

test("merged, four plans are one command: their outputs after one input, and how far it has read told once", () => {
  const plans = [
    plan("transcode", { video: { heightPx: 360, bitrateKbps: 400 }, audio: { bitrateKbps: 64 } }, "1"),
    plan("transcode", { container: "hls", video: { heightPx: 720 }, audio: null }, "2"),
    plan("sampled-snapshot", { fill: "stretch" }, "3"),
    plan("sprite", { rows: 10, columns: 10, widthPx: 142, heightPx: 80 }, "4"),
  ];
  const merged = mergePlans(plans);
  const [argv = [], ...more] = merged.commands.map(argvOf);
  expect(more).toEqual([]);
  expect(argv.slice(argv.indexOf("-i"))).toEqual([
    ...["-i", "/run/source", "-y"],
    ...["-map", "0:0", "-filter:v", "scale=640:360,setsar=1", "-fps_mode", "vfr"],
    ...["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p"],
    ...["-b:v", "400k", "-maxrate", "600k", "-bufsize", "800k"],
    ...["-map", "0:1", "-c:a", "aac", "-b:a", "64k", "-ac", "2", "-map_metadata", "-1", "-map_chapters", "-1"],
    ...["-movflags", "+faststart", "-f", "mp4", "/run/1/video.mp4"],
    ...["-map", "0:0", "-filter:v", "scale=1280:720,setsar=1", "-fps_mode", "vfr"],
    ...["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-crf", "23"],
    ...["-force_key_frames", "expr:gte(t,n_forced*6)", "-map_metadata", "-1", "-map_chapters", "-1"],
    ...["-f", "hls", "-hls_time", "6", "-hls_playlist_type", "vod", "-hls_list_size", "0"],
    ...["-hls_flags", "independent_segments", "-hls_segment_type", "mpegts"],
    ...["-hls_segment_filename", "/run/2/video-%05d.ts", "/run/2/video.m3u8"],
    ...["-map", "0:0", "-filter:v", `${HELD},fps=fps=1/2.5:round=up:start_time=0,trim=end_frame=10,${SAMPLE}`],
    ...["-fps_mode", "passthrough", ...JPEG, "/run/3/sample-%05d.jpg"],
    ...["-map", "0:0", "-c", "copy", "-f", "null", "-"],
    ...["-map", "0:0", "-filter:v", `${HELD},fps=fps=1/10:round=up:start_time=0,trim=end_frame=3,${TILES}`],
    ...["-fps_mode", "passthrough", ...JPEG, "/run/4/sprite-%03d.jpg"],
  ]);
  expect(merged).toEqual({ ...merged, prepared: [], files: [], outputs: [], setsCover: false });
});

test("a plan alone keeps its commands; merged ones keep what they read and write apart from them", () => {
  const twoPasses = plan("transcode", { video: { passes: "two", bitrateKbps: 500 } }, "1");
  expect(mergePlans([twoPasses]).commands).toEqual(twoPasses.commands);
  const words = { path: "/run/1/words.txt", text: "名" };
  const sprite = { ...plan("sprite", {}, "1"), prepared: [words] };
  expect(mergePlans([sprite, plan("sprite", {}, "2")]).prepared).toEqual([words]);
  expect(afterMerge(sprite)).toEqual({ ...sprite, prepared: [], commands: [] });
});
