/** Asks ffprobe what a file is. What it may open, and how long it may think, is limited: the file came from outside. */
import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import type { Failure } from "#domain/error.ts";
import { lookFrom, packetTimesArgs, promisesAnEnd, reachesItsEnd, truncationOf } from "#domain/ffmpeg/ending.ts";
import { type KeyFrames, keyFramesArgs, parseKeyFrames } from "#domain/ffmpeg/key-frames.ts";
import { FFPROBE_ARGS, parseProbe } from "#domain/ffmpeg/probe.ts";
import type { MediaInfo } from "#domain/media.ts";
import { fail, type Result } from "#domain/result.ts";
import { GUARD_PATH, guardArguments, type ProcessLimits } from "./guard.ts";

const LIMITS: ProcessLimits = { memoryBytes: 4 * 1024 ** 3, processorSeconds: 60, fileBytes: 0 };
const WALL_MS = 60_000;
/** Of its JSON: thousands of streams, which no honest file has, would be more. */
const JSON_BYTES_MAX = 8 * 1024 ** 2;
/** Of the times of packets: those of ten hours. */
const TIMES_BYTES_MAX = 64 * 1024 ** 2;

interface ProbeOptions {
  signal: AbortSignal;
}

/** A name without an ending lets the content speak; ffprobe believes an ending first. Rejects when aborted. */
export async function probe(path: string, { signal }: ProbeOptions): Promise<Result<MediaInfo, Failure>> {
  const { size } = await stat(path);
  if (size === 0) return parseProbe(null, 0);
  const answer = await ask(path, FFPROBE_ARGS, { signal, maxBuffer: JSON_BYTES_MAX });
  if (answer.brokenOff) return fail({ code: "NOT_MEDIA", detail: "It takes too much to find out what this file is." });
  return parseProbe(parseJson(answer.text), size, answer.log);
}

/** Also makes sure that a file which came from outside came whole: a header at its front tells of data it may have lost. */
export async function probeWhole(path: string, { signal }: ProbeOptions): Promise<Result<MediaInfo, Failure>> {
  const probed = await probe(path, { signal });
  if (!probed.ok) return probed;
  const truncation = await findTruncation(path, probed.value, signal);
  return truncation === null ? probed : fail(truncation);
}

/** A quick look at the end, and only if nothing is there one at all of it. A file that takes too long is let through. */
async function findTruncation(path: string, info: MediaInfo, signal: AbortSignal): Promise<Failure | null> {
  if (!promisesAnEnd(info)) return null;
  const options = { signal, maxBuffer: TIMES_BYTES_MAX };
  const end = await ask(path, packetTimesArgs(lookFrom(info)), options);
  if (end.brokenOff || reachesItsEnd(info, { csv: end.text, log: end.log })) return null;
  const whole = await ask(path, packetTimesArgs(0), options);
  return whole.brokenOff ? null : truncationOf(info, { csv: whole.text, log: whole.log });
}

/** Null where they cannot be found, or not within the limits of a probe. */
export async function probeKeyFrames(
  path: string,
  streamIndex: number,
  { signal }: ProbeOptions,
): Promise<KeyFrames | null> {
  const answer = await ask(path, keyFramesArgs(streamIndex), { signal, maxBuffer: TIMES_BYTES_MAX });
  return answer.brokenOff ? null : parseKeyFrames(answer.text);
}

interface Answer {
  text: string;
  log: string;
  /** By a limit: of time, of processor time, of the answer's size. */
  brokenOff: boolean;
}

function ask(
  path: string,
  questions: readonly string[],
  { signal, maxBuffer }: ProbeOptions & { maxBuffer: number },
): Promise<Answer> {
  const args = [...guardArguments("ffprobe", LIMITS), ...questions, path];
  const options = { signal, timeout: WALL_MS, maxBuffer, killSignal: "SIGKILL" } as const;
  return new Promise((resolve, reject) => {
    execFile(GUARD_PATH, args, options, (error, text, log) => {
      if (signal.aborted) return reject(signal.reason);
      // A number is ffprobe's exit code, with which it refuses a file; a text is a system error such as ENOENT.
      if (typeof error?.code === "string" && !error.killed) return reject(error);
      const brokenOff = error !== null && typeof error.code !== "number";
      resolve({ text, log: log.replaceAll(path, "the file"), brokenOff });
    });
  });
}

/** ffprobe broke off in the middle of a sentence when it could not go on; what it said until then counts for nothing. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
