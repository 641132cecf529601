/** Makes the files that a plan's commands read: text as it is, letters and drawings as PNG. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { text as readText } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Failure } from "#domain/error.ts";
import type { Plan, PreparedFile } from "#domain/plan.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import { GUARD_PATH, guardArguments, type ProcessLimits } from "./guard.ts";

const execute = promisify(execFile);
const DRAW_PATH = fileURLToPath(new URL("draw.ts", import.meta.url));
const DETAIL_CHARS = 500;

export interface DrawLimits extends ProcessLimits {
  wallSeconds: number;
}

const GIB = 1024 ** 3;
/** An honest drawing takes a tenth of a second. Node alone reserves more than a GiB of addresses. */
const DRAW_LIMITS: DrawLimits = {
  memoryBytes: 4 * GIB,
  processorSeconds: 20,
  fileBytes: GIB / 4,
  wallSeconds: 30,
};

export async function prepareFiles(
  { prepared = [] }: Pick<Plan, "prepared">,
  { signal, limits = DRAW_LIMITS }: { signal: AbortSignal; limits?: DrawLimits },
): Promise<Result<void, Failure>> {
  for (const file of prepared) {
    if ("text" in file) {
      await writeFile(file.path, file.text);
      continue;
    }
    const missing = "letters" in file ? await missingCharacter(file.letters.text) : null;
    if (missing !== null) return fail({ code: "FONT_MISSING", detail: missing });
    const drawn = await draw(file, { signal, limits });
    if (!drawn.ok) return drawn;
  }
  return ok(undefined);
}

type Drawing = Exclude<PreparedFile, { text: string }>;

async function draw(
  { path, ...job }: Drawing,
  { signal, limits }: { signal: AbortSignal; limits: DrawLimits },
): Promise<Result<void, Failure>> {
  const program = guardArguments(process.execPath, limits);
  const child = spawn(GUARD_PATH, [...program, DRAW_PATH, path], {
    stdio: ["pipe", "ignore", "pipe"],
    signal: AbortSignal.any([signal, AbortSignal.timeout(limits.wallSeconds * 1000)]),
    killSignal: "SIGKILL",
  });
  // An end before it has read everything, and an abort, show in how it ends.
  child.stdin.on("error", () => undefined);
  child.on("error", () => undefined);
  child.stdin.end(JSON.stringify(job));
  const said = readText(child.stderr);
  const [code] = await once(child, "close");
  signal.throwIfAborted();
  if (code === 0) return ok(undefined);
  const detail = (await said).trim().slice(0, DETAIL_CHARS);
  return fail({ code: "DRAWING_FAILED", detail: detail || "It took too long or too much." });
}

/** Not drawn by themselves: spaces, controls, joiners and selectors of variants. */
const UNSEEN = /[\p{Z}\p{Cc}\p{Cf}\p{M}]/u;

/** The first character that no font has, which would be drawn as an empty box; null when all are there. */
async function missingCharacter(text: string): Promise<string | null> {
  const covered = await coveredRanges();
  if (covered === null) return null;
  const seen = [...new Set(text)].filter((character) => !UNSEEN.test(character));
  const has = (code: number) => covered.some(([first, last]) => first <= code && code <= last);
  return seen.find((character) => !has(character.codePointAt(0) ?? 0)) ?? null;
}

/** What the fonts of this machine can write, as ranges of code points. Null on macOS, which brings fonts for everything. */
async function coveredRanges(): Promise<(readonly [number, number])[] | null> {
  if (process.platform === "darwin") return null;
  const list = execute("fc-list", ["--format", "%{charset}\n"], { maxBuffer: 64 * 1024 * 1024 });
  const { stdout } = await list.catch(() => ({ stdout: "" }));
  return stdout.split(/\s+/).flatMap((range) => {
    const [first = "", last = first] = range.split("-");
    return first === "" ? [] : [[Number.parseInt(first, 16), Number.parseInt(last, 16)] as const];
  });
}
