/** Procedures, which the wire calls procedure templates: they have a name and no number. */
import { z } from "zod";
import { isScript, procedureName } from "#domain/procedure.ts";
import { fail, ok } from "#domain/result.ts";
import { deleteProcedure } from "../../procedures/delete-procedure.ts";
import { findProcedure } from "../../procedures/find-procedure.ts";
import { listProcedures } from "../../procedures/list-procedures.ts";
import type { ListedProcedure } from "../../procedures/procedure-row.ts";
import { createProcedure, updateProcedure } from "../../procedures/save-procedure.ts";
import { type Action, action } from "../action.ts";
import { refuse } from "../refusal.ts";
import { mediaProcessTaskOf } from "../render-media-process-task.ts";
import { isoTime } from "../time.ts";
import { procedureInput, readProcedureInput } from "./read-steps.ts";

const PROCEDURES_MAX = 50;

const procedure = procedureInput.extend({ Name: procedureName, Comment: z.string().max(256).default("") });

const create = action({
  name: "CreateProcedureTemplate",
  request: procedure,
  handle: async (ctx, input) => {
    const { db, applicationId } = ctx;
    const steps = await readProcedureInput(db, applicationId, input);
    if (!steps.ok) return steps;
    if ((await db.procedure.count({ where: { applicationId, deletedAt: null } })) >= PROCEDURES_MAX)
      return refuse("LimitExceeded.TooMuchTemplate", `There are ${PROCEDURES_MAX} procedures already.`);
    const created = await createProcedure(db, {
      ...{ applicationId, name: input.Name, comment: input.Comment },
      ...{ body: { steps: steps.value }, createdById: null },
    });
    return created.ok ? ok({}) : created;
  },
});

const RESET_TRIES = 3;

const reset = action({
  name: "ResetProcedureTemplate",
  request: procedure,
  codes: { PROCEDURE_NOT_FOUND: "InvalidParameter.ProcedureNameNotExist" },
  handle: async (ctx, input) => {
    const { db, applicationId } = ctx;
    const { Name: name, Comment: comment } = input;
    const steps = await readProcedureInput(db, applicationId, input);
    if (!steps.ok) return steps;
    for (let tries = 1; ; tries++) {
      const found = await findProcedure(db, applicationId, name);
      if (!found.ok) return found;
      const { version } = found.value;
      if (version === null) return fail({ code: "PRESET_READ_ONLY", detail: name });
      const content = { applicationId, name, comment, body: { steps: steps.value }, createdById: null };
      const saved = await updateProcedure(db, { ...content, version });
      if (saved.ok) return ok({});
      // Everything is replaced, whatever somebody else saved since it was read.
      if (saved.failure.code !== "STATE_MOVED" || tries === RESET_TRIES) return saved;
    }
  },
});

const remove = action({
  name: "DeleteProcedureTemplate",
  request: z.object({ Name: z.string() }),
  codes: {
    PROCEDURE_NOT_FOUND: "InvalidParameter.ProcedureNameNotExist",
    PRESET_READ_ONLY: "InvalidParameterValue.DeleteDefaultTemplate",
  },
  handle: async ({ db, applicationId }, { Name }) => {
    const deleted = await deleteProcedure(db, applicationId, Name);
    return deleted.ok ? ok({}) : deleted;
  },
});

/** Written in more than one way: `CreateTime`, `create_time`. */
const loose = (...words: readonly string[]) =>
  z
    .string()
    .transform((text) => text.toLowerCase().replaceAll("_", ""))
    .pipe(z.enum(words));

const describe = action({
  name: "DescribeProcedureTemplates",
  request: z.object({
    Names: z.array(z.string()).max(100).optional(),
    Type: z.enum(["Preset", "Custom"]).optional(),
    Offset: z.int().min(0).default(0),
    Limit: z.int().min(1).max(100).default(10),
    SortBy: z
      .array(z.object({ Field: loose("createtime"), Order: loose("asc", "desc") }))
      .max(1)
      .optional(),
  }),
  handle: async ({ db, applicationId }, { Names, Type, Offset, Limit, SortBy }) => {
    const known = await listProcedures(db, applicationId);
    const found = known.filter(
      ({ name, preset }) =>
        (Names === undefined || Names.length === 0 || Names.includes(name)) &&
        (Type === undefined || (Type === "Preset") === preset),
    );
    const [order] = SortBy ?? [];
    const sorted = order === undefined ? found : found.toSorted((a, b) => ageOf(a) - ageOf(b));
    if (order?.Order === "desc") sorted.reverse();
    const page = sorted.slice(Offset, Offset + Limit);
    return ok({ TotalCount: found.length, ProcedureTemplateSet: page.map(wireProcedureOf) });
  },
});

/** Presets have been there before everything. */
function ageOf({ createdAt }: ListedProcedure): number {
  return createdAt?.getTime() ?? 0;
}

function wireProcedureOf({ name, comment, preset, body, createdAt, updatedAt }: ListedProcedure) {
  return {
    Name: name,
    Type: preset ? "Preset" : "Custom",
    // The comments of presets are keys of texts in the reader's language.
    Comment: preset ? "" : comment,
    // A script has no words here. What is done on some media only is shown as if it were done on all.
    MediaProcessTask: isScript(body) ? null : mediaProcessTaskOf(body.steps),
    ...{ AiContentReviewTask: null, AiAnalysisTask: null, AiRecognitionTask: null, AiRecognitionTaskSet: [] },
    ...{ MiniProgramPublishTask: null, ReviewAudioVideoTask: null, ImportMediaKnowledgeTaskSet: [] },
    ...{ CreateTime: isoTime(createdAt), UpdateTime: isoTime(updatedAt) },
  };
}

export const procedureActions: readonly Action[] = [create, reset, remove, describe];
