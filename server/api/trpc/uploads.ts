import { z } from "zod";
import type { Failure } from "#domain/error.ts";
import { PROCEDURE_BYTES_MAX } from "#domain/procedure-text.ts";
import { signClientUpload } from "../../api-keys/sign-client-upload.ts";
import { failureOf } from "../../db/rows.ts";
import { completeUpload } from "../../media/complete-upload.ts";
import { listUploads, withReceived } from "../../media/list-uploads.ts";
import { pullMedia } from "../../media/pull-media.ts";
import { removeUpload } from "../../media/remove-upload.ts";
import { trpcErrorOf, unwrap } from "../failure-error.ts";
import type { Me, UploadRow } from "../rows.ts";
import { operator, router } from "../trpc.ts";

const key = z.strictObject({ id: z.string().min(1).max(64) });

const pullInput = z.strictObject({
  urls: z.array(z.string().trim().min(1).max(2_048)).min(1).max(50),
  /** In any of its forms. */
  procedureName: z.string().min(1).max(PROCEDURE_BYTES_MAX).nullable(),
});
const signInput = z.strictObject({
  keyId: z.string().min(1).max(128),
  procedure: z.string().max(8_000),
  oneTime: z.boolean(),
  lifetimeSeconds: z
    .int()
    .min(60)
    .max(90 * 24 * 3600),
});

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
  /** Has files fetched; what is wrong with one address is told beside it, and the others are fetched all the same. */
  pull: operator.input(pullInput).mutation(async ({ ctx, input }) => {
    const { env, db, me } = ctx;
    const access = { secretKey: env.SECRET_KEY, allow: env.OUTBOUND_ALLOW };
    const procedure = input.procedureName === null ? {} : { procedureName: input.procedureName };
    const begun: { url: string; error: Failure | null }[] = [];
    for (const url of input.urls) {
      const pulled = await pullMedia(db, access, { ...ownedBy(me), url, ...procedure });
      begun.push({ url, error: pulled.ok ? null : pulled.failure });
    }
    return begun;
  }),
  /** A signature as an application's server makes it, to try an upload with. */
  sign: operator.input(signInput).mutation(async ({ ctx, input }) => {
    const keeper = { applicationId: ctx.me.application.id, secretKey: ctx.env.SECRET_KEY };
    return unwrap(await signClientUpload(ctx.db, keeper, input));
  }),
  remove: operator
    .input(key)
    .mutation(async ({ ctx, input }) => unwrap(await removeUpload(ctx.db, ctx.files, ownedBy(ctx.me), input.id))),
});

function uploadRowOf(upload: Awaited<ReturnType<typeof withReceived>>): UploadRow {
  const { id, fileName, receivedBytes, state, origin, procedureName, mediaId, taskId, createdAt } = upload;
  const error = failureOf(upload);
  const sizeBytes = Number(upload.sizeBytes);
  return { id, fileName, sizeBytes, receivedBytes, state, origin, procedureName, error, mediaId, taskId, createdAt };
}
