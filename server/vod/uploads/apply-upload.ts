/** Server upload: leave to send a file, and then word that it has been sent. */
import { z } from "zod";
import { ok } from "../../domain/result.ts";
import { applyUpload as apply } from "../../uploads/apply-upload.ts";
import { commitUpload as commit } from "../../uploads/commit-upload.ts";
import { action } from "../action.ts";
import { absoluteUrl } from "../context.ts";
import { refuse } from "../refusal.ts";
import { expiryOf, mediaFields, refusePath, STORAGE_REGION } from "./fields.ts";

export const applyUpload = action({
  name: "ApplyUpload",
  request: z.object({
    MediaType: z.string().min(1).max(20),
    CoverType: z.string().max(20).optional(),
    ...mediaFields,
  }),
  handle: async ({ db, env, credentials, applicationId }, input) => {
    const expiresAt = expiryOf(input);
    if (!expiresAt.ok) return expiresAt;
    const inPathMode = refusePath(input);
    if (inPathMode !== null) return inPathMode;
    const applied = await apply(db, credentials, {
      ...{ applicationId, origin: "server", mediaType: input.MediaType },
      ...(input.CoverType ? { coverType: input.CoverType } : {}),
      ...(input.MediaName === undefined ? {} : { name: input.MediaName }),
      ...(input.Procedure ? { procedureName: input.Procedure } : {}),
      ...(input.SessionContext === undefined ? {} : { sessionContext: input.SessionContext }),
      terms: {
        ...{ sourceContext: input.SourceContext ?? "", classId: input.ClassId ?? 0 },
        ...(expiresAt.value === null ? {} : { expiresAt: expiresAt.value }),
      },
    });
    if (!applied.ok) {
      const isCover = applied.failure.code === "MEDIA_TYPE_UNKNOWN" && applied.failure.detail === "coverType";
      return isCover ? refuse("InvalidParameterValue.CoverType", "Covers of this type are not accepted.") : applied;
    }
    const { bucket, mediaPath, coverPath, sessionKey, grant, putTokens } = applied.value;
    const addressOf = (path: string, token: string) => absoluteUrl(env, `/s3/${bucket}/${path}?token=${token}`);
    return ok({
      StorageBucket: bucket,
      StorageRegion: input.StorageRegion || STORAGE_REGION,
      VodSessionKey: sessionKey,
      MediaStoragePath: mediaPath,
      CoverStoragePath: coverPath ?? "",
      TempCertificate: {
        SecretId: grant.secretId,
        SecretKey: grant.secretKey,
        Token: grant.token,
        ExpiredTime: Math.floor(grant.expiresAt.getTime() / 1000),
      },
      // Ours: where the vendor's clients have addresses of their own.
      StorageEndpoint: absoluteUrl(env, "/s3"),
      UploadUrl: addressOf(mediaPath, putTokens.media),
      CoverUploadUrl: coverPath === null ? "" : addressOf(coverPath, putTokens.cover ?? ""),
    });
  },
});

export const commitUpload = action({
  name: "CommitUpload",
  request: z.object({ VodSessionKey: z.string().min(1).max(200) }),
  codes: { UPLOAD_NOT_FOUND: "InvalidParameterValue.VodSessionKey" },
  handle: async (ctx, { VodSessionKey: sessionKey }) => {
    const { env, links, applicationId, signal } = ctx;
    const committed = await commit(ctx, { applicationId, sessionKey }, signal);
    if (!committed.ok) return committed;
    const { fileId, media } = committed.value;
    const urlOf = (key: string | null | undefined) => (key ? absoluteUrl(env, links.url(key)) : "");
    return ok({ FileId: fileId, MediaUrl: urlOf(media?.storageKey), CoverUrl: urlOf(media?.coverKey) });
  },
});
