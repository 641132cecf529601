/** Whether a file goes on to the end that its header promises, or was cut off on its way here. */
import type { Failure } from "../error.ts";
import type { MediaInfo } from "../media.ts";
import { INPUT_FENCE } from "./argv.ts";

/**
 * Formats whose header says how long they last. The others (MPEG, AVI, Ogg, WAV, …) are as long as what is there of them:
 * what ffprobe says of their duration is measured, and nothing can be missing from it.
 */
const PROMISING_DEMUXERS = ["mov", "matroska", "flv", "asf", "mxf", "mp3", "flac", "aiff", "caf"];

/** How far before its end a file is read. */
const LOOK_SECONDS = 2;
/** Rounding, encoder delay, a track somewhat longer than its last frame: never this much. */
const HONEST_GAP_SECONDS = 1;
/** A promise may be wrong by itself. So much of it must be missing before that counts without a trace of a cut. */
const MISSING_SHARE_MAX = 0.5;

/** What demuxers say of a packet or a box that the end of the file cuts through. */
const TRACES_OF_A_CUT = /partial file|ended prematurely|Packet corrupt/;

export function promisesAnEnd({ formatName, durationSeconds }: MediaInfo): boolean {
  return durationSeconds > 0 && formatName.split(",").some((name) => PROMISING_DEMUXERS.includes(name));
}

/** Where reading begins when only the end is of interest. */
export function lookFrom({ durationSeconds }: MediaInfo): number {
  return Math.max(0, durationSeconds - LOOK_SECONDS);
}

/** What ffprobe is asked, before the path: the times of all packets from there on. Nothing is decoded. */
export function packetTimesArgs(fromSeconds: number): string[] {
  return [
    "-hide_banner",
    ...["-loglevel", "warning"],
    ...INPUT_FENCE,
    ...["-read_intervals", `${fromSeconds.toFixed(3)}%`],
    ...["-show_entries", "packet=codec_type,pts_time,dts_time,duration_time", "-print_format", "csv=print_section=0"],
  ];
}

/** What ffprobe answered: its lines, and what it wrote to stderr. */
export interface PacketTimes {
  csv: string;
  log: string;
}

export function reachesItsEnd(info: MediaInfo, { csv, log }: PacketTimes): boolean {
  return isGuess(log) || gapOf(info, csv) <= HONEST_GAP_SECONDS;
}

/** Judges a file that was read from its beginning: seeking may land beyond the last picture of a file that is whole. */
export function truncationOf(info: MediaInfo, { csv, log }: PacketTimes): Failure | null {
  const gap = gapOf(info, csv);
  if (isGuess(log) || gap <= HONEST_GAP_SECONDS) return null;
  if (!TRACES_OF_A_CUT.test(log) && gap <= MISSING_SHARE_MAX * info.durationSeconds) return null;
  return {
    code: "MEDIA_TRUNCATED",
    detail: `It ends at ${(info.durationSeconds - gap).toFixed(1)} of ${info.durationSeconds.toFixed(1)} s.`,
  };
}

/** Without a header of its own, an MP3 is as long as its first bit rate makes it. */
function isGuess(log: string): boolean {
  return log.includes("Estimating duration from bitrate");
}

/** Packets stand in the order they are read, so the latest ones are among the last lines, however long the file. */
const TAIL_CHARACTERS = 64 * 1024;

/** Seconds between the last picture or sound and the end that was promised. Time codes and titles may stand for longer. */
function gapOf({ durationSeconds }: MediaInfo, csv: string): number {
  const ends = csv
    .slice(-TAIL_CHARACTERS)
    .split("\n")
    .map((line) => {
      const [type = "", pts, dts, duration] = line.split(",");
      if (type !== "video" && type !== "audio") return 0;
      return (secondsOf(pts) ?? secondsOf(dts) ?? 0) + (secondsOf(duration) ?? 0);
    });
  return durationSeconds - Math.max(0, ...ends);
}

/** ffprobe writes N/A for what it does not know. */
function secondsOf(text: string | undefined): number | null {
  const seconds = Number.parseFloat(text ?? "");
  return Number.isFinite(seconds) ? seconds : null;
}
