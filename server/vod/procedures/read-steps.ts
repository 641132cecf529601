/** What a procedure is on the wire: operations, and reviews, analyses and the like, which nothing here does. */
import { z } from "zod";
import { STEPS_MAX, type Step } from "#domain/procedure.ts";
import type { Result } from "#domain/result.ts";
import type { Tx } from "../../db/client.ts";
import { findTemplates } from "../../templates/find-templates.ts";
import { type MediaProcessTaskInput, mediaProcessTaskInput } from "../media-process-task.ts";
import { overriddenTemplatesOf, stepsOf } from "../read-media-process-task.ts";
import { type Refusal, refuse } from "../refusal.ts";
import { refuseUnsupported } from "../refuse-field.ts";

const UNDONE = [
  ...(["AiContentReviewTask", "AiAnalysisTask", "AiRecognitionTask", "AiRecognitionTaskSet"] as const),
  ...(["ReviewAudioVideoTask", "ImportMediaKnowledgeTaskSet"] as const),
];
const task = z.union([z.looseObject({}), z.array(z.looseObject({}))]).optional();

export const procedureInput = z.object({
  MediaProcessTask: mediaProcessTaskInput.optional(),
  ...{ AiContentReviewTask: task, AiAnalysisTask: task, AiRecognitionTask: task, AiRecognitionTaskSet: task },
  ...{ ReviewAudioVideoTask: task, ImportMediaKnowledgeTaskSet: task },
});

export async function readProcedureInput(
  tx: Tx,
  applicationId: number,
  input: z.output<typeof procedureInput>,
): Promise<Result<Step[], Refusal>> {
  const undone = UNDONE.find((field) => !isNothing(input[field]));
  if (undone !== undefined) return refuseUnsupported(undone);
  return readSteps(tx, applicationId, input.MediaProcessTask ?? {});
}

function isNothing(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}

/** At least one step. Looks up the templates that overrides are said of, whose kind decides what they mean. */
export async function readSteps(
  tx: Tx,
  applicationId: number,
  input: MediaProcessTaskInput,
): Promise<Result<Step[], Refusal>> {
  const keys = overriddenTemplatesOf(input).map((definition) => ({ family: "transcode" as const, definition }));
  const find = await findTemplates(tx, applicationId, keys);
  const steps = stepsOf(input, (definition) => find("transcode", definition)?.kind);
  if (!steps.ok) return steps;
  if (steps.value.length === 0) return refuse("InvalidParameter", "`MediaProcessTask` asks for nothing to be done.");
  return steps.value.length > STEPS_MAX
    ? refuse("InvalidParameterValue", `\`MediaProcessTask\` asks for more than ${STEPS_MAX} operations.`)
    : steps;
}
