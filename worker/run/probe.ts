/** Asks ffprobe what a file is. What it may open, and how long it may think, is limited: the file came from outside. */
import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import type { Failure } from "#domain/error.ts";
import { FFPROBE_ARGS, parseProbe } from "#domain/ffmpeg/probe.ts";
import type { MediaInfo } from "#domain/media.ts";
import { fail, type Result } from "#domain/result.ts";
import { GUARD_PATH, guardArguments, type ProcessLimits } from "./guard.ts";

const LIMITS: ProcessLimits = { memoryBytes: 4 * 1024 ** 3, processorSeconds: 60, fileBytes: 0 };
const WALL_MS = 60_000;
/** Of its JSON: thousands of streams, which no honest file has, would be more. */
const ANSWER_BYTES_MAX = 8 * 1024 ** 2;

/** A name without an ending lets the content speak; ffprobe believes an ending first. Rejects when aborted. */
export async function probe(path: string, { signal }: { signal: AbortSignal }): Promise<Result<MediaInfo, Failure>> {
  const { size } = await stat(path);
  if (size === 0) return parseProbe(null, 0);
  const answer = await ask(path, signal);
  if (answer.brokenOff) return fail({ code: "NOT_MEDIA", detail: "It takes too much to find out what this file is." });
  return parseProbe(answer.json, size, answer.log);
}

interface Answer {
  json: unknown;
  log: string;
  /** By a limit: of time, of processor time, of the answer's size. */
  brokenOff: boolean;
}

function ask(path: string, signal: AbortSignal): Promise<Answer> {
  const args = [...guardArguments("ffprobe", LIMITS), ...FFPROBE_ARGS, path];
  const options = { signal, timeout: WALL_MS, maxBuffer: ANSWER_BYTES_MAX, killSignal: "SIGKILL" } as const;
  return new Promise((resolve, reject) => {
    execFile(GUARD_PATH, args, options, (error, json, log) => {
      if (signal.aborted) return reject(signal.reason);
      // A number is ffprobe's exit code, with which it refuses a file; a text is a system error such as ENOENT.
      if (typeof error?.code === "string" && !error.killed) return reject(error);
      const brokenOff = error !== null && typeof error.code !== "number";
      resolve({ json: parseJson(json), log: log.replaceAll(path, "the file"), brokenOff });
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
