import type { ProcedureBody } from "#domain/procedure.ts";
import { faultOfDetail, type ProcedureFault, TEXT_START } from "#domain/procedure-fault.ts";
import { type ProcedureText, parseProcedureText } from "#domain/procedure-text.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Tx } from "../db/client.ts";
import { checkBody } from "./check-body.ts";
import { readWritten } from "./read-procedure.ts";

/** What somebody is writing: the procedure that it is, or everything that is wrong with it, and where. */
export async function validateProcedure(
  tx: Tx,
  applicationId: number,
  text: string,
): Promise<Result<{ form: ProcedureText["form"]; body: ProcedureBody | null }, ProcedureFault[]>> {
  const parsed = parseProcedureText(text);
  if (!parsed.ok) return parsed;
  const { form } = parsed.value;
  // A call is read where it is carried out: what it names may not be there yet.
  if (parsed.value.form === "call") return ok({ form, body: null });
  const body = await readWritten(tx, applicationId, parsed.value);
  if (!body.ok) return body;
  const checked = await checkBody(tx, applicationId, body.value);
  if (checked.ok) return ok({ form, body: body.value });
  const { code, detail } = checked.failure;
  return fail([faultOfDetail(detail) ?? { ...TEXT_START, path: "", reason: "failure", values: { code, detail } }]);
}
