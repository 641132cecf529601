/** Work on a media: said one by one, or by a procedure. */
import { z } from "zod";
import { STEPS_MAX } from "../../domain/procedure.ts";
import { ok, type Result } from "../../domain/result.ts";
import { createTask } from "../../tasks/create-task.ts";
import { findTemplates } from "../../templates/find-templates.ts";
import { action } from "../action.ts";
import type { VodContext } from "../context.ts";
import { type MediaProcessTaskInput, mediaProcessTaskInput } from "../media-process-task.ts";
import { overriddenTemplatesOf, stepsOf } from "../read-media-process-task.ts";
import { type Refusal, refuse } from "../refusal.ts";
import { wireTaskId } from "./task-id.ts";
import { notifyFields, sessionFields, termsOf } from "./terms.ts";

/** What is asked of a person or a model, which nobody does here: it is refused, and never pretended. */
const aiFields = {
  AiContentReviewTask: z.unknown().optional(),
  AiAnalysisTask: z.unknown().optional(),
  AiRecognitionTask: z.unknown().optional(),
};

function refuseAi(input: { [Field in keyof typeof aiFields]?: unknown }): Result<never, Refusal> | null {
  const asked = Object.keys(aiFields).find((field) => Reflect.get(input, field) !== undefined);
  return asked === undefined ? null : refuse("UnsupportedOperation", `\`${asked}\` is not supported by this server.`);
}

const sourceFields = { FileId: z.string().max(64).optional(), MediaStoragePath: z.string().optional() };

function sourceOf({ FileId, MediaStoragePath }: z.output<z.ZodObject<typeof sourceFields>>): Result<string, Refusal> {
  if (FileId) return ok(FileId);
  return MediaStoragePath
    ? refuse(
        "UnsupportedOperation",
        "`MediaStoragePath` is for applications in path mode, which there are none of; use `FileId`.",
      )
    : refuse("MissingParameter", "The request is missing the required parameter `FileId`.");
}

export const processMedia = action({
  name: "ProcessMedia",
  request: z.object({
    ...sourceFields,
    Url: z.string().max(2048).optional(),
    MediaProcessTask: mediaProcessTaskInput.optional(),
    ...aiFields,
    ...sessionFields,
    ...notifyFields,
    OutputAsIndependentMedia: z.enum(["ON", "OFF", ""]).optional(),
  }),
  handle: async (ctx, { MediaProcessTask, ...input }) => {
    const { db, applicationId } = ctx;
    const ai = refuseAi(input);
    if (ai !== null) return ai;
    if (input.OutputAsIndependentMedia === "ON") {
      return refuse("UnsupportedOperation", "`OutputAsIndependentMedia` is not supported by this server.");
    }
    if (input.Url && !input.FileId) return refuse("UnsupportedOperation", "`Url` is not supported by this server.");
    const mediaId = sourceOf(input);
    if (!mediaId.ok) return mediaId;
    const steps = await readSteps(ctx, MediaProcessTask ?? {});
    if (!steps.ok) return steps;
    const task = { ...termsOf(ctx, input), mediaId: mediaId.value, steps: steps.value };
    const created = await createTask(db, task);
    return created.ok ? ok({ TaskId: wireTaskId(applicationId, "Procedure", created.value.taskId) }) : created;
  },
});

async function readSteps({ db, applicationId }: VodContext, input: MediaProcessTaskInput) {
  const overridden = overriddenTemplatesOf(input).map((definition) => ({ family: "transcode" as const, definition }));
  const find = await findTemplates(db, applicationId, overridden);
  const steps = stepsOf(input, (definition) => find("transcode", definition)?.kind);
  if (!steps.ok) return steps;
  if (steps.value.length === 0) return refuse("InvalidParameter", "The request asks for nothing to be done.");
  return steps.value.length > STEPS_MAX
    ? refuse("InvalidParameterValue", `\`MediaProcessTask\` asks for more than ${STEPS_MAX} operations.`)
    : steps;
}

export const processMediaByProcedure = action({
  name: "ProcessMediaByProcedure",
  request: z.object({
    ProcedureName: z.string().min(1).max(65_536),
    ...sourceFields,
    ...sessionFields,
    ...notifyFields,
  }),
  handle: async (ctx, { ProcedureName: procedureName, ...input }) => {
    const mediaId = sourceOf(input);
    if (!mediaId.ok) return mediaId;
    const task = { ...termsOf(ctx, input), mediaId: mediaId.value, procedureName };
    const created = await createTask(ctx.db, task);
    if (!created.ok) return created;
    return ok({
      TaskId: wireTaskId(ctx.applicationId, "Procedure", created.value.taskId),
      ReviewAudioVideoTaskId: "",
      ImportMediaKnowledgeTaskIdSet: [],
    });
  },
});

export const processMediaByUrl = action({
  name: "ProcessMediaByUrl",
  request: z.object({ ...aiFields, MediaProcessTask: z.unknown().optional() }),
  handle: async (_, input) =>
    refuseAi(input) ??
    refuse(
      "UnsupportedOperation",
      "`ProcessMediaByUrl` is not supported by this server: use `PullUpload` with a `Procedure`.",
    ),
});
