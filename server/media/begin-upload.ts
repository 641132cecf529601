import { statfs } from "node:fs/promises";
import { z } from "zod";
import type { Failure } from "#domain/error.ts";
import { PROCEDURE_BYTES_MAX } from "#domain/procedure-text.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Db } from "../db/client.ts";
import { checkProcedure } from "../tasks/draft-subtasks.ts";
import type { UploadFiles } from "./upload-files.ts";

/** What a browser says of the file it is about to send. */
const announced = z.object({
  filename: z.string().max(1_000),
  procedure: z.string().max(PROCEDURE_BYTES_MAX).optional(),
  context: z.string().max(1_000).optional(),
});

interface NewUpload {
  id: string;
  applicationId: number;
  createdById: string;
  sizeBytes: number;
  /** As it came. */
  metadata: Record<string, string | null>;
}

/** Refuses at once what would fail after the last byte: no such procedure, no room for the file. */
export async function beginUpload(db: Db, files: UploadFiles, upload: NewUpload): Promise<Result<void, Failure>> {
  const { metadata, ...columns } = upload;
  const given = announced.safeParse(Object.fromEntries(Object.entries(metadata).filter(([, value]) => value)));
  if (!given.success) {
    return fail({ code: "INVALID_PARAMETER", detail: given.error.issues[0]?.path.join(".") ?? "" });
  }
  const { filename, procedure, context: sessionContext } = given.data;
  if (procedure !== undefined) {
    const checked = await checkProcedure(db, upload.applicationId, procedure);
    if (!checked.ok) return checked;
  }
  await files.prepare();
  const { bavail, bsize } = await statfs(files.folder);
  if (upload.sizeBytes > bavail * bsize) return fail({ code: "STORAGE_FULL", detail: `${bavail * bsize} bytes free` });
  const fileName = displayNameOf(filename);
  await db.upload.create({ data: { ...columns, fileName, procedureName: procedure ?? null, sessionContext } });
  return ok(undefined);
}

/** A name to show. It is never used as a path, but it should not look like one, or turn the text around it. */
export function displayNameOf(fileName: string): string {
  const last = fileName.split(/[/\\]/).findLast((part) => part.trim() !== "") ?? "";
  const clean = last.replace(/[\p{Cc}\p{Bidi_Control}]/gu, "").trim();
  return [...clean].slice(0, 200).join("") || "upload";
}
