import { z } from "zod";
import type { OperationKind } from "../../domain/operations/operation.ts";
import { ok } from "../../domain/result.ts";
import { deleteParts, deleteWithResults, type MediaPart } from "../../media/delete-parts.ts";
import { action } from "../action.ts";

const TYPES = [
  ...(["OriginalFiles", "TranscodeFiles", "AdaptiveDynamicStreamingFiles"] as const),
  ...(["WechatPublishFiles", "WechatMiniProgramPublishFiles"] as const),
] as const;

const TRANSCODES: readonly OperationKind[] = ["transcode", "remux", "audio"];

/** Nothing is published elsewhere, so of that there is nothing to delete. */
function partOf({ Type, Definition }: { Type: (typeof TYPES)[number]; Definition: number }): MediaPart[] {
  const definition = Definition === 0 ? null : Definition;
  switch (Type) {
    case "OriginalFiles":
      return [{ part: "source" }];
    case "TranscodeFiles":
      // A cover that a task made goes with the last of them.
      return [{ part: "results", kinds: definition === null ? [...TRANSCODES, "cover"] : TRANSCODES, definition }];
    case "AdaptiveDynamicStreamingFiles":
      return [{ part: "results", kinds: ["adaptive-streaming"], definition }];
    case "WechatPublishFiles":
    case "WechatMiniProgramPublishFiles":
      return [];
  }
}

export const deleteMediaAction = action({
  name: "DeleteMedia",
  request: z.object({
    FileId: z.string().min(1).max(64),
    DeleteParts: z
      .array(z.object({ Type: z.enum(TYPES), Definition: z.int().min(0).default(0) }))
      .max(100)
      .default([]),
  }),
  codes: { MEDIA_NOT_FOUND: "ResourceNotFound.FileNotExist" },
  handle: async ({ db, applicationId }, { FileId: mediaId, DeleteParts }) => {
    const told = DeleteParts.map(({ Type, Definition }) => ({ type: Type, definition: Definition }));
    const deleted =
      DeleteParts.length === 0
        ? await deleteWithResults(db, applicationId, mediaId)
        : await deleteParts(db, { applicationId, mediaId }, DeleteParts.flatMap(partOf), told);
    return deleted.ok ? ok({}) : deleted;
  },
});
