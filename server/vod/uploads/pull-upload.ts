import { z } from "zod";
import { ok } from "../../domain/result.ts";
import { PRIORITY_MAX, PRIORITY_MIN } from "../../domain/task.ts";
import { pullMedia } from "../../media/pull-media.ts";
import { checkUrl } from "../../outbound/check-url.ts";
import { MEDIA_TYPES } from "../../uploads/media-types.ts";
import { action } from "../action.ts";
import { messageOf } from "../error-codes.ts";
import { refuse } from "../refusal.ts";
import { wireTaskId } from "../tasks/task-id.ts";
import { expiryOf, mediaFields, refusePath } from "./fields.ts";

/** What a playlist is said to be; whether it can be fetched, its content says. */
const PLAYLIST_TYPE = "m3u8";

/** A file that a worker fetches. What is wrong with the address itself is said at once, all else when the pull ends. */
export const pullUpload = action({
  name: "PullUpload",
  request: z.object({
    MediaUrl: z.string().min(1).max(4_096),
    /** Of the media's name; what the file is, its content says. */
    MediaType: z.string().max(20).optional(),
    CoverUrl: z.string().max(4_096).optional(),
    TasksPriority: z.int().min(PRIORITY_MIN).max(PRIORITY_MAX).optional(),
    SessionId: z.string().max(50).optional(),
    ...mediaFields,
  }),
  codes: { OUTBOUND_URL_INVALID: "InvalidParameterValue.MediaUrl", OUTBOUND_REFUSED: "InvalidParameterValue.MediaUrl" },
  handle: async ({ db, env, applicationId }, input) => {
    const expiresAt = expiryOf(input);
    if (!expiresAt.ok) return expiresAt;
    const inPathMode = refusePath(input);
    if (inPathMode !== null) return inPathMode;
    const type = input.MediaType?.toLowerCase() ?? "";
    if (type !== "" && type !== PLAYLIST_TYPE && !MEDIA_TYPES.includes(type)) {
      return refuse("InvalidParameterValue.MediaType", "Files of this type are not accepted.");
    }
    if (input.CoverUrl) {
      const cover = checkUrl(input.CoverUrl, env.OUTBOUND_ALLOW);
      if (!cover.ok) return refuse("InvalidParameterValue.CoverUrl", messageOf(cover.failure));
    }
    const begun = await pullMedia(
      db,
      { secretKey: env.SECRET_KEY, allow: env.OUTBOUND_ALLOW },
      {
        ...{ applicationId, createdById: null, url: input.MediaUrl },
        ...(input.CoverUrl ? { coverUrl: input.CoverUrl } : {}),
        ...(input.MediaName === undefined ? {} : { name: input.MediaName }),
        ...(input.Procedure ? { procedureName: input.Procedure } : {}),
        ...(input.SessionId === undefined ? {} : { sessionId: input.SessionId }),
        ...(input.SessionContext === undefined ? {} : { sessionContext: input.SessionContext }),
        terms: {
          ...{ sourceContext: input.SourceContext ?? "", classId: input.ClassId ?? 0 },
          priority: input.TasksPriority ?? 0,
          ...(expiresAt.value === null ? {} : { expiresAt: expiresAt.value }),
        },
      },
    );
    return begun.ok ? ok({ TaskId: wireTaskId(applicationId, "PullUpload", begun.value.uploadId) }) : begun;
  },
});
