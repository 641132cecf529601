/** What a procedure is that somebody names: stored, called with arguments, or written out as JSON or as a script. */
import { expandBuiltIn, isBuiltIn } from "#domain/built-in-procedures.ts";
import type { Failure } from "#domain/error.ts";
import { isScript, LUA_CHARACTERS_MAX, type ProcedureBody } from "#domain/procedure.ts";
import { failureOfFaults, faultAt, type ProcedureFault, TEXT_START } from "#domain/procedure-fault.ts";
import { type Argument, type ProcedureCall, parseProcedureText } from "#domain/procedure-text.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import { readProcessingDefaults } from "../applications/processing-defaults.ts";
import type { Tx } from "../db/client.ts";
import { findProcedure } from "./find-procedure.ts";
import { compileScript } from "./lua/run-script.ts";
import { readJsonProcedure } from "./read-json.ts";

export interface NamedProcedure {
  body: ProcedureBody;
  /** Of a script: what it is called with. */
  args: readonly Argument[];
  /** Null for one that is written out. */
  name: string | null;
  /** Of a stored custom one. */
  version: number | null;
  /** What was said, where it was more than a name. */
  text: string | null;
}

/** `version` is one of a stored procedure; absent: the newest. */
export async function readProcedure(
  tx: Tx,
  applicationId: number,
  text: string,
  version?: number,
): Promise<Result<NamedProcedure, Failure>> {
  const parsed = parseProcedureText(text);
  if (!parsed.ok) return fail(failureOfFaults(parsed.failure));
  if (parsed.value.form === "call") return readCall(tx, applicationId, text, parsed.value, version);
  const body = await readWritten(tx, applicationId, parsed.value);
  return body.ok
    ? ok({ body: body.value, args: [], name: null, version: null, text })
    : fail(failureOfFaults(body.failure));
}

/** One that is written out. */
export async function readWritten(
  tx: Tx,
  applicationId: number,
  { form, text }: { form: "json" | "lua"; text: string },
): Promise<Result<ProcedureBody, ProcedureFault[]>> {
  const body = form === "json" ? await readJsonProcedure(tx, applicationId, text) : ok({ lua: text });
  if (!body.ok || !isScript(body.value)) return body;
  const { lua } = body.value;
  if (lua.length > LUA_CHARACTERS_MAX)
    return fail([faultAt(TEXT_START, "procedureTextTooLong", { maximum: LUA_CHARACTERS_MAX / 1024 })]);
  const compiled = await compileScript(lua);
  return compiled.ok ? body : compiled;
}

async function readCall(
  tx: Tx,
  applicationId: number,
  said: string,
  { name, args }: ProcedureCall,
  version: number | undefined,
): Promise<Result<NamedProcedure, Failure>> {
  const isName = said.trim() === name;
  const text = isName ? null : said;
  const stored = await findProcedure(tx, applicationId, name, version);
  if (stored.ok) {
    const { body } = stored.value;
    const [unused] = args;
    if (unused !== undefined && !isScript(body)) return fail(failureOfFaults([faultAt(unused.at, "noArguments")]));
    return ok({ body, args: args.map(({ value }) => value), name, version: stored.value.version, text });
  }
  if (!isBuiltIn(name) || stored.failure.code !== "PROCEDURE_NOT_FOUND") return stored;
  const steps = expandBuiltIn(name, args, await readProcessingDefaults(tx, applicationId));
  return steps.ok ? ok({ body: { steps: steps.value }, args: [], name, version: null, text: said }) : steps;
}
