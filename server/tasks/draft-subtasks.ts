import { z } from "zod";
import type { Tx } from "../db/client.ts";
import { holds } from "../domain/condition.ts";
import type { Failure } from "../domain/error.ts";
import { fieldErrorsOf } from "../domain/form.ts";
import type { MediaInfo } from "../domain/media.ts";
import type { Operation } from "../domain/operations/operation.ts";
import {
  expandSteps,
  isScript,
  type ProcedureBody,
  type Step,
  type SubtaskDraft,
  stepsBody,
} from "../domain/procedure.ts";
import { failureOfFaults, faultAt } from "../domain/procedure-fault.ts";
import type { Argument } from "../domain/procedure-text.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { PRIORITY_MAX, PRIORITY_MIN } from "../domain/task.ts";
import { runScript, type ScriptAnswer } from "../procedures/lua/run-script.ts";
import { readProcedure } from "../procedures/read-procedure.ts";
import { findTemplatesOf } from "../templates/find-templates.ts";

/** What to do: a procedure in any of its forms, steps one by one, or operations that no template speaks of. */
export type Work =
  | { procedureName: string; procedureVersion?: number; steps?: undefined; operations?: undefined }
  | { steps: readonly Step[]; procedureName?: undefined; operations?: undefined }
  | { operations: readonly Operation[]; procedureName?: undefined; steps?: undefined };

/** Work whose procedure has been looked up. */
export interface ResolvedWork {
  what: { body: ProcedureBody; args: readonly Argument[] } | { operations: readonly Operation[] };
  procedureName: string | null;
  /** Of a custom procedure; a preset never changes. */
  procedureVersion: number | null;
  procedureText: string | null;
}

export interface DraftedWork extends Omit<ResolvedWork, "what"> {
  subtasks: SubtaskDraft[];
  /** What a script wants, where nothing else is asked for. */
  priority: number | null;
}

export async function resolveWork(tx: Tx, applicationId: number, work: Work): Promise<Result<ResolvedWork, Failure>> {
  const unnamed = { procedureName: null, procedureVersion: null, procedureText: null };
  if (work.operations !== undefined) return ok({ ...unnamed, what: { operations: work.operations } });
  if (work.steps !== undefined) return ok({ ...unnamed, what: { body: { steps: [...work.steps] }, args: [] } });
  const named = await readProcedure(tx, applicationId, work.procedureName, work.procedureVersion);
  if (!named.ok) return named;
  const { body, args, name, version, text } = named.value;
  return ok({ what: { body, args }, procedureName: name, procedureVersion: version, procedureText: text });
}

/** Whether what is done differs from media to media. */
export function dependsOnMedia({ what }: ResolvedWork): boolean {
  if ("operations" in what) return false;
  return isScript(what.body) || what.body.steps.some(({ when }) => when.length > 0);
}

/** Whether only a script knows what is done. */
export function isScripted({ what }: ResolvedWork): boolean {
  return "body" in what && isScript(what.body);
}

/**
 * Freezes the parameters of each subtask. Without a media, which is yet to come, everything that may be done is drafted, so
 * that what cannot be is refused; what a script will do shows only with the media.
 */
export async function draftSubtasks(
  tx: Tx,
  applicationId: number,
  { what, ...procedure }: ResolvedWork,
  media: MediaInfo | null,
): Promise<Result<DraftedWork, Failure>> {
  if ("operations" in what) {
    const subtasks = what.operations.map((operation): SubtaskDraft => {
      return { kind: operation.kind, operation, template: null, failure: null };
    });
    return ok({ ...procedure, subtasks, priority: null });
  }
  const found = await stepsFor(what, media);
  if (!found.ok) return found;
  const { steps, priority } = found.value;
  const subtasks = expandSteps(steps, await findTemplatesOf(tx, applicationId, steps));
  return subtasks.ok ? ok({ ...procedure, subtasks: subtasks.value, priority }) : subtasks;
}

/** What can be known of a procedure before there is a media for it: whoever names one wrongly is told at once. */
export async function checkProcedure(
  tx: Tx,
  applicationId: number,
  procedureName: string,
): Promise<Result<void, Failure>> {
  const work = await resolveWork(tx, applicationId, { procedureName });
  if (!work.ok) return work;
  const drafted = await draftSubtasks(tx, applicationId, work.value, null);
  return drafted.ok ? ok(undefined) : drafted;
}

interface Chosen {
  steps: readonly Step[];
  priority: number | null;
}

async function stepsFor(
  { body, args }: { body: ProcedureBody; args: readonly Argument[] },
  media: MediaInfo | null,
): Promise<Result<Chosen, Failure>> {
  if (!isScript(body)) {
    return ok({
      steps: media === null ? body.steps : body.steps.filter(({ when }) => holds(when, media)),
      priority: null,
    });
  }
  if (media === null) return ok({ steps: [], priority: null });
  const answer = await runScript(body.lua, media, args);
  if (!answer.ok) return fail(failureOfFaults(answer.failure, "PROCEDURE_FAILED"));
  return readAnswer(answer.value, media);
}

const answered = z.object({
  // Nothing to do, which Lua does not tell from nothing at all.
  steps: z.union([z.strictObject({}).transform((): Step[] => []), stepsBody.shape.steps]),
  priority: z.int().min(PRIORITY_MIN).max(PRIORITY_MAX).nullable(),
});

function readAnswer(answer: ScriptAnswer, media: MediaInfo): Result<Chosen, Failure> {
  const parsed = answered.safeParse(answer);
  if (parsed.success) {
    const { steps, priority } = parsed.data;
    return ok({ steps: steps.filter(({ when }) => holds(when, media)), priority });
  }
  const steps = stepsBody.safeParse({ steps: answer.steps });
  const [wrong = { path: "priority", message: "wrongType", values: { expected: "int" } }] = steps.success
    ? fieldErrorsOf(parsed.error)
    : fieldErrorsOf(steps.error);
  const line = answer.lines[Number(wrong.path.split(".")[1])] || 1;
  return fail(
    failureOfFaults([faultAt({ line, column: 1 }, wrong.message, wrong.values, wrong.path)], "PROCEDURE_FAILED"),
  );
}
