/** What people look at and listen to: made beside original. */
import { copyFile, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Failure } from "#domain/error.ts";
import { numberText } from "#domain/ffmpeg/filter.ts";
import { displaySizeOf } from "#domain/media.ts";
import { lookOf, pictureCommand, pictureEncoding } from "#domain/operations/snapshot/picture.ts";
import { snapshotParams } from "#domain/operations/snapshot/schema.ts";
import { mainAudioOf } from "#domain/operations/transcode/encode-audio.ts";
import type { Command, DeclaredOutput } from "#domain/plan.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import { compareCommand, peaksOf, readSsim, shownSizeOf, soundCommand } from "#domain/trial/compare.ts";
import type { TrialResult } from "#domain/trial/trial.ts";
import { runCommand } from "../run/ffmpeg.ts";
import { probe } from "../run/probe.ts";
import type { Made } from "./carry-out-trial.ts";

type Shown = Result<TrialResult["shown"], Failure>;

/** As many as one compares at a glance. */
const PICTURES_MAX = 12;

export async function showMade(made: Made, signal: AbortSignal): Promise<Shown> {
  const [output] = made.outputs;
  if (output === undefined) return fail({ code: "OUTPUT_MISSING", detail: "" });
  if (made.operation.kind === "animated-graphic" || output.role === "image" || output.role === "sheet")
    return showPictures(made, signal);
  const path = join(made.context.outputDir, output.name);
  const probed = await probe(path, { signal });
  if (!probed.ok) return probed;
  const { video, audio } = probed.value;
  const source = made.context.media.video;
  if (video === null || source === null) return showSound(made, path, audio[0]?.index ?? 0, signal);

  const ssimPath = join(made.scratchDir, "ssim.txt");
  const pairName = "pair.mp4";
  const compared = await runCommand(
    compareCommand({
      source: { path: made.context.inputPath, media: made.context.media, video: source },
      made: { path, video, hasSound: audio.length > 0 },
      ...{ operation: made.operation, stretch: made.stretch, ssimPath, pairPath: join(made.shownDir, pairName) },
    }),
    { signal },
  );
  if (!compared.ok) return compared;
  const { framesPerSecond } = video;
  return ok({
    ...{ kind: "film", pairName, ...shownSizeOf(source, made.operation), framesPerSecond: framesPerSecond || 25 },
    made: { ...displaySizeOf(video), codec: video.codec },
    ssim: readSsim(await readFile(ssimPath, "utf8"), framesPerSecond || 25),
  });
}

async function showSound(
  { context, stretch, shownDir, scratchDir }: Made,
  path: string,
  madeIndex: number,
  signal: AbortSignal,
): Promise<Shown> {
  const track = mainAudioOf(context.media);
  if (track === null) return fail({ code: "NO_AUDIO_STREAM", detail: context.media.formatName });
  const seek = ["-ss", numberText(stretch.startSeconds), "-t", numberText(stretch.durationSeconds)];
  const sounds = [
    { name: "original.wav", input: { path: context.inputPath, options: seek }, index: track.index },
    { name: "made.wav", input: { path, options: [] }, index: madeIndex },
  ];
  const peaks: number[][] = [];
  for (const { name, input, index } of sounds) {
    const drawPath = join(scratchDir, `${name}.raw`);
    const decoded = await runCommand(soundCommand(input, index, { listenPath: join(shownDir, name), drawPath }), {
      signal,
    });
    if (!decoded.ok) return decoded;
    const bytes = await readFile(drawPath);
    peaks.push(peaksOf(new Int16Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.byteLength / 2))));
  }
  const [originalPeaks = [], madePeaks = []] = peaks;
  return ok({ kind: "sound", originalName: "original.wav", madeName: "made.wav", originalPeaks, madePeaks });
}

async function showPictures(made: Made, signal: AbortSignal): Promise<Shown> {
  const { outputs, context, shownDir } = made;
  const shown = outputs.filter(({ role }) => role !== "cues").slice(0, PICTURES_MAX);
  const pictures = [];
  for (const { name, contentType, facts } of shown) {
    const path = join(context.outputDir, name);
    await copyFile(path, join(shownDir, name));
    const { widthPx = null, heightPx = null } = facts;
    pictures.push({ name, contentType, widthPx, heightPx, sizeBytes: (await stat(path)).size });
  }
  const frame = frameCommand(made, shown[0], join(shownDir, FRAME));
  const drawn = frame === null ? null : await runCommand(frame, { signal });
  return ok({ kind: "pictures", frameName: drawn?.ok ? FRAME : null, pictures });
}

const FRAME = "source-frame.png";

/** The frame that the first picture shows, or the first of the stretch; as it is stored. */
function frameCommand({ context, stretch }: Made, first: DeclaredOutput | undefined, path: string): Command | null {
  const { media, inputPath } = context;
  if (media.video === null) return null;
  const { steps } = lookOf(snapshotParams.parse({ format: "png" }), media.video);
  const at = first?.facts.atSeconds ?? stretch.startSeconds;
  return pictureCommand(at, media, inputPath, media.video, { path, steps, encoding: pictureEncoding("png") });
}
