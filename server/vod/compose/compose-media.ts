import { z } from "zod";
import { fieldErrorsOf } from "../../domain/form.ts";
import { fail, ok } from "../../domain/result.ts";
import { composeInput } from "../../media/compose-input.ts";
import { composeMedia } from "../../media/compose-media.ts";
import { action } from "../action.ts";
import { refuse } from "../refusal.ts";
import { wireTaskId } from "../tasks/task-id.ts";
import { sessionFields, termsOf } from "../tasks/terms.ts";
import { isNever, isoMoment } from "../time.ts";
import { composeParamsOf } from "./read-tracks.ts";
import { canvas, output, track } from "./tracks.ts";

export const composeMediaAction = action({
  name: "ComposeMedia",
  request: z.object({
    Tracks: z.array(track).min(1).max(30),
    Output: z.object({ ...output.shape, ExpireTime: isoMoment.optional() }),
    Canvas: canvas.prefault({}),
    ...sessionFields,
  }),
  handle: async (ctx, { Tracks, Output, Canvas, ...input }) => {
    const { ClassId = 0, ExpireTime, Description } = Output;
    const later = "is given to the new file by `ModifyMediaInfo`.";
    if (ClassId > 0) return refuse("UnsupportedOperation", `\`Output.ClassId\` ${later}`);
    if (Description) return refuse("UnsupportedOperation", `\`Output.Description\` ${later}`);
    if (ExpireTime && !isNever(ExpireTime)) return refuse("UnsupportedOperation", `\`Output.ExpireTime\` ${later}`);
    const params = composeParamsOf(Tracks, Canvas, Output);
    if (!params.ok) return params;
    const composition = composeInput.safeParse(params.value);
    if (!composition.success) {
      const [wrong] = fieldErrorsOf(composition.error);
      return fail({ code: "INVALID_PARAMETER", detail: `${wrong?.path}: ${wrong?.message}` });
    }
    const created = await composeMedia(ctx.db, termsOf(ctx, input), composition.data);
    return created.ok ? ok({ TaskId: wireTaskId(ctx.applicationId, "ComposeMedia", created.value.taskId) }) : created;
  },
});
