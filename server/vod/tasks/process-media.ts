/** Work on a media: said one by one, or by a procedure. */
import { z } from "zod";
import type { Failure } from "../../domain/error.ts";
import type { Step } from "../../domain/procedure.ts";
import { PROCEDURE_BYTES_MAX } from "../../domain/procedure-text.ts";
import { ok, type Result } from "../../domain/result.ts";
import { createTaskWhenThere } from "../../media/planned-tasks.ts";
import { pullMedia } from "../../media/pull-media.ts";
import { type Answer, action } from "../action.ts";
import type { VodContext } from "../context.ts";
import { mediaProcessTaskInput } from "../media-process-task.ts";
import { readSteps } from "../procedures/read-steps.ts";
import { type Refusal, refuse } from "../refusal.ts";
import { wireTaskId } from "./task-id.ts";
import { notifyFields, outputFields, sessionFields, termsOf } from "./terms.ts";

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

const ADDRESS_CODES = {
  OUTBOUND_URL_INVALID: "InvalidParameterValue.Url",
  OUTBOUND_REFUSED: "InvalidParameterValue.Url",
} as const;

export const processMedia = action({
  name: "ProcessMedia",
  request: z.object({
    ...sourceFields,
    Url: z.string().max(2048).optional(),
    MediaProcessTask: mediaProcessTaskInput.optional(),
    ...aiFields,
    ...sessionFields,
    ...notifyFields,
    ...outputFields,
    OutputAsIndependentMedia: z.enum(["ON", "OFF", ""]).optional(),
  }),
  codes: ADDRESS_CODES,
  handle: async (ctx, { MediaProcessTask, ...input }) => {
    const { db, applicationId } = ctx;
    const ai = refuseAi(input);
    if (ai !== null) return ai;
    if (input.OutputAsIndependentMedia === "ON") {
      return refuse("UnsupportedOperation", "`OutputAsIndependentMedia` is not supported by this server.");
    }
    const steps = await readSteps(db, applicationId, MediaProcessTask ?? {});
    if (!steps.ok) return steps;
    if (input.Url && !input.FileId) return pullAndProcess(ctx, { url: input.Url }, input, steps.value);
    const mediaId = sourceOf(input);
    if (!mediaId.ok) return mediaId;
    const task = { ...termsOf(ctx, input), mediaId: mediaId.value, steps: steps.value };
    const created = await createTaskWhenThere(db, task);
    return created.ok ? ok({ TaskId: wireTaskId(applicationId, "Procedure", created.value.taskId) }) : created;
  },
});

/** The file becomes a media of the library first. The task's id is told at once, and it begins when the file is in. */
async function pullAndProcess(
  ctx: VodContext,
  file: { url: string; name?: string },
  said: Parameters<typeof termsOf>[1],
  steps: readonly Step[],
): Promise<Result<Answer, Failure | Refusal>> {
  const { db, env, applicationId } = ctx;
  const task = { ...termsOf(ctx, said), steps };
  const network = { secretKey: env.SECRET_KEY, allow: env.OUTBOUND_ALLOW };
  const pulled = await pullMedia(db, network, { applicationId, createdById: null, ...file, task });
  return pulled.ok ? ok({ TaskId: wireTaskId(applicationId, "Procedure", pulled.value.taskId ?? "") }) : pulled;
}

export const processMediaByProcedure = action({
  name: "ProcessMediaByProcedure",
  request: z.object({
    ProcedureName: z.string().min(1).max(PROCEDURE_BYTES_MAX),
    ...sourceFields,
    ...sessionFields,
    ...notifyFields,
    ...outputFields,
  }),
  handle: async (ctx, { ProcedureName: procedureName, ...input }) => {
    const mediaId = sourceOf(input);
    if (!mediaId.ok) return mediaId;
    const task = { ...termsOf(ctx, input), mediaId: mediaId.value, procedureName };
    const created = await createTaskWhenThere(ctx.db, task);
    if (!created.ok) return created;
    return ok({
      TaskId: wireTaskId(ctx.applicationId, "Procedure", created.value.taskId),
      ReviewAudioVideoTaskId: "",
      ImportMediaKnowledgeTaskIdSet: [],
    });
  },
});

/** In the contract's model only models work on addresses; where other work is asked for, it is done. */
export const processMediaByUrl = action({
  name: "ProcessMediaByUrl",
  request: z.object({
    InputInfo: z.object({ Url: z.string().min(1).max(2048), Name: z.string().max(200).optional() }),
    MediaProcessTask: mediaProcessTaskInput.optional(),
    ...aiFields,
    ...sessionFields,
    ...notifyFields,
    ...outputFields,
  }),
  codes: ADDRESS_CODES,
  handle: async (ctx, { InputInfo, MediaProcessTask, ...input }) => {
    const ai = refuseAi(input);
    if (ai !== null) return ai;
    const steps = await readSteps(ctx.db, ctx.applicationId, MediaProcessTask ?? {});
    if (!steps.ok) return steps;
    const { Url: url, Name: name } = InputInfo;
    return pullAndProcess(ctx, { url, ...(name === undefined ? {} : { name }) }, input, steps.value);
  },
});
