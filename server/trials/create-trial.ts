import { z } from "zod";
import type { Db, Tx } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Failure } from "../domain/error.ts";
import { fieldErrorsOf } from "../domain/form.ts";
import { newId } from "../domain/id.ts";
import { mediaInfo } from "../domain/media.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { Template } from "../domain/template.ts";
import { operationOfTemplate } from "../domain/template-operation.ts";
import type { Stretch } from "../domain/trial/trial.ts";
import { triedOperation } from "../domain/trial/tried-operation.ts";
import { enqueue } from "../jobs/enqueue.ts";
import { cancelUnended } from "./cancel-trial.ts";

const KEPT_MS = 24 * 3_600_000;

export interface NewTrial {
  applicationId: number;
  createdById: string;
  mediaId: string;
  template: Template;
  stretch: Stretch;
  /** Of an adaptive stream: which of its rungs, from 0. */
  rung: number;
}

/** Who tries something anew does not wait for what was tried before. */
export async function createTrial(db: Db, trial: NewTrial): Promise<Result<{ trialId: string }, Failure>> {
  const { applicationId, createdById, mediaId, template, stretch, rung } = trial;
  const whole = operationOfTemplate(template);
  if (!whole.success) return fail({ code: "INVALID_PARAMETER", detail: fieldErrorsOf(whole.error)[0]?.path ?? "" });
  const tried = template.kind === "head-tail" ? null : triedOperation(whole.data, rung);
  if (tried === null) return fail({ code: "CANNOT_TRY", detail: template.kind });
  return inTransaction(db, async (tx) => {
    const media = await findMedia(tx, applicationId, mediaId);
    if (!media.ok) return media;
    await cancelUnended(tx, { applicationId, createdById });
    const id = newId();
    const expiresAt = new Date(Date.now() + KEPT_MS);
    await tx.trial.create({
      data: { id, applicationId, createdById, mediaId, operation: { ...tried }, stretch: { ...stretch }, expiresAt },
    });
    await enqueue(tx, "runTrial", { trialId: id });
    return ok({ trialId: id });
  });
}

async function findMedia(tx: Tx, applicationId: number, id: string): Promise<Result<void, Failure>> {
  const media = await tx.media.findFirst({ where: { id, applicationId, deletedAt: null }, select: { info: true } });
  if (media === null) return fail({ code: "MEDIA_NOT_FOUND", detail: id });
  const info = mediaInfo.safeParse(media.info);
  if (!info.success) return fail({ code: "INTERNAL", detail: z.prettifyError(info.error) });
  return info.data.durationSeconds > 0 ? ok(undefined) : fail({ code: "NO_DURATION", detail: info.data.formatName });
}
