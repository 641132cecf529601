import { expect, test } from "vitest";
import { fieldErrorsOf } from "../../form.ts";
import type { MediaInfo } from "../../media.ts";
import { A_VIDEO, AN_AUDIO, aContext, planOf } from "../../operations/test-plans.ts";
import { transcodeParams } from "../../operations/transcode/schema.ts";
import type { PlanContext } from "../../plan.ts";
import { referencesOf } from "../../references.ts";
import { placed } from "../watermark/test-marks.ts";
import { headTailTemplateParams } from "./schema.ts";

/** A context where other media lie at `/run/<id>`. */
function withMedia(media: Record<string, Partial<MediaInfo>>, own: Partial<MediaInfo> = {}): PlanContext {
  const files = Object.entries(media).map(([id, info]) => {
    return [id, { of: "media", path: `/run/${id}`, info: aContext(info).media }] as const;
  });
  return { ...aContext(own), files: Object.fromEntries(files) };
}

function commandsOf(params: object, context: PlanContext) {
  const result = planOf("transcode", params, context);
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.detail}`);
  return result.value.commands;
}

const BT709 = "format=yuv420p,setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709";
const PIECE = [
  ...["-c:a", "flac", "-sample_fmt", "s32", "-strict", "experimental"],
  ...["-map_metadata", "-1", "-map_chapters", "-1", "-video_track_timescale", "240000", "-f", "mp4"],
];
const intro = { video: { ...A_VIDEO, widthPx: 640, heightPx: 480 }, audio: [], durationSeconds: 7 };

test("a head and the main part are encoded alike, and joined into what was asked for", () => {
  const headTails = [{ template: 5, heads: [{ mediaId: "intro" }], fill: "black" }];
  const params = { container: "hls", startOffsetSeconds: 5, endOffsetSeconds: 15, video: { heightPx: 720 }, headTails };
  const encoder = ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-crf", "23"];
  expect(planOf("transcode", params, withMedia({ intro }))).toEqual({
    ok: true,
    value: {
      prepared: [
        {
          path: "/run/scratch/pieces.ffconcat",
          text: "ffconcat version 1.0\nfile piece-0.mp4\nduration 7\nfile piece-1.mp4\nduration 10\n",
        },
      ],
      commands: [
        {
          inputs: [{ path: "/run/intro", options: ["-noaccurate_seek"] }],
          globals: [
            "-filter_complex",
            [
              "[0:0]fps=fps=25:start_time=0,tpad=stop=-1:stop_mode=clone,trim=end_frame=175,setpts=PTS-STARTPTS," +
                "scale=w=960:h=720:in_color_matrix=bt709:out_color_matrix=bt709:out_range=tv," +
                `scale=960:720,pad=1280:720:(ow-iw)/2:(oh-ih)/2:black,setsar=1,${BT709}[video]`,
              "anullsrc=sample_rate=48000:channel_layout=stereo,aformat=sample_fmts=fltp,atrim=end_sample=336000[audio]",
            ].join(";"),
          ],
          outputs: [
            {
              path: "/run/scratch/piece-0.mp4",
              options: [
                ...["-map", "[video]", "-fps_mode", "cfr", "-r", "25", ...encoder],
                ...["-force_key_frames", "expr:gte(t+0,(n_forced+0)*6)", "-map", "[audio]", ...PIECE],
              ],
            },
          ],
          expectedSeconds: 7,
        },
        {
          inputs: [{ path: "/run/source", options: ["-ss", "5"] }],
          globals: [],
          outputs: [
            {
              path: "/run/scratch/piece-1.mp4",
              options: [
                ...["-t", "10", "-map", "0:0", "-filter:v"],
                "scale=1280:720,setsar=1," +
                  "scale=w=1280:h=720:in_color_matrix=bt709:out_color_matrix=bt709:out_range=tv," +
                  BT709,
                ...["-fps_mode", "vfr", ...encoder],
                // 12 s of the whole are 5 s of this piece.
                ...["-force_key_frames", "expr:gte(t+7,(n_forced+1)*6)"],
                ...["-map", "0:1", "-filter:a"],
                "aresample=osr=48000:async=1:first_pts=0," +
                  "aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo,apad=whole_dur=10",
                ...PIECE,
              ],
            },
          ],
          expectedSeconds: 10,
        },
        {
          inputs: [
            { path: "/run/scratch/pieces.ffconcat", options: ["-format_whitelist", "concat,mov", "-f", "concat"] },
          ],
          globals: [],
          outputs: [
            {
              path: "/run/out/video.m3u8",
              options: [
                ...["-map", "0:v", "-c:v", "copy", "-map", "0:a", "-c:a", "aac", "-b:a", "128k", "-ac", "2"],
                ...["-map_metadata", "-1", "-map_chapters", "-1", "-f", "hls", "-hls_time", "6"],
                ...["-hls_playlist_type", "vod", "-hls_list_size", "0", "-hls_flags", "independent_segments"],
                ...["-hls_segment_type", "mpegts", "-hls_segment_filename", "/run/out/video-%05d.ts"],
              ],
            },
          ],
          expectedSeconds: 17,
          effort: 0.05,
        },
      ],
      files: [],
      outputs: [
        {
          ...{ role: "playlist", name: "video.m3u8", contentType: "application/vnd.apple.mpegurl" },
          ...{ parts: { prefix: "video-", suffix: "" }, probe: false },
          facts: {
            ...{ container: "hls", durationSeconds: 17, widthPx: 1280, heightPx: 720, framesPerSecond: 25 },
            ...{ videoCodec: "h264", audioCodec: "aac" },
          },
        },
      ],
      setsCover: false,
    },
  });
});

test("of several candidates the nearest shape is taken, of equals the first; heads come in order, then tails", () => {
  const shape = (widthPx: number, heightPx: number) => ({ video: { ...A_VIDEO, widthPx, heightPx } });
  const context = withMedia({
    ...{ tone: { video: null }, upright: shape(1080, 1920), wide: shape(1280, 720), hd: shape(1920, 1080) },
    turned: { video: { ...A_VIDEO, rotationDegrees: 90 } },
  });
  const of = (...ids: string[]) => ids.map((mediaId) => ({ mediaId }));
  const headTails = [
    { template: 1, heads: of("upright", "wide", "hd"), tails: of("turned", "hd") },
    { template: 2, heads: of("tone"), tails: [] },
  ];
  const sources = (params: object) =>
    commandsOf({ headTails, ...params }, context).map(({ inputs }) => inputs[0]?.path);
  const list = "/run/scratch/pieces.ffconcat";
  expect(sources({})).toEqual(["/run/wide", "/run/tone", "/run/source", "/run/hd", list]);
  // What counts is what the main part is like when it is shown.
  const upright = { widthPx: 360, heightPx: 640, resolutionAdaptive: false };
  expect(sources({ video: upright })).toEqual(["/run/upright", "/run/tone", "/run/source", "/run/turned", list]);
});

test("silence stands where the main part has no sound, two passes are made of every piece, and marks of encryption at the end", () => {
  const context = withMedia({ outro: { audio: [AN_AUDIO] } }, { audio: [] });
  const params = {
    ...{ container: "hls", encryption: "aes-128", video: { passes: "two", bitrateKbps: 800 } },
    headTails: [{ template: 1, tails: [{ mediaId: "outro" }] }],
  };
  const commands = commandsOf(params, context);
  expect(commands.map(({ outputs }) => outputs[0]?.path)).toEqual([
    ...["-", "/run/scratch/piece-0.mp4", "-", "/run/scratch/piece-1.mp4", "/run/out/video.m3u8"],
  ]);
  expect(commands[0]?.globals).toEqual([]);
  expect(commands[1]?.globals).toEqual([
    "-filter_complex",
    "anullsrc=sample_rate=48000:channel_layout=stereo,aformat=sample_fmts=fltp,atrim=end_sample=1200000[audio]",
  ]);
  expect(commands[2]?.globals[1]).not.toContain("[audio]");
  expect(commands[4]?.outputs[0]?.options).toContain("-hls_key_info_file");
});

test("marks and words are drawn into the main part alone", () => {
  const subtitles = [{ index: 2, codec: "subrip", language: null, title: null }];
  const context = withMedia({ intro }, { subtitles });
  const mark = { template: 1, mark: { type: "image", assetId: "logo" } };
  const params = {
    ...{ watermarks: [mark], burntSubtitles: [{}] },
    headTails: [{ template: 1, heads: [{ mediaId: "intro" }] }],
  };
  const files = { ...context.files, ...placed("/run/file-logo/source") };
  const [words, head, main, join] = commandsOf(params, { ...context, files });
  expect(words?.outputs[0]?.path).toBe("/run/scratch/burnt-1.ass");
  expect(JSON.stringify([head, join])).not.toMatch(/movie|subtitles=/);
  const { options = [] } = main?.outputs[0] ?? {};
  const filters = options[options.indexOf("-filter:v") + 1];
  expect(filters).toMatch(/movie=.*overlay=.*,subtitles=.*,scale=w=1920:h=1080:in_color_matrix=bt709/);
});

test("candidates are found as references, at least one is needed, and a sound or an HDR picture has no place for them", () => {
  const headTails = [{ template: 1, heads: [{ mediaId: "a" }], tails: [{ mediaId: "b" }, { mediaId: "a" }] }];
  expect(referencesOf(transcodeParams.parse({ headTails })).map(({ id }) => id)).toEqual(["a", "b"]);
  const refused = (params: object) => {
    const { error } = transcodeParams.safeParse({ headTails, ...params });
    return error && fieldErrorsOf(error).map(({ path, message }) => [path, message]);
  };
  expect(refused({ video: null })).toEqual([["headTails", "headTailNeedsPicture"]]);
  expect(refused({ keepSubtitles: true })).toEqual([["headTails", "headTailWithoutTracks"]]);
  expect(refused({ video: { codec: "h265", preserveHdr: true } })).toEqual([["headTails", "notWithHdr"]]);
  const { error } = headTailTemplateParams.safeParse({});
  expect(error && fieldErrorsOf(error)).toMatchObject([{ path: "heads", message: "headOrTailNeeded" }]);
});

test("a candidate without an end fails the whole", () => {
  const headTails = [{ template: 1, heads: [{ mediaId: "still" }] }];
  expect(planOf("transcode", { headTails }, withMedia({ still: { durationSeconds: 0 } }))).toMatchObject({
    failure: { code: "NO_DURATION" },
  });
});
