/**
 * The one file that knows fluent-ffmpeg: a planned command becomes a process, what the process says becomes progress and
 * log lines, and an abort signal ends it.
 *
 * Of fluent-ffmpeg's own ideas we use none beyond that: its percent ignores trims, its `progress` event starts an ffprobe of
 * its own, and its error texts depend on how ffmpeg was stopped. Progress comes from `-progress`, outcomes from exit codes.
 */
import { ChildProcess } from "node:child_process";
import { stat } from "node:fs/promises";
import { dirname, isAbsolute } from "node:path";
import createCommand, { type FfmpegCommand } from "fluent-ffmpeg";
import type { Failure } from "#domain/error.ts";
import { argvOf, fence } from "#domain/ffmpeg/argv.ts";
import { type Progress, progressParser } from "#domain/ffmpeg/progress.ts";
import type { Command } from "#domain/plan.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import { GUARD_PATH, guardArguments, PROCESS_LIMITS, type ProcessLimits } from "./guard.ts";

export interface CommandLimits extends ProcessLimits {
  wallSeconds: number;
  /** Longest silence: neither a progress report nor a write to an output. */
  silenceSeconds: number;
}

export const COMMAND_LIMITS: CommandLimits = { ...PROCESS_LIMITS, wallSeconds: 24 * 3600, silenceSeconds: 60 };

export interface RunCommandOptions {
  signal: AbortSignal;
  /** About twice a second. */
  onProgress?: (progress: Progress) => void;
  /** One line of ffmpeg's log, without the folders of this machine. */
  onLog?: (line: string) => void;
  limits?: CommandLimits;
}

/** How long an encoder we end may take to close its files: it has to be gone within two seconds. */
const TERMINATION_GRACE_MS = 1_500;
const DETAIL_LINES = 12;
const OUT_OF_MEMORY = /Cannot allocate memory|malloc of size \d+ failed|failed to map segment|bad_alloc/;

createCommand.setFfmpegPath(GUARD_PATH);

/**
 * Before the first command of a process fluent-ffmpeg asks ffmpeg for its formats and encoders, which takes 0.2 s. Asked at
 * start, no run waits for it. Rejects when there is no working ffmpeg.
 */
export async function warmUp(): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    createCommand.getAvailableFormats((error) => (error ? reject(error) : resolve()));
  });
  await new Promise<void>((resolve, reject) => {
    createCommand.getAvailableEncoders((error) => (error ? reject(error) : resolve()));
  });
}

/** Runs ffmpeg with exactly `argvOf(command)`. When aborted, it rejects with the signal's reason once ffmpeg is gone. */
export async function runCommand(command: Command, options: RunCommandOptions): Promise<Result<void, Failure>> {
  const { signal, limits = COMMAND_LIMITS, onProgress = () => undefined, onLog = () => undefined } = options;
  signal.throwIfAborted();
  const ffmpeg = assemble(command, limits);
  const stopper = stopperOf(ffmpeg);
  const stripFolders = folderStripperOf(command);
  const lastLines: string[] = [];
  let broken: Failure | undefined;

  const life = watchLife(command, limits, (failure) => {
    broken ??= failure;
    stopper.stop();
  });
  ffmpeg.on("stderr", (text) => {
    const line = stripFolders(text).trimEnd();
    if (line === "") return;
    if (lastLines.push(line) > DETAIL_LINES) lastLines.shift();
    onLog(line);
  });
  signal.addEventListener("abort", stopper.stop);
  try {
    const exit = await run(ffmpeg, (progress) => {
      life.sign();
      onProgress(progress);
    });
    signal.throwIfAborted();
    if (broken !== undefined) return fail(broken);
    return exit.code === 0 ? ok(undefined) : fail(failureOf(exit, lastLines));
  } finally {
    life.stop();
    stopper.done();
    signal.removeEventListener("abort", stopper.stop);
  }
}

function assemble(command: Command, limits: ProcessLimits): FfmpegCommand {
  const { inputs, globals, outputs } = fence(command);
  const ffmpeg = createCommand();
  for (const [index, { path, options }] of inputs.entries()) {
    ffmpeg.input(path);
    // As arguments of their own: of an array, fluent-ffmpeg splits items that have exactly one space.
    ffmpeg.inputOptions(...(index === 0 ? guardArguments("ffmpeg", limits) : []), ...options);
  }
  for (const [index, { path, options }] of outputs.entries()) {
    ffmpeg.output(path);
    ffmpeg.outputOptions(...(index === 0 ? globals : []), ...options);
  }
  return ffmpeg;
}

/** Undocumented, and there from `start` until the process has ended. */
function processOf(ffmpeg: FfmpegCommand): ChildProcess | null {
  return "ffmpegProc" in ffmpeg && ffmpeg.ffmpegProc instanceof ChildProcess ? ffmpeg.ffmpegProc : null;
}

interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** fluent-ffmpeg's words, for when nothing was started. */
  message: string;
}

function run(ffmpeg: FfmpegCommand, onProgress: (progress: Progress) => void): Promise<Exit> {
  return new Promise((resolve) => {
    const exit: Exit = { code: null, signal: null, message: "" };
    ffmpeg.on("start", () => {
      const child = processOf(ffmpeg);
      if (child?.pid === undefined) {
        // fluent-ffmpeg's own handler of a failed start throws.
        child?.removeAllListeners("error").once("error", ({ message }) => resolve({ ...exit, message }));
        return;
      }
      // Before fluent-ffmpeg's own listener, which may end the command at once.
      child.prependOnceListener("exit", (code, signal) => Object.assign(exit, { code, signal }));
      const parse = progressParser();
      child.stdout?.on("data", (text: Buffer) => {
        for (const progress of parse(text.toString())) onProgress(progress);
      });
    });
    ffmpeg.on("end", () => resolve(exit));
    ffmpeg.on("error", ({ message }) => resolve({ ...exit, message }));
    ffmpeg.run();
  });
}

/** Ends the process politely, then for sure; also one that is only about to start. */
function stopperOf(ffmpeg: FfmpegCommand): { stop: () => void; done: () => void } {
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;
  function stop(): void {
    stopping = true;
    const child = processOf(ffmpeg);
    if (child === null || timer !== undefined) return;
    child.kill("SIGTERM");
    timer = setTimeout(() => child.kill("SIGKILL"), TERMINATION_GRACE_MS);
  }
  ffmpeg.on("start", () => {
    if (stopping) stop();
  });
  return { stop, done: () => clearTimeout(timer) };
}

function watchLife(command: Command, limits: CommandLimits, onBroken: (failure: Failure) => void) {
  const startedMs = performance.now();
  let lastSignMs = startedMs;
  let lastWriteMs = 0;
  const timer = setInterval(
    async () => {
      // While ffmpeg moves the index of a large file to its front it writes for minutes and reports nothing.
      const writeMs = await lastWriteOf(command);
      const nowMs = performance.now();
      if (writeMs !== lastWriteMs) lastSignMs = nowMs;
      lastWriteMs = writeMs;
      if (nowMs - startedMs > limits.wallSeconds * 1000) {
        onBroken({ code: "ENCODER_LIMIT", detail: `Not done after ${limits.wallSeconds} s.` });
      } else if (nowMs - lastSignMs > limits.silenceSeconds * 1000) {
        onBroken({ code: "ENCODER_STALLED", detail: `No sign of life for ${limits.silenceSeconds} s.` });
      }
    },
    Math.min(5, limits.wallSeconds / 4, limits.silenceSeconds / 4) * 1000,
  );
  const sign = () => {
    lastSignMs = performance.now();
  };
  return { sign, stop: () => clearInterval(timer) };
}

async function lastWriteOf(command: Command): Promise<number> {
  const times = await Promise.all(
    command.outputs.map(({ path }) =>
      stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        // Not begun yet, or a pattern of names; then the reports have to do.
        () => 0,
      ),
    ),
  );
  return Math.max(0, ...times);
}

function failureOf(exit: Exit, lastLines: readonly string[]): Failure {
  const detail = lastLines.join("\n") || exit.message;
  if (exit.signal === "SIGXFSZ") return { code: "ENCODER_LIMIT", detail: "A file grew beyond its limit." };
  // Not from us: the kernel, for memory or processor time.
  if (exit.signal === "SIGKILL")
    return { code: "ENCODER_LIMIT", detail: "Killed for its use of memory or processor time." };
  if (OUT_OF_MEMORY.test(detail)) return { code: "ENCODER_LIMIT", detail };
  return { code: "ENCODER_FAILED", detail };
}

/** Operators read the log in a browser; where things lie on this machine is not for them, and says nothing. */
function folderStripperOf(command: Command): (text: string) => string {
  const folders = new Set(
    argvOf(command)
      .filter(isAbsolute)
      .map((path) => `${dirname(path)}/`),
  );
  const longestFirst = [...folders].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((stripped, folder) => stripped.replaceAll(folder, ""), text);
}
