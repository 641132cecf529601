/** Scripts of procedures: checked when they are saved, and run for a media when work on it begins. */
import { factsOf } from "#domain/condition.ts";
import type { MediaInfo } from "#domain/media.ts";
import { STEP_KINDS, useParamsOf } from "#domain/operations/operation.ts";
import { faultAt, type ProcedureFault, TEXT_START } from "#domain/procedure-fault.ts";
import type { Argument } from "#domain/procedure-text.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import { luaLiteral } from "./lua-literal.ts";
import { runJob, SCRIPT_CPU_MS_MAX, type ScriptOutcome } from "./script-pool.ts";

export interface ScriptAnswer {
  /** What the script says are steps: to be checked. */
  steps: unknown;
  priority: unknown;
  /** For each step the line of the script on which it was made; 0 where that is not known. */
  lines: number[];
}

/** Whether it is Lua; what it does shows only with a media. */
export async function compileScript(script: string): Promise<Result<void, ProcedureFault[]>> {
  const outcome = await runJob({ task: "compile", script });
  return outcome.outcome === "compiled" ? ok(undefined) : fail([faultOf(outcome, script)]);
}

/**
 * Runs a script for a media. It sees the media's facts (condition.ts) as `media` and the arguments as `args`, nothing of the
 * machine, and nothing that an earlier run has left.
 */
export async function runScript(
  script: string,
  media: MediaInfo,
  args: readonly Argument[] = [],
): Promise<Result<ScriptAnswer, ProcedureFault[]>> {
  const outcome = await runJob({ task: "run", script, input: inputOf(media, args) });
  return outcome.outcome === "answered" ? ok(JSON.parse(outcome.json)) : fail([faultOf(outcome, script)]);
}

/** What `prelude.lua` is called with. */
function inputOf(media: MediaInfo, args: readonly Argument[]): string {
  const kinds = STEP_KINDS.map((kind) => [kind, namesOf(kind)] as const);
  const sounds = media.audio.map(({ codec, sampleRateHz, bitrateBps }) => ({ codec, sampleRateHz, bitrateBps }));
  const seen = { ...factsOf(media), sounds };
  const given = [Object.fromEntries(kinds), seen, args, args.length];
  return `return ${given.map(luaLiteral).join(", ")}`;
}

function namesOf(kind: (typeof STEP_KINDS)[number]): Record<string, true> {
  return Object.fromEntries(Object.keys(useParamsOf(kind).shape).map((name) => [name, true]));
}

const AT_LINE = /^procedure:(?<line>\d+): (?<said>[\s\S]*)$/u;
const NEAR = /near '(?<token>[^']+)'$/u;

function faultOf(outcome: ScriptOutcome, script: string): ProcedureFault {
  switch (outcome.outcome) {
    case "refused":
      return faultAt(TEXT_START, outcome.reason, outcome.values);
    case "stopped":
      return faultAt(TEXT_START, outcome.reason, outcome.reason === "luaTooLong" ? { maximum: SCRIPT_CPU_MS_MAX } : {});
    case "busy":
      return faultAt(TEXT_START, "luaBusy");
    case "failed": {
      const { line = "1", said = outcome.message } = AT_LINE.exec(outcome.message)?.groups ?? {};
      const token = NEAR.exec(said)?.groups?.token;
      const column = token === undefined ? 0 : (script.split("\n")[Number(line) - 1] ?? "").lastIndexOf(token);
      return faultAt({ line: Number(line), column: Math.max(column, 0) + 1 }, "lua", { message: said });
    }
    case "compiled":
    case "answered":
      throw new Error(`A script that ${outcome.outcome} has no fault`);
  }
}
