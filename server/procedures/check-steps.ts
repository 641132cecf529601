import type { Failure } from "#domain/error.ts";
import { expandSteps, type Step } from "#domain/procedure.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Tx } from "../db/client.ts";
import { findTemplatesOf } from "../templates/find-templates.ts";

/** Whether every step could be carried out as it stands: its template exists, and its parameters fit together. */
export async function checkSteps(
  tx: Tx,
  applicationId: number,
  steps: readonly Step[],
): Promise<Result<void, Failure>> {
  const drafts = expandSteps(steps, await findTemplatesOf(tx, applicationId, steps));
  if (!drafts.ok) return drafts;
  const failed = drafts.value.find((draft) => draft.failure !== null)?.failure ?? null;
  return failed === null ? ok(undefined) : fail(failed);
}
