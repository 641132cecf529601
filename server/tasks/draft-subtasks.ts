import type { Tx } from "../db/client.ts";
import type { Failure } from "../domain/error.ts";
import type { Operation } from "../domain/operations/operation.ts";
import { expandSteps, type Step, type SubtaskDraft } from "../domain/procedure.ts";
import { ok, type Result } from "../domain/result.ts";
import { findProcedure } from "../procedures/find-procedure.ts";
import { findTemplatesOf } from "../templates/find-templates.ts";

/** What to do: a procedure by name, its steps one by one, or operations that no template speaks of. */
export type Work =
  | { procedureName: string; steps?: undefined; operations?: undefined }
  | { steps: readonly Step[]; procedureName?: undefined; operations?: undefined }
  | { operations: readonly Operation[]; procedureName?: undefined; steps?: undefined };

export interface DraftedWork {
  subtasks: SubtaskDraft[];
  procedureName: string | null;
  /** Of a custom procedure; a preset never changes. */
  procedureVersion: number | null;
}

/** Looks up everything the work names, and freezes the parameters of each subtask. */
export async function draftSubtasks(tx: Tx, applicationId: number, work: Work): Promise<Result<DraftedWork, Failure>> {
  if (work.operations !== undefined) {
    const subtasks = work.operations.map((operation): SubtaskDraft => {
      return { kind: operation.kind, operation, template: null, failure: null };
    });
    return ok({ subtasks, procedureName: null, procedureVersion: null });
  }
  const named = await stepsOf(tx, applicationId, work);
  if (!named.ok) return named;
  const { steps, ...procedure } = named.value;
  const subtasks = expandSteps(steps, await findTemplatesOf(tx, applicationId, steps));
  return subtasks.ok ? ok({ ...procedure, subtasks: subtasks.value }) : subtasks;
}

async function stepsOf(tx: Tx, applicationId: number, work: Exclude<Work, { operations: readonly Operation[] }>) {
  if (work.procedureName === undefined) return ok({ steps: work.steps, procedureName: null, procedureVersion: null });
  const procedure = await findProcedure(tx, applicationId, work.procedureName);
  if (!procedure.ok) return procedure;
  const { steps, name: procedureName, version: procedureVersion } = procedure.value;
  return ok({ steps, procedureName, procedureVersion });
}
