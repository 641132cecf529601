/**
 * Threads that scripts run in, so that requests are answered meanwhile. A script that takes too much time is ended together
 * with its thread, whatever it is doing, and another thread takes its place.
 */
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { ScriptJob, ScriptReply } from "./script-job.ts";

/** Of the thread's own processor time: a busy machine is not the script's fault. */
export const SCRIPT_CPU_MS_MAX = 200;
/** Where the machine is so busy that even that is long. */
const WALL_MS_MAX = 10_000;
const WATCH_MS = 20;
const THREADS_MAX = 2;
/** Who comes when so many wait already is refused, so that hostile scripts do not make a queue without end. */
const WAITING_MAX = 200;

/** A file of its own, also where the rest has been bundled: services run in the folder of the product. */
const THREAD_FILE = join(/* turbopackIgnore: true */ process.cwd(), "server/procedures/lua/thread.ts");

export type ScriptOutcome =
  | ScriptReply
  /** Its thread was ended, or ended by itself: there was no other way out of what it did. */
  | { outcome: "stopped"; reason: "luaTooLong" | "luaEnded" }
  | { outcome: "busy" };

interface Waiting {
  job: ScriptJob;
  tell: (outcome: ScriptOutcome) => void;
  fail: (error: unknown) => void;
}

let threads = 0;
const idle: Worker[] = [];
const waiting: Waiting[] = [];

export function runJob(job: ScriptJob): Promise<ScriptOutcome> {
  if (waiting.length >= WAITING_MAX) return Promise.resolve({ outcome: "busy" });
  return new Promise((tell, fail) => {
    waiting.push({ job, tell, fail });
    void work();
  });
}

/** Takes one job after the other while there are any, in a thread of its own as long as there may be another. */
async function work(): Promise<void> {
  if (idle.length === 0 && threads >= THREADS_MAX) return;
  const thread = idle.pop();
  if (thread === undefined) threads += 1;
  const next = waiting.shift();
  if (next === undefined) {
    if (thread === undefined) threads -= 1;
    else idle.push(thread);
    return;
  }
  const left = await carryOut(next, thread);
  if (left === null) threads -= 1;
  else idle.push(left);
  if (waiting.length > 0) await work();
}

/** The thread afterwards; null where there is none any more. */
async function carryOut({ job, tell, fail }: Waiting, known: Worker | undefined): Promise<Worker | null> {
  try {
    const thread = known ?? (await startThread());
    thread.ref();
    const outcome = await watch(thread, job);
    tell(outcome);
    if (outcome.outcome === "stopped") {
      await thread.terminate();
      return null;
    }
    // An idle one keeps no process alive.
    thread.unref();
    return thread;
  } catch (error) {
    fail(error);
    return null;
  }
}

async function startThread(): Promise<Worker> {
  const thread = new Worker(/* turbopackIgnore: true */ THREAD_FILE, {
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 64 },
  });
  await once(thread, "message");
  return thread;
}

async function watch(thread: Worker, job: ScriptJob): Promise<ScriptOutcome> {
  const ended = new AbortController();
  const reply = replyOf(thread, ended.signal);
  const before = await thread.cpuUsage();
  thread.postMessage(job);
  const overdue = overrun(thread, before, ended.signal);
  try {
    return await Promise.race([reply, overdue]);
  } finally {
    ended.abort();
  }
}

/** Resolves with what the thread answers, or when it ends without an answer. */
function replyOf(thread: Worker, signal: AbortSignal): Promise<ScriptOutcome> {
  return new Promise((resolve) => {
    const answered = (reply: ScriptReply) => resolve(reply);
    const gone = () => resolve({ outcome: "stopped", reason: "luaEnded" });
    thread.on("message", answered).on("error", gone).on("exit", gone);
    signal.addEventListener("abort", () => thread.off("message", answered).off("error", gone).off("exit", gone));
  });
}

/** Resolves when the thread has worked for too long. */
async function overrun(thread: Worker, before: NodeJS.CpuUsage, signal: AbortSignal): Promise<ScriptOutcome> {
  const latest = Date.now() + WALL_MS_MAX;
  while (!signal.aborted && Date.now() < latest) {
    await setTimeout(WATCH_MS);
    if (signal.aborted) break;
    const { user, system } = await usageOf(thread, before);
    if ((user + system) / 1000 > SCRIPT_CPU_MS_MAX) break;
  }
  return { outcome: "stopped", reason: "luaTooLong" };
}

/** Nothing of one that has ended, which is told by its end. */
function usageOf(thread: Worker, before: NodeJS.CpuUsage): Promise<NodeJS.CpuUsage> {
  return thread.cpuUsage(before).catch(() => ({ user: 0, system: 0 }));
}
