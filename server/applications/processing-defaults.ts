import type { ProcessingDefaults } from "#domain/built-in-procedures.ts";
import type { Failure } from "#domain/error.ts";
import type { TemplateKey } from "#domain/procedure.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Db, Tx } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { findTemplates } from "../templates/find-templates.ts";
import { lockTemplates } from "../templates/lock-templates.ts";

export async function readProcessingDefaults(tx: Tx, applicationId: number): Promise<ProcessingDefaults> {
  const { defaultTranscodes: transcodes, defaultWatermark: watermark } = await tx.application.findUniqueOrThrow({
    where: { id: applicationId },
    select: { defaultTranscodes: true, defaultWatermark: true },
  });
  return { transcodes, watermark };
}

/** One that is deleted later stays named: what is asked for then fails of it, and says so. */
export async function setProcessingDefaults(
  db: Db,
  applicationId: number,
  { transcodes, watermark }: ProcessingDefaults,
): Promise<Result<void, Failure>> {
  const named: TemplateKey[] = transcodes.map((definition) => ({ family: "transcode", definition }));
  if (watermark !== null) named.push({ family: "watermark", definition: watermark });
  return inTransaction(db, async (tx) => {
    await lockTemplates(tx, applicationId);
    const find = await findTemplates(tx, applicationId, named);
    const missing = named.find(({ family, definition }) => find(family, definition) === undefined);
    if (missing !== undefined)
      return fail({ code: "TEMPLATE_NOT_FOUND", detail: `${missing.family} ${missing.definition}` });
    const data = { defaultTranscodes: [...new Set(transcodes)], defaultWatermark: watermark };
    await tx.application.update({ where: { id: applicationId }, data });
    return ok(undefined);
  });
}
