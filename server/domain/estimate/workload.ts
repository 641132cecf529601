/**
 * What a plan will have done, as far as it costs time or room. It is read from the commands rather than from parameters:
 * whatever kind of operation made them, and whether they are shared, what is counted is what will be started.
 */
import { isIndexed } from "../ffmpeg/seek.ts";
import { displaySizeOf, type MediaInfo, type VideoStream } from "../media.ts";
import type { Command, CommandInput, CommandOutput, DeclaredOutput, Plan, PlanContext } from "../plan.ts";
import { bitsOf, optionOf, pairsOf, secondsOf } from "./options.ts";

interface Frame {
  widthPx: number;
  heightPx: number;
}

/** What an encoder is told to spend. */
export type Rate =
  | { by: "quality"; crf: number; ceilingBps: number | null }
  | { by: "rate"; targetBps: number; constant: boolean };

export interface Film extends Frame {
  encoder: string;
  preset: string;
  rate: Rate;
  framesPerSecond: number;
  seconds: number;
  /** Frames from one key frame to the next, at most. */
  keyEvery: number;
  /** Of the source: where there are fewer, what is between two frames is more. */
  sourceFramesPerSecond: number;
  /** The first of two passes writes nothing. */
  kept: boolean;
}

export interface Pictures extends Frame {
  encoder: string;
  count: number;
  /** Small ones, put together on sheets. */
  tiled: boolean;
}

export interface Animation extends Frame {
  encoder: "gif" | "libwebp_anim";
  quality: number;
  frames: number;
  framesPerSecond: number;
}

export interface Sound {
  encoder: string;
  bitsPerSecond: number;
  seconds: number;
}

/** Packets taken over as they are. */
export interface Copy {
  bytes: number;
}

/** Frames that come out of a decoder, and what is done to them on their way. */
export interface Reading extends Frame {
  codec: string;
  frames: number;
  bytes: number;
}

export interface Work {
  reading: Reading[];
  films: Film[];
  sounds: Sound[];
  copies: Copy[];
  pictures: Pictures[];
  animations: Animation[];
  /** Pixels that go through filters, by the filter's name. */
  filtered: Map<string, number>;
  /** Bytes read of a source, as a copy of it or of its sound has to. */
  readBytes: number;
  container: string;
  segments: number;
  seconds: number;
}

const SEGMENT_SECONDS = 6;
/** Encoders put key frames this far apart or less when nobody asks for another distance. */
const KEY_EVERY = 250;
/** Between the place a seek lands on and the picture that is wanted. */
const SEEK_SECONDS = 2;
const MARGIN_SECONDS = 15;
const NOT_ENCODED = new Set(["copy", "wrapped_avframe"]);

/** One for each command. What is written for nobody but a later command counts as work, not as size: see `kept`. */
export function worksOf(plan: Plan, context: PlanContext): (Work & { kept: boolean })[] {
  return plan.commands.map((command) => ({
    ...workOf(command, plan, context),
    kept: command.outputs.some(({ path }) => path.startsWith(`${context.outputDir}/`)),
  }));
}

function workOf(command: Command, plan: Plan, context: PlanContext): Work {
  const work: Work = {
    ...{ reading: [], films: [], sounds: [], copies: [], pictures: [], animations: [], filtered: new Map() },
    ...{ readBytes: 0, container: "", segments: 0, seconds: command.expectedSeconds },
  };
  const sources = command.inputs.map(({ path }) => mediaAt(path, context));
  const source = sources.find((media) => media !== null) ?? null;
  const graphs = optionOf(command.globals, "-filter_complex") ?? "";
  const draws = graphs !== "" || command.outputs.some((output) => encodesPicture(output));
  for (const [index, input] of command.inputs.entries()) {
    const media = sources[index] ?? null;
    if (media === null) continue;
    const seconds = secondsRead(input, command, media);
    const bytes = media.durationSeconds > 0 ? (media.sizeBytes * seconds) / media.durationSeconds : media.sizeBytes;
    work.readBytes += bytes;
    if (media.video !== null && draws) work.reading.push({ ...readingOf(media, media.video, input, seconds), bytes });
  }
  for (const output of command.outputs) addOutput(work, output, { command, plan, context, source });
  if (source?.video != null) addFilters(work, graphs, source.video);
  return work;
}

interface Place {
  command: Command;
  plan: Plan;
  context: PlanContext;
  source: MediaInfo | null;
}

/** Null for what is no media: a list of our own files, a picture that is laid on, a palette. */
function mediaAt(path: string, { inputPath, media, files }: PlanContext): MediaInfo | null {
  if (path === inputPath) return media;
  const named = Object.values(files).find((file) => file.path === path);
  return named?.of === "media" ? named.info : null;
}

function encodesPicture({ options }: CommandOutput): boolean {
  const encoder = optionOf(options, "-c:v", "-c:v:0", "-c");
  const picture = encoder !== undefined ? encoder !== "copy" : optionOf(options, "-filter:v", "-vf") !== undefined;
  return picture || optionOf(options, "-f") === "gif";
}

function secondsRead({ options }: CommandInput, command: Command, media: MediaInfo): number {
  const from = secondsOf(optionOf(options, "-ss")) ?? 0;
  const rest = Math.max(0, media.durationSeconds - from);
  const limit = secondsOf(optionOf(options, "-t"));
  if (limit !== null) return Math.min(rest, limit);
  if (command.expectedSeconds > 0) return Math.min(rest, command.expectedSeconds);
  // A single picture. Chosen ones look at all of what they may come from, or at key frames alone.
  if (optionOf(options, "-skip_frame") !== undefined) return Math.min(rest, 0.1);
  const filters = `${command.globals} ${command.outputs.map((output) => output.options)}`;
  if (filters.includes("thumbnail")) return rest;
  return Math.min(rest, filters.includes("blackframe") || isIndexed(media) ? SEEK_SECONDS : MARGIN_SECONDS);
}

function readingOf(
  media: MediaInfo,
  video: VideoStream,
  { options }: CommandInput,
  seconds: number,
): Omit<Reading, "bytes"> {
  const keysOnly = optionOf(options, "-skip_frame") !== undefined;
  const frames = media.durationSeconds === 0 || keysOnly ? 1 : Math.max(1, seconds * (video.framesPerSecond || 25));
  return { codec: video.codec, widthPx: video.widthPx, heightPx: video.heightPx, frames };
}

function addOutput(work: Work, output: CommandOutput, place: Place): void {
  const { options, path } = output;
  const { command, plan, context, source } = place;
  const declared = declaredOf(output, plan, context);
  const facts = declared[0]?.facts ?? plan.outputs.find(({ facts }) => facts.widthPx !== undefined)?.facts ?? {};
  const format = optionOf(options, "-f") ?? "";
  const nothing = format === "null" || format === "framecrc";
  work.container ||= nothing ? "" : format === "hls" ? (optionOf(options, "-hls_segment_type") ?? "mpegts") : format;
  const limit = secondsOf(optionOf(options, "-t")) ?? command.expectedSeconds;
  // Of a piece that others are joined to, the promise speaks of the whole.
  const seconds = Math.min(
    limit,
    command.expectedSeconds,
    declared[0]?.facts.durationSeconds ?? Number.POSITIVE_INFINITY,
  );
  if (format === "hls") {
    const streams = pairsOf(options).filter(([name]) => name === "-map").length;
    const segmentSeconds = secondsOf(optionOf(options, "-hls_time")) ?? SEGMENT_SECONDS;
    const separate = optionOf(options, "-var_stream_map") !== undefined;
    work.segments += Math.ceil(seconds / segmentSeconds) * (separate ? streams : 1);
  }
  const frame = {
    widthPx: facts.widthPx ?? source?.video?.widthPx ?? 0,
    heightPx: facts.heightPx ?? source?.video?.heightPx ?? 0,
  };
  if (source?.video != null) addFilters(work, optionOf(options, "-filter:v", "-vf") ?? "", source.video);
  for (const suffix of streamsOf(options, "v")) {
    const encoder = optionOf(options, `-c:v${suffix}`) ?? "";
    if (NOT_ENCODED.has(encoder)) continue;
    if (encoder === "mjpeg" || encoder === "png" || encoder === "libwebp")
      work.pictures.push(...picturesOf(encoder, frame, path, declared));
    else if (encoder === "libwebp_anim")
      work.animations.push(animationOf(encoder, frame, facts, Number(optionOf(options, "-quality") ?? 75)));
    else work.films.push(filmOf(encoder, options, suffix, { frame, seconds, facts, place }));
  }
  if (format === "gif") {
    const colours = /max_colors=(\d+)/.exec(JSON.stringify(command.globals))?.[1];
    work.animations.push(animationOf("gif", frame, facts, Number(colours ?? 256)));
  }
  for (const suffix of streamsOf(options, "a"))
    if (source !== null && optionOf(options, `-c:a${suffix}`) !== "copy")
      work.sounds.push(soundOf(options, suffix, seconds, source));
  if (!nothing) addCopies(work, options, seconds, source);
}

/** Of a sheet its tiles count: what is left empty of it costs nothing. */
function picturesOf(
  encoder: string,
  frame: Frame,
  path: string,
  declared: readonly Pick<DeclaredOutput, "facts">[],
): Pictures[] {
  const [facts = {}] = declared.map((one) => one.facts);
  const { tileWidthPx, tileHeightPx } = facts;
  if (tileWidthPx === undefined || tileHeightPx === undefined)
    return [{ ...frame, encoder, tiled: false, count: Math.max(1, path.includes("%0") ? declared.length : 1) }];
  const count = declared.reduce((sum, one) => sum + (one.facts.tileCount ?? 0), 0);
  return [{ widthPx: tileWidthPx, heightPx: tileHeightPx, encoder, count, tiled: true }];
}

/** What is promised of this output; of a numbered pattern, all that follow it. */
function declaredOf(
  { path }: CommandOutput,
  { outputs, series = [] }: Plan,
  { outputDir }: PlanContext,
): readonly Pick<DeclaredOutput, "facts">[] {
  if (!path.startsWith(`${outputDir}/`)) return [];
  const name = path.slice(outputDir.length + 1);
  const [prefix, suffix] = name.split(/%0?\d*[dv]/);
  if (suffix === undefined) return outputs.filter((one) => one.name === name);
  const numbered = outputs.filter((one) => one.name.startsWith(prefix ?? "") && one.name.endsWith(suffix));
  if (numbered.length > 0) return numbered;
  const chosen = series.filter(({ numbering }) => numbering.prefix === prefix);
  // How many scenes there are is known when all was seen.
  return chosen.length > 0 ? Array.from({ length: SCENES_EXPECTED }, () => chosen).flat() : outputs.slice(0, 1);
}

/** A new scene every five seconds or so, of some minutes. */
const SCENES_EXPECTED = 8;

/** `-c:v`, `-c:v:0`, `-c:v:1`: what stands behind the name, for each stream of a kind. */
function streamsOf(options: readonly string[], kind: "v" | "a"): string[] {
  const named = pairsOf(options).flatMap(([name]) => new RegExp(`^-c:${kind}((:\\d+)?)$`).exec(name)?.[1] ?? []);
  return [...new Set(named)];
}

interface FilmPlace {
  frame: Frame;
  seconds: number;
  facts: DeclaredOutput["facts"];
  place: Place;
}

function filmOf(
  encoder: string,
  options: readonly string[],
  suffix: string,
  { frame, seconds, facts, place }: FilmPlace,
): Film {
  const { plan, source } = place;
  const of = (name: string) => optionOf(options, suffix === "" ? name : `${name}:v${suffix}`);
  const manifest = plan.files.find((file) => "manifest" in file)?.manifest;
  const picture = manifest?.pictures[Number(suffix.slice(1))];
  const sourceRate = source?.video?.framesPerSecond || 25;
  const framesPerSecond = (picture && manifest?.framesPerSecond) ?? facts.framesPerSecond ?? sourceRate;
  const target = bitsOf(suffix === "" ? optionOf(options, "-b:v") : of("-b"));
  const ceilingBps = bitsOf(of("-maxrate"));
  const forced = /(?:n_forced\*|prev_forced_t\+)(\d+(?:\.\d+)?)/.exec(of("-force_key_frames") ?? "")?.[1];
  const keyEvery = forced === undefined ? KEY_EVERY : Number(forced) * framesPerSecond;
  return {
    ...(picture ?? frame),
    ...{ encoder, preset: of("-preset") ?? "", framesPerSecond, seconds, sourceFramesPerSecond: sourceRate },
    rate: target
      ? { by: "rate", targetBps: target, constant: ceilingBps === target }
      : { by: "quality", crf: Number(of("-crf") ?? 23), ceilingBps },
    keyEvery: Math.min(keyEvery, Number(of("-g") ?? KEY_EVERY)),
    kept: optionOf(options, "-f") !== "null",
  };
}

function animationOf(
  encoder: Animation["encoder"],
  frame: Frame,
  facts: DeclaredOutput["facts"],
  quality: number,
): Animation {
  const { framesPerSecond = 1, durationSeconds = 0 } = facts;
  return { ...frame, encoder, quality, frames: Math.max(1, durationSeconds * framesPerSecond), framesPerSecond };
}

/** What uncompressed sound of 16 bits needs. */
const PCM_BITS = 16;

function soundOf(options: readonly string[], suffix: string, seconds: number, { audio }: MediaInfo): Sound {
  const of = (name: string) => optionOf(options, suffix === "" ? name : `${name.replace(/:a$/, "")}:a${suffix}`);
  const [track] = audio;
  const channels = Number(of("-ac") ?? track?.channels ?? 2);
  const sampleRateHz = Number(of("-ar") ?? track?.sampleRateHz ?? 48_000);
  const raw = PCM_BITS * channels * sampleRateHz;
  const encoder = optionOf(options, `-c:a${suffix}`) ?? "";
  return { encoder, seconds, bitsPerSecond: bitsOf(of("-b:a")) ?? raw };
}

function addCopies(work: Work, options: readonly string[], seconds: number, source: MediaInfo | null): void {
  const all = optionOf(options, "-c") === "copy";
  const picture = all || streamsOf(options, "v").some((suffix) => optionOf(options, `-c:v${suffix}`) === "copy");
  // Of our own pieces, which another command wrote: their size is known where they were made.
  if (source === null || !picture || source.durationSeconds === 0) return;
  const share = Math.min(1, seconds / source.durationSeconds);
  const bps = (source.video?.bitrateBps ?? 0) / 8;
  const onlyPicture = !all && bps > 0;
  work.copies.push({ bytes: onlyPicture ? bps * seconds : source.sizeBytes * share });
}

const LOOK_PIXELS_PER_SECOND = 10 * 640 * 360;

/** Everything before it is decoded anew for each filter of a frame, so what counts is the pixels that pass. */
function addFilters(work: Work, graph: string, video: VideoStream): void {
  const { widthPx, heightPx } = displaySizeOf(video);
  const frames = work.reading.reduce((sum, reading) => sum + reading.frames, 0);
  for (const [, name = ""] of graph.matchAll(/(?:^|[\],;])([a-z0-9_]+)(?==|,|;|\[|$)/g)) {
    // It looks at the middle of some pictures, and long.
    const pixels = name === "blurdetect" ? LOOK_PIXELS_PER_SECOND * work.seconds : widthPx * heightPx * frames;
    work.filtered.set(name, (work.filtered.get(name) ?? 0) + pixels);
  }
}
