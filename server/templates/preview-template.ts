import type { Failure } from "#domain/error.ts";
import { argvOf } from "#domain/ffmpeg/argv.ts";
import { fieldErrorsOf } from "#domain/form.ts";
import { needsKeyFrames } from "#domain/operations/operation.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Template } from "#domain/template.ts";
import { operationOfTemplate } from "#domain/template-operation.ts";
import { TYPICAL_MEDIA } from "#domain/typical-media.ts";
import type { Tx } from "../db/client.ts";
import { planBeforehand, planSourceOf, readPlanSource } from "../plans/plan-context.ts";

export interface TemplatePreview {
  /** Argument arrays exactly as a worker would start them, program first. */
  commands: string[][];
  /** Why it cannot be done with this media. */
  failure: Failure | null;
  /** More commands follow, which depend on what these find. */
  continues: boolean;
  /** Where the media can be cut is found out when it runs, and may change what is done. */
  dependsOnKeyFrames: boolean;
}

/** What a template would do with a media, or with a typical one where none is named. */
export async function previewTemplate(
  tx: Tx,
  applicationId: number,
  template: Template,
  mediaId: string | null,
): Promise<Result<TemplatePreview, Failure>> {
  const operation = operationOfTemplate(template);
  if (!operation.success) {
    return fail({ code: "INVALID_PARAMETER", detail: fieldErrorsOf(operation.error)[0]?.path ?? "" });
  }
  const typical = { info: TYPICAL_MEDIA, storageKey: "source.mp4" };
  const source =
    mediaId === null
      ? ok(await planSourceOf(tx, applicationId, typical, [operation.data]))
      : await readPlanSource(tx, applicationId, mediaId, [operation.data]);
  if (!source.ok) return source;
  const planned = planBeforehand(operation.data, source.value, 1);
  const dependsOnKeyFrames = source.value.media.video !== null && needsKeyFrames(operation.data);
  if (!planned.ok) return ok({ commands: [], failure: planned.failure, continues: false, dependsOnKeyFrames });
  const { commands, continues = false } = planned.value.plan;
  return ok({
    commands: commands.map((command) => ["ffmpeg", ...argvOf(command)]),
    failure: null,
    continues,
    dependsOnKeyFrames,
  });
}
