import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { GUARD_PATH } from "./guard.ts";

const execute = promisify(execFile);

/** What the ffmpeg that this worker starts calls itself. */
export async function readFfmpegVersion(): Promise<string> {
  const { stdout } = await execute(GUARD_PATH, ["-version"]);
  // ffmpeg version 8.0.1 Copyright (c) …
  return /^ffmpeg version (\S+)/.exec(stdout)?.[1] ?? "";
}
