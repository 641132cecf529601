import type { Failure } from "#domain/error.ts";
import { newId } from "#domain/id.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Upload } from "../../prisma/generated/client.ts";
import type { Tx } from "../db/client.ts";
import { displayNameOf } from "../media/begin-upload.ts";
import { mediaIdFrom } from "../media/media-id.ts";
import { type UploadTerms, uploadTerms } from "../media/upload-terms.ts";
import { checkProcedure } from "../tasks/draft-subtasks.ts";
import { COVER_TYPES, MEDIA_TYPES } from "./media-types.ts";
import type { ObjectName } from "./object-files.ts";
import type { UploadCredentials, UploadGrant } from "./upload-credentials.ts";

/** How long an upload that was applied for may take. */
const LIFETIME_MS = 24 * 3_600_000;

export interface UploadApplication {
  applicationId: number;
  origin: "server" | "client";
  mediaType: string;
  coverType?: string;
  /** Of the media, with or without an ending. */
  name?: string;
  procedureName?: string;
  sessionContext?: string;
  terms?: Partial<UploadTerms>;
}

export interface AppliedUpload {
  uploadId: string;
  /** Of the media it becomes. */
  fileId: string;
  sessionKey: string;
  bucket: string;
  /** Keys in that bucket. */
  mediaPath: string;
  coverPath: string | null;
  grant: UploadGrant;
  /** For a plain PUT: tokens in the query of an object's address. */
  putTokens: { media: string; cover: string | null };
}

/** Makes room for a file that a server or a client will send to the object endpoint, and lets it do that. */
export async function applyUpload(
  tx: Tx,
  credentials: UploadCredentials,
  { applicationId, origin, mediaType, coverType, name = "", procedureName, ...said }: UploadApplication,
  now: Date = new Date(),
): Promise<Result<AppliedUpload, Failure>> {
  const [media, cover] = [mediaType.toLowerCase(), coverType?.toLowerCase()];
  if (!MEDIA_TYPES.includes(media)) return fail({ code: "MEDIA_TYPE_UNKNOWN", detail: "mediaType" });
  if (cover !== undefined && !COVER_TYPES.includes(cover))
    return fail({ code: "MEDIA_TYPE_UNKNOWN", detail: "coverType" });
  if (procedureName !== undefined) {
    const procedure = await checkProcedure(tx, applicationId, procedureName);
    if (!procedure.ok) return procedure;
  }
  const id = newId();
  const terms = uploadTerms.parse({
    ...said.terms,
    mediaType: media,
    ...(cover === undefined ? {} : { coverType: cover }),
  });
  const upload = await tx.upload.create({
    data: {
      ...{ id, applicationId, origin, terms, fileId: mediaIdFrom(id), sizeBytes: 0 },
      ...{ fileName: displayNameOf(name.trim() === "" ? `${id}.${media}` : name) },
      ...{ procedureName: procedureName ?? null, sessionContext: said.sessionContext ?? "" },
      expiresAt: new Date(now.getTime() + LIFETIME_MS),
    },
  });
  return ok(describeApplied(credentials, upload));
}

/** The same once more: for a client that comes back to its upload. */
export function describeApplied(credentials: UploadCredentials, upload: Upload): AppliedUpload {
  const { id: uploadId, applicationId, fileId, expiresAt } = upload;
  const until = expiresAt ?? new Date(0);
  const mediaPath = objectPath(upload, "media") ?? "";
  const coverPath = objectPath(upload, "cover");
  return {
    ...{ uploadId, fileId: fileId ?? "", mediaPath, coverPath },
    sessionKey: credentials.sessionKey(uploadId),
    bucket: bucketOf(applicationId),
    grant: credentials.grant(uploadId, until),
    putTokens: {
      media: credentials.putToken(uploadId, mediaPath, until),
      cover: coverPath === null ? null : credentials.putToken(uploadId, coverPath, until),
    },
  };
}

export function bucketOf(applicationId: number): string {
  return `vod-${applicationId}`;
}

/** Null for a cover nobody announced. */
export function objectPath(upload: Pick<Upload, "id" | "terms">, name: ObjectName): string | null {
  const { mediaType, coverType } = uploadTerms.parse(upload.terms);
  const extension = name === "media" ? mediaType : coverType;
  return extension === undefined ? null : `${upload.id}/${name}.${extension}`;
}
