/** What every way to bring a file in is told of the media it becomes. */
import { z } from "zod";
import { PROCEDURE_BYTES_MAX } from "../../domain/procedure-text.ts";
import { ok, type Result } from "../../domain/result.ts";
import { type Refusal, refuse } from "../refusal.ts";

/** There is one place; clients may name another, and get it back. */
export const STORAGE_REGION = "local";

/** What names of media may not hold. */
export const FORBIDDEN_IN_NAMES = /[\\/:*?"<>|]/;

export const mediaFields = {
  MediaName: z
    .string()
    .max(64)
    .refine((name) => !FORBIDDEN_IN_NAMES.test(name), 'A name may not hold \\ / : * ? " < > |')
    .optional(),
  Procedure: z.string().max(PROCEDURE_BYTES_MAX).optional(),
  /** When the media is to be deleted. */
  ExpireTime: z.string().max(40).optional(),
  StorageRegion: z.string().max(40).optional(),
  ClassId: z.int().min(0).optional(),
  SourceContext: z.string().max(250).optional(),
  SessionContext: z.string().max(1000).optional(),
  ExtInfo: z.string().optional(),
  MediaStoragePath: z.string().optional(),
};

export function refusePath({ MediaStoragePath }: { MediaStoragePath?: string | undefined }) {
  return MediaStoragePath
    ? refuse("UnsupportedOperation", "`MediaStoragePath` is for applications in path mode, which there are none of.")
    : null;
}

/** Null: never. What is past cannot be meant. */
export function expiryOf({ ExpireTime }: { ExpireTime?: string | undefined }): Result<string | null, Refusal> {
  if (!ExpireTime) return ok(null);
  const parsed = z.iso.datetime({ offset: true }).safeParse(ExpireTime);
  // The vendor's "for ever" is the end of time as it counts it.
  if (parsed.success && ExpireTime.startsWith("9999")) return ok(null);
  if (!parsed.success || new Date(parsed.data) <= new Date()) {
    return refuse("InvalidParameter.ExpireTime", "`ExpireTime` has to be an ISO 8601 time in the future.");
  }
  return ok(parsed.data);
}
