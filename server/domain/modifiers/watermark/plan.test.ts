import { describe, expect, test } from "vitest";
import { A_VIDEO, aContext, onlyCommandOf, planOf } from "../../operations/test-plans.ts";
import type { PlanContext } from "../../plan.ts";
import { at, imageMark, placed, sized } from "./test-marks.ts";

const LOGO: PlanContext = { ...aContext(), files: placed("/run/file-logo/source") };
const GIF: PlanContext = {
  ...aContext(),
  files: placed("/run/file-logo/source", { format: "gif", durationSeconds: 1.5 }),
};

/** What stands between the picture's own filters and the encoder. */
function marksIn(params: object, context: PlanContext = LOGO): string {
  const options = onlyCommandOf(planOf("transcode", params, context)).outputs[0]?.options ?? [];
  const filters = options[options.indexOf("-filter:v") + 1] ?? "";
  return filters.slice("scale=1920:1080,setsar=1,".length);
}
const transcode = (...watermarks: object[]) => ({ watermarks });

const MOVIE = "movie=filename=/run/file-logo/source:format_name=png_pipe";
const RGBA = "format=gbrap";
const COLOURS = "scale=out_color_matrix=bt709:out_range=limited,format=yuva420p";
const SCALED = "format=gbrap,premultiply=inplace=1,scale=192:96,unpremultiply=inplace=1";

describe("a picture", () => {
  test("a tenth as wide as the frame, in the corner, all the time, unless said otherwise", () => {
    expect(marksIn(transcode(imageMark()))).toBe(
      `format=yuv420p[below-1];${MOVIE},${SCALED},${RGBA},${COLOURS}[above-1];` +
        "[below-1][above-1]overlay=x=0:y=0:format=yuv420",
    );
  });

  test.each([
    ["topRight", "x=W-w-8:y=6"],
    ["bottomLeft", "x=8:y=H-h-6"],
    ["bottomRight", "x=W-w-8:y=H-h-6"],
  ])("hangs in the corner %s by its own corner", (origin, place) => {
    expect(marksIn(transcode(imageMark(sized(0), { origin, ...at(8, 6) })))).toBe(
      `format=yuv420p[below-1];${MOVIE},${RGBA},${COLOURS}[above-1];[below-1][above-1]overlay=${place}:format=yuv420`,
    );
  });

  test("stands in the middle of a side, and of the frame", () => {
    expect(marksIn(transcode(imageMark({}, { origin: "bottom", ...at(0, 6) })))).toContain("x=(W-w)/2:y=H-h-6:");
    expect(marksIn(transcode(imageMark({}, { origin: "center" })))).toContain("x=(W-w)/2:y=(H-h)/2:");
  });

  test("shares of the frame become pixels of each output", () => {
    const mark = { width: { value: 0, unit: "px" }, height: { value: 50, unit: "shortSidePercent" } };
    const place = { x: { value: 10, unit: "percent" }, y: { value: 10, unit: "percent" } };
    const marks = marksIn(transcode(imageMark(mark, place)));
    expect(marks).toContain("scale=1080:540,");
    expect(marks).toContain("x=192:y=108");
  });

  test("opacity is a share of its own transparency", () => {
    expect(marksIn(transcode(imageMark(sized(40), { opacityPercent: 40 })))).toBe(
      `format=yuv420p[below-1];${MOVIE},${RGBA},colorchannelmixer=aa=0.4,${COLOURS}[above-1];` +
        "[below-1][above-1]overlay=x=0:y=0:format=yuv420",
    );
  });

  test.each([
    [{ start: 2, end: 5 }, "1.9995", "4.9995"],
    [{ start: -5 }, "19.9995", "24.9995"],
    [{ start: 10, end: -20, unit: "percent" }, "2.4995", "19.9995"],
  ])("from %j it is seen from %s to %s s", (span, from, to) => {
    expect(marksIn(transcode(imageMark(sized(40), { span })))).toContain(
      `overlay=x=0:y=0:enable=gte(t\\,${from})*lt(t\\,${to}):format=yuv420`,
    );
  });

  test("a span counts from where the output begins, also where decoding begins earlier", () => {
    const stretch = { startOffsetSeconds: 20, endOffsetSeconds: 24 };
    const mark = imageMark(sized(40), { span: { start: 1, end: 2 } });
    const params = { ...stretch, ...transcode(mark) };
    expect(marksIn(params)).toContain("enable=gte(t\\,0.9995)*lt(t\\,1.9995)");
    const ts = { ...LOGO, media: { ...LOGO.media, formatName: "mpegts" } };
    expect(marksIn(params, ts)).toContain("enable=gte(t\\,15.9995)*lt(t\\,16.9995)");
  });

  test("of HDR that is kept has its colours, and a white that does not dazzle", () => {
    const hdr = { ...LOGO, media: { ...LOGO.media, video: { ...A_VIDEO, dynamicRange: "hdr10" as const } } };
    expect(marksIn({ video: { codec: "h265", preserveHdr: true }, ...transcode(imageMark(sized(40))) }, hdr)).toBe(
      `format=yuv420p10le[below-1];${MOVIE},${RGBA},colorchannelmixer=rr=0.58:gg=0.58:bb=0.58,` +
        "scale=out_color_matrix=bt2020:out_range=limited,format=yuva420p10le[above-1];" +
        "[below-1][above-1]overlay=x=0:y=0:format=yuv420p10",
    );
  });
});

describe("an animated picture", () => {
  const GIF_MOVIE = "movie=filename=/run/file-logo/source:format_name=gif";
  const span = { start: 2 };
  const marks = (repeat: string) => marksIn(transcode(imageMark({ ...sized(40), repeat }, { span })), GIF);

  test("plays again and again from when it is seen", () => {
    expect(marks("forever")).toBe(
      `format=yuv420p[below-1];${GIF_MOVIE},loop=loop=-1:size=32767,setpts=PTS+2/TB,${RGBA},${COLOURS}[above-1];` +
        "[below-1][above-1]overlay=x=if(gte(t\\,1.9995)*lt(t\\,24.9995)\\,0\\,W):y=0:shortest=1:format=yuv420",
    );
  });

  test("plays once and is gone, or stands still", () => {
    const held = `format=yuv420p[below-1];${GIF_MOVIE},setpts=PTS+2/TB,tpad=stop=-1:stop_mode=clone,${RGBA},${COLOURS}[above-1];`;
    const overlay = (to: string) =>
      `[below-1][above-1]overlay=x=if(gte(t\\,1.9995)*lt(t\\,${to})\\,0\\,W):y=0:shortest=1:format=yuv420`;
    expect(marks("once")).toBe(`${held}${overlay("3.4995")}`);
    expect(marks("lastFrame")).toBe(`${held}${overlay("24.9995")}`);
  });

  test("its frames are kept in memory as small as they are shown or stored", () => {
    const forever = (px: number) => marksIn(transcode(imageMark(sized(px))), GIF);
    expect(forever(20)).toMatch(/scale=20:10,.*loop=/);
    expect(forever(400)).toMatch(/loop=.*scale=400:200/);
  });

  test("on a single picture is its first frame", () => {
    const command = onlyCommandOf(planOf("snapshot", transcode(imageMark(sized(40))), GIF));
    expect(command.outputs[0]?.options.slice(0, 4)).toEqual([
      ...["-map", "0:0", "-filter:v"],
      "scale=1920:1080,setsar=1,scale=out_color_matrix=bt601,format=yuv420p[below-1];" +
        `${GIF_MOVIE},trim=end_frame=1,${RGBA},scale=out_color_matrix=bt601:out_range=limited,format=yuva420p[above-1];` +
        "[below-1][above-1]overlay=x=0:y=0:format=yuv420",
    ]);
  });
});

describe("text and drawings", () => {
  const textMark = (rest: object = {}) => ({ template: 7, mark: { type: "text", text: "© Reelflow" }, ...rest });
  const drawn = (params: object) => {
    const plan = planOf("transcode", transcode(params), aContext());
    return plan.ok ? plan.value.prepared : plan.failure;
  };

  test("are drawn before the command, in the size that the output needs", () => {
    expect(marksIn(transcode(textMark()))).toBe(
      `format=yuv420p[below-1];movie=filename=/run/scratch/watermark-1.png:format_name=png_pipe,${RGBA},${COLOURS}[above-1];` +
        "[below-1][above-1]overlay=x=0:y=0:format=yuv420",
    );
    const letters = { text: "© Reelflow", font: "cjk", sizePx: 54, colour: "#ffffff" };
    expect(drawn(textMark())).toEqual([{ path: "/run/scratch/watermark-1.png", letters }]);
    expect(drawn(textMark({ text: "%{pts}" }))).toEqual([
      { path: "/run/scratch/watermark-1.png", letters: { ...letters, text: "%{pts}" } },
    ]);
    expect(drawn({ template: 7, mark: { type: "svg" }, svg: "<svg/>" })).toEqual([
      { path: "/run/scratch/watermark-1.png", svg: "<svg/>", widthPx: 192, heightPx: 0 },
    ]);
  });

  test("letters too large to be drawn are refused", () => {
    const huge = { type: "text", text: "x".repeat(100), letterSize: { value: 400, unit: "px" } };
    expect(drawn({ template: 7, mark: huge })).toMatchObject({
      code: "INVALID_PARAMETER",
      detail: expect.stringMatching(/^watermarks\.0\.mark\.letterSize/),
    });
  });

  test("every rendition of a stream has marks of its own size", () => {
    const rungs = [{ video: { heightPx: 360 } }, { video: { heightPx: 720 } }];
    const plan = planOf("adaptive-streaming", { rungs, ...transcode(textMark()) }, aContext());
    if (!plan.ok) throw new Error(plan.failure.detail);
    expect(plan.value.prepared).toMatchObject([
      { path: "/run/scratch/video-1-watermark-1.png", letters: { sizePx: 18 } },
      { path: "/run/scratch/video-2-watermark-1.png", letters: { sizePx: 36 } },
    ]);
    const graph = plan.value.commands[0]?.globals[1] ?? "";
    const marks = (name: string) =>
      `setsar=1,format=yuv420p[below-1];movie=filename=/run/scratch/${name}-watermark-1.png:format_name=png_pipe,` +
      `${RGBA},${COLOURS}[above-1];[below-1][above-1]overlay=x=0:y=0:format=yuv420[${name}]`;
    expect(graph).toContain(`[video-1-source]scale=640:360,${marks("video-1")};`);
    expect(graph.endsWith(`[video-2-source]scale=1280:720,${marks("video-2")}`)).toBe(true);
  });
});

test.each([
  ["a mark beyond the frame", imageMark({}, at(1920, 0)), "INVALID_PARAMETER", "watermarks.0.x"],
  ["a mark below the frame", imageMark({}, at(0, 1080)), "INVALID_PARAMETER", "watermarks.0.y"],
  ["a span after the end", imageMark({}, { span: { start: 30, end: 40 } }), "INVALID_TIME_OFFSET", "30"],
])("%s fails with its reason", (_name, mark, code, detail) => {
  const plan = planOf("transcode", transcode(mark), LOGO);
  expect(plan).toMatchObject({ ok: false, failure: { code, detail: expect.stringContaining(detail) } });
});
