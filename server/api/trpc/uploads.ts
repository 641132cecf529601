import { z } from "zod";
import { failureOf } from "../../db/rows.ts";
import { completeUpload } from "../../media/complete-upload.ts";
import { listUploads, withReceived } from "../../media/list-uploads.ts";
import { removeUpload } from "../../media/remove-upload.ts";
import { trpcErrorOf, unwrap } from "../failure-error.ts";
import type { Me, UploadRow } from "../rows.ts";
import { operator, router } from "../trpc.ts";

const key = z.strictObject({ id: z.string().min(1).max(64) });

function ownedBy(me: Me) {
  return { applicationId: me.application.id, createdById: me.user.id };
}

export const uploadsRouter = router({
  list: operator.query(async ({ ctx }) => (await listUploads(ctx.db, ctx.files, ownedBy(ctx.me))).map(uploadRowOf)),
  /** For when the browser has sent the last byte: the same as the upload's own end does, however often. */
  complete: operator.input(key).mutation(async ({ ctx, input }) => {
    const mine = await ctx.db.upload.findFirst({
      where: { ...input, ...ownedBy(ctx.me), origin: "browser" },
      select: { id: true },
    });
    if (mine === null) throw trpcErrorOf({ code: "UPLOAD_NOT_FOUND", detail: input.id });
    return uploadRowOf(await withReceived(ctx.files, unwrap(await completeUpload(ctx.db, ctx, input.id))));
  }),
  remove: operator
    .input(key)
    .mutation(async ({ ctx, input }) => unwrap(await removeUpload(ctx.db, ctx.files, ownedBy(ctx.me), input.id))),
});

function uploadRowOf(upload: Awaited<ReturnType<typeof withReceived>>): UploadRow {
  const { id, fileName, receivedBytes, state, procedureName, mediaId, taskId, createdAt } = upload;
  const error = failureOf(upload);
  const sizeBytes = Number(upload.sizeBytes);
  return { id, fileName, sizeBytes, receivedBytes, state, procedureName, error, mediaId, taskId, createdAt };
}
