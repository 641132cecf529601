import type { Failure } from "../../error.ts";
import { chain, filter, graph } from "../../ffmpeg/filter.ts";
import type { AudioStream, VideoStream } from "../../media.ts";
import type { CommandOutput, Plan, PlanContext } from "../../plan.ts";
import { type ExaminedStretch, examinedStretchOf } from "../../report/examined-stretch.ts";
import { fail, ok, type Result } from "../../result.ts";
import type { InspectionParams } from "./schema.ts";

/** Names of what the filters write, in the scratch folder. */
export const MEASURED = {
  blackStart: "black-start.txt",
  blackEnd: "black-end.txt",
  frozenStart: "frozen-start.txt",
  frozenEnd: "frozen-end.txt",
  looks: "looks.txt",
  steps: "steps.txt",
  borders: "borders.txt",
  silentStart: (index: number) => `silent-start-${index}.txt`,
  silentEnd: (index: number) => `silent-end-${index}.txt`,
  peaks: (index: number) => `peaks-${index}.txt`,
  loudness: (index: number) => `loudness-${index}.txt`,
  frames: (index: number) => `frames-${index}.txt`,
};

/** Distance of two looks at the picture. Measuring blur costs as much as decoding several frames. */
const LOOK_SECONDS = 0.1;
/** Of the picture's middle, in its own pixels: scaling would hide what is looked for. */
const LOOK_SIZE = { widthPx: 640, heightPx: 360 };
/** Of the blocks that codecs work in. */
const BLOCK_PX = 8;
/** By default idet takes pictures with many level lines, such as captions, for interlaced. */
const INTERLACED_RATIO = 1.2;
/** Length of a stretch of sound whose peak is measured. */
export const PEAK_SECONDS = 0.1;

/** Everything is decoded once; filters write what they notice into files, and `continueInspection` judges it. */
export function planInspection(params: InspectionParams, context: PlanContext): Result<Plan, Failure> {
  const { media, inputPath, scratchDir } = context;
  const { video, audio } = media;
  const found = examinedStretchOf(params, media);
  if (!found.ok) return found;
  const stretch = found.value;
  const { black, frozen, interlacing, blur, blockiness, silent, clipping, duration } = params;
  const looksAtPicture = [black, frozen, interlacing, blur, blockiness].some((check) => check !== null);
  const listens = silent !== null || clipping !== null;
  if (duration === null && !(looksAtPicture && video !== null) && !(listens && audio.length > 0))
    return fail({ code: video === null ? "NO_VIDEO_STREAM" : "NO_AUDIO_STREAM", detail: media.formatName });

  return ok({
    commands: [
      {
        // Turned upright, an interlaced picture would have its lines standing.
        inputs: [{ path: inputPath, options: [...stretch.input, "-noautorotate"] }],
        // What cannot be decoded is no reason to stop; the health check counts it.
        globals: ["-max_error_rate", "1"],
        outputs: [
          ...(video === null ? [] : [pictureOutput(params, video, stretch, scratchDir)]),
          ...audio.map((sound) => soundOutput(params, sound, stretch, scratchDir)),
        ],
        expectedSeconds: stretch.endSeconds - stretch.startSeconds,
      },
    ],
    files: [],
    outputs: [],
    continues: true,
    setsCover: false,
  });
}

function pictureOutput(
  params: InspectionParams,
  { index }: VideoStream,
  { trimPicture }: ExaminedStretch,
  scratchDir: string,
): CommandOutput {
  const { black, frozen } = params;
  const print = (name: string, key: string) => printing("metadata", scratchDir, name, key);
  const everyFrame = chain([
    black &&
      filter("blackdetect", {
        d: black.minSeconds,
        pix_th: black.darkPercent / 100,
        pic_th: black.areaPercent / 100,
      }),
    black && print(MEASURED.blackStart, "lavfi.black_start"),
    black && print(MEASURED.blackEnd, "lavfi.black_end"),
    frozen && filter("freezedetect", { d: frozen.minSeconds, n: `${frozen.noiseDb}dB` }),
    frozen && print(MEASURED.frozenStart, "lavfi.freezedetect.freeze_start"),
    frozen && print(MEASURED.frozenEnd, "lavfi.freezedetect.freeze_end"),
  ]);
  const looks = lookChains(params, scratchDir);
  const steps =
    looks.length === 0
      ? chain([trimPicture, everyFrame]) || "null"
      : graph([
          { steps: chain([trimPicture, "split"]), to: ["every", "some"] },
          ...looks,
          { from: ["every"], steps: everyFrame || "null" },
        ]);
  return {
    path: `${scratchDir}/${MEASURED.frames(index)}`,
    options: [
      ...["-map", `0:${index}`, "-filter:v", steps],
      // Only the times of frames are wanted: they go on by reference, as they come, in the time base they have.
      ...["-c:v", "wrapped_avframe", "-fps_mode", "passthrough", "-enc_time_base", "-1"],
      ...["-f", "framecrc"],
    ],
  };
}

/** What is measured now and then. */
function lookChains(
  { interlacing, blur, blockiness }: InspectionParams,
  scratchDir: string,
): Parameters<typeof graph>[0] {
  if (interlacing === null && blur === null && blockiness === null) return [];
  const nowAndThen = chain([
    middle(),
    // Compares each frame with the ones around it, so it has to see all of them.
    interlacing && filter("idet", { intl_thres: INTERLACED_RATIO }),
    filter("select", [`isnan(prev_selected_t)+gte(t-prev_selected_t,${LOOK_SECONDS})`]),
    blur && filter("blurdetect"),
    printing("metadata", scratchDir, MEASURED.looks),
  ]);
  if (blockiness === null) return [{ from: ["some"], steps: chain([nowAndThen, filter("nullsink")]) }];
  // ffmpeg's blockdetect adds all frames up, up to 5.1 and later; so: how much larger steps to the right are at the borders
  // of blocks than everywhere.
  const steps = chain([filter("format", ["gray"]), filter("convolution", { "0m": "0 0 0 0 -1 1 0 0 0", "0rdiv": 1 })]);
  const average = (file: string) =>
    chain([
      filter("signalstats"),
      printing("metadata", scratchDir, file, "lavfi.signalstats.YAVG"),
      filter("nullsink"),
    ]);
  const borders = chain([
    // The nearest neighbour that scaling takes of eight is the fifth; the last one is three further.
    filter("crop", [`iw-${BLOCK_PX}`, "ih", 3, 0]),
    filter("scale", { w: `iw/${BLOCK_PX}`, h: "ih", flags: "neighbor" }),
  ]);
  return [
    { from: ["some"], steps: chain([nowAndThen, steps, "split"]), to: ["steps", "borders"] },
    { from: ["steps"], steps: average(MEASURED.steps) },
    { from: ["borders"], steps: chain([borders, average(MEASURED.borders)]) },
  ];
}

/** Where blocks still begin at multiples of their size. */
function middle(): string {
  const { widthPx, heightPx } = LOOK_SIZE;
  const inBlocks = (length: string) => `floor(${length}/${BLOCK_PX})*${BLOCK_PX}`;
  return filter("crop", [
    ...[`min(${inBlocks("iw")},${widthPx})`, `min(ih,${heightPx})`],
    ...[inBlocks("(iw-ow)/2"), "(ih-oh)/2"],
  ]);
}

function soundOutput(
  params: InspectionParams,
  { index, sampleRateHz }: AudioStream,
  { trimSound }: ExaminedStretch,
  scratchDir: string,
): CommandOutput {
  const { silent, clipping } = params;
  const print = (name: string, key?: string) => printing("ametadata", scratchDir, name, key);
  const steps = chain([
    trimSound,
    silent && filter("silencedetect", { n: `${silent.silenceDb}dB`, d: silent.minSeconds }),
    silent && print(MEASURED.silentStart(index), "lavfi.silence_start"),
    silent && print(MEASURED.silentEnd(index), "lavfi.silence_end"),
    clipping && filter("asetnsamples", { n: Math.max(1, Math.round(PEAK_SECONDS * sampleRateHz)), p: 0 }),
    clipping &&
      filter("astats", {
        metadata: 1,
        // Begin anew with each stretch.
        reset: 1,
        measure_perchannel: "none",
        measure_overall: "Peak_level+RMS_level+Flat_factor",
      }),
    clipping && print(MEASURED.peaks(index)),
    // True peaks are those between the samples, as they will be heard.
    clipping && filter("ebur128", { metadata: 1, peak: "true" }),
    clipping && print(MEASURED.loudness(index)),
  ]);
  return {
    path: `${scratchDir}/${MEASURED.frames(index)}`,
    options: [
      ...["-map", `0:${index}`, "-filter:a", steps || "anull"],
      ...["-c:a", "pcm_s16le", "-enc_time_base", "-1", "-f", "framecrc"],
    ],
  };
}

function printing(name: "metadata" | "ametadata", scratchDir: string, file: string, key?: string): string {
  return filter(name, { mode: "print", ...(key === undefined ? {} : { key }), file: `${scratchDir}/${file}` });
}
