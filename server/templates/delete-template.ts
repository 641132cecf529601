import type { Failure } from "#domain/error.ts";
import { presetTemplate } from "#domain/presets/templates.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { TemplateFamily } from "#domain/template.ts";
import type { Db } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { lockTemplates } from "./lock-templates.ts";
import { proceduresUsing } from "./template-users.ts";

/** Tasks keep their own copy of the parameters, so only procedures can be in the way. */
export async function deleteTemplate(
  db: Db,
  applicationId: number,
  family: TemplateFamily,
  definition: number,
): Promise<Result<void, Failure>> {
  const name = `${family} ${definition}`;
  if (presetTemplate(family, definition) !== undefined) return fail({ code: "PRESET_READ_ONLY", detail: name });
  return inTransaction(db, async (tx) => {
    await lockTemplates(tx, applicationId);
    const users = await proceduresUsing(tx, applicationId, { family, definition });
    if (users.length > 0) return fail({ code: "TEMPLATE_IN_USE", detail: users.map((user) => user.name).join(", ") });
    const { count } = await tx.template.updateMany({
      where: { applicationId, family, definition, deletedAt: null },
      data: { deletedAt: new Date() },
    });
    return count === 1 ? ok(undefined) : fail({ code: "TEMPLATE_NOT_FOUND", detail: name });
  });
}
