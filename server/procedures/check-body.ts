import type { Failure } from "#domain/error.ts";
import { expandSteps, isScript, type ProcedureBody, type Step, templatesOfBody } from "#domain/procedure.ts";
import { failureOfFaults } from "#domain/procedure-fault.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Tx } from "../db/client.ts";
import { findTemplates, findTemplatesOf } from "../templates/find-templates.ts";
import { compileScript } from "./lua/run-script.ts";

/**
 * Whether a procedure could be carried out as it stands: templates exist, and parameters fit together. Of a script what can
 * be known without a media: that it is one, and that the templates it names by number exist.
 */
export async function checkBody(tx: Tx, applicationId: number, body: ProcedureBody): Promise<Result<void, Failure>> {
  return isScript(body) ? checkScript(tx, applicationId, body) : checkSteps(tx, applicationId, body.steps);
}

async function checkSteps(tx: Tx, applicationId: number, steps: readonly Step[]): Promise<Result<void, Failure>> {
  const drafts = expandSteps(steps, await findTemplatesOf(tx, applicationId, steps));
  if (!drafts.ok) return drafts;
  const failed = drafts.value.find((draft) => draft.failure !== null)?.failure ?? null;
  return failed === null ? ok(undefined) : fail(failed);
}

async function checkScript(tx: Tx, applicationId: number, body: { lua: string }): Promise<Result<void, Failure>> {
  const compiled = await compileScript(body.lua);
  if (!compiled.ok) return fail(failureOfFaults(compiled.failure));
  const named = templatesOfBody(body);
  const find = await findTemplates(tx, applicationId, named);
  const missing = named.find(({ family, definition }) => find(family, definition) === undefined);
  return missing === undefined
    ? ok(undefined)
    : fail({ code: "TEMPLATE_NOT_FOUND", detail: `${missing.family} ${missing.definition}` });
}
