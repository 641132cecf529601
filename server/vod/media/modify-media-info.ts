import { z } from "zod";
import { createAsset } from "../../assets/create-asset.ts";
import { ASSET_BYTES_MAX } from "../../domain/asset.ts";
import type { Failure } from "../../domain/error.ts";
import {
  DESCRIPTION_MAX,
  KEY_MOMENT_TEXT_MAX,
  type MediaSubtitle,
  mediaName,
  SUBTITLES_MAX,
  TAG_MAX,
} from "../../domain/media-facts.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import { modifyMedia } from "../../media/modify-media.ts";
import { storeCover } from "../../media/store-cover.ts";
import { action } from "../action.ts";
import { bytesOf } from "../base64.ts";
import type { VodContext } from "../context.ts";
import { type Refusal, refuse } from "../refusal.ts";
import { refuseUnsupported, refuseValue } from "../refuse-field.ts";
import { readAssets, subtitleInfoOf } from "../render-media.ts";
import { fileUrl } from "../site.ts";
import { isNever, isoMoment } from "../time.ts";

const yes = z.literal([0, 1]).optional();
const seconds = z.number().min(0).max(604_800);

const request = z.object({
  FileId: z.string().min(1).max(64),
  Name: mediaName.optional(),
  Description: z.string().max(DESCRIPTION_MAX).optional(),
  ClassId: z.int().min(0).optional(),
  ExpireTime: isoMoment.optional(),
  CoverData: z.string().optional(),
  AddKeyFrameDescs: z.array(z.object({ TimeOffset: seconds, Content: z.string().min(1) })).optional(),
  DeleteKeyFrameDescs: z.array(seconds).optional(),
  ClearKeyFrameDescs: yes,
  AddTags: z.array(z.string().trim().min(1)).optional(),
  DeleteTags: z.array(z.string()).optional(),
  ClearTags: yes,
  AddSubtitles: z
    .array(
      z.object({
        Name: z.string().min(1).max(64),
        Language: z.string().min(1).max(35),
        Format: z.enum(["vtt", "srt"]),
        Content: z.string().min(1),
        Id: z.string().optional(),
      }),
    )
    .max(SUBTITLES_MAX)
    .optional(),
  DeleteSubtitleIds: z.array(z.string()).optional(),
  ClearSubtitles: yes,
});
type Request = z.output<typeof request>;

/** Of one list, everything is taken away or something is; and what is added is not taken away in the same breath. */
function refuseConflict(input: Request): Result<never, Refusal> | null {
  const { AddTags = [], DeleteTags = [], AddKeyFrameDescs = [], DeleteKeyFrameDescs = [] } = input;
  const conflict = (code: Refusal["refusal"]) => refuse(code, "These cannot be asked for together.");
  const both = AddTags.some((tag) => DeleteTags.includes(tag));
  const bothAt = AddKeyFrameDescs.some(({ TimeOffset }) => DeleteKeyFrameDescs.includes(TimeOffset));
  if (AddTags.some((tag) => [...tag].length > TAG_MAX))
    return refuse("InvalidParameterValue.TagTooLong", `A tag has at most ${TAG_MAX} characters.`);
  if (AddKeyFrameDescs.some(({ Content }) => [...Content].length > KEY_MOMENT_TEXT_MAX))
    return refuse(
      "InvalidParameterValue.KeyFrameDescContentTooLong",
      `A description has at most ${KEY_MOMENT_TEXT_MAX} characters.`,
    );
  if (AddTags.length > 0 && input.ClearTags === 1) return conflict("InvalidParameterValue.AddTagsAndClearTagsConflict");
  if (both) return conflict("InvalidParameterValue.AddTagsAndDeleteTagsConflict");
  if (AddKeyFrameDescs.length > 0 && input.ClearKeyFrameDescs === 1)
    return conflict("InvalidParameterValue.AddKeyFrameDescsAndClearKeyFrameDescsConflict");
  if (bothAt) return conflict("InvalidParameterValue.AddKeyFrameDescsAndDeleteKeyFrameDescsConflict");
  if (input.ExpireTime !== undefined && input.ExpireTime <= new Date())
    return refuseValue("ExpireTime", "it has passed.");
  return null;
}

export const modifyMediaInfo = action({
  name: "ModifyMediaInfo",
  request,
  codes: { MEDIA_NOT_FOUND: "ResourceNotFound.FileNotExist", CATEGORY_NOT_FOUND: "InvalidParameterValue.ClassId" },
  handle: async (ctx, input) => {
    const { db, store, applicationId } = ctx;
    const refused = refuseConflict(input);
    if (refused !== null) return refused;
    const { FileId: mediaId } = input;
    const known = await db.media.findFirst({ where: { id: mediaId, applicationId, deletedAt: null } });
    if (known === null) return fail({ code: "MEDIA_NOT_FOUND", detail: mediaId });
    const subtitles = await storeSubtitles(ctx, input);
    if (!subtitles.ok) return subtitles;
    const coverKey = await coverOf(ctx, input);
    if (!coverKey.ok) return coverKey;
    const modified = await modifyMedia(db, applicationId, mediaId, {
      ...{ name: input.Name, description: input.Description, coverKey: coverKey.value ?? undefined },
      categoryId: input.ClassId === 0 ? null : input.ClassId,
      expiresAt: input.ExpireTime && isNever(input.ExpireTime) ? null : input.ExpireTime,
      tags: { clear: input.ClearTags === 1, remove: input.DeleteTags, add: input.AddTags },
      keyMoments: {
        ...{ clear: input.ClearKeyFrameDescs === 1, remove: input.DeleteKeyFrameDescs },
        add: input.AddKeyFrameDescs?.map(({ TimeOffset, Content }) => ({ atSeconds: TimeOffset, text: Content })),
      },
      subtitles: { clear: input.ClearSubtitles === 1, remove: input.DeleteSubtitleIds, add: subtitles.value },
    });
    if (!modified.ok) {
      if (coverKey.value !== null) await store.remove(coverKey.value);
      return modified;
    }
    const added = { subtitles: subtitles.value };
    const shown = subtitleInfoOf(added, await readAssets(db, applicationId, [added]), ctx);
    return ok({
      ...(coverKey.value === null ? {} : { CoverUrl: fileUrl(ctx, coverKey.value) }),
      AddedSubtitleSet: shown?.SubtitleSet ?? [],
    });
  },
});

async function coverOf(
  { store, applicationId }: VodContext,
  { CoverData, FileId: mediaId }: Request,
): Promise<Result<string | null, Refusal>> {
  if (!CoverData) return ok(null);
  const bytes = bytesOf(CoverData);
  const stored = bytes === null ? null : await storeCover(store, { applicationId, mediaId }, bytes);
  return stored?.ok ? stored : refuse("FailedOperation.CoverType", "`CoverData` is no GIF, JPEG or PNG in Base64.");
}

/** Kept as assets, which is how tasks name them; whether there is room for them is seen when they are added. */
async function storeSubtitles(
  { db, store, applicationId }: VodContext,
  { AddSubtitles = [] }: Request,
): Promise<Result<MediaSubtitle[], Failure | Refusal>> {
  const stored: MediaSubtitle[] = [];
  for (const { Id, Name, Language, Format, Content } of AddSubtitles) {
    if (Id) return refuseUnsupported("AddSubtitles.Id", "Ids are given by the server.");
    const bytes = bytesOf(Content);
    if (bytes === null || bytes.length > ASSET_BYTES_MAX)
      return refuseValue("AddSubtitles.Content", `it is no Base64, or more than ${ASSET_BYTES_MAX} bytes.`);
    const asset = await createAsset(db, store, {
      ...{ applicationId, kind: "subtitles", name: Name, bytes, createdById: null },
    });
    const isRight = asset.ok && asset.value.info.kind === "subtitles" && asset.value.info.format === Format;
    if (!isRight) return refuseValue("AddSubtitles.Content", `these are no subtitles in the format ${Format}.`);
    stored.push({ id: asset.value.id, name: Name, language: Language });
  }
  return ok(stored);
}
