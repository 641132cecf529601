import { z } from "zod";
import { NOTIFY_MODES, PRIORITY_MAX, PRIORITY_MIN } from "#domain/task.ts";

/** What was said with a file of the media it becomes and of the task that begins on it. Kept with the upload, as JSON. */
export const uploadTerms = z.strictObject({
  /** Told again with the news that the media is there. */
  sourceContext: z.string().max(1_000).default(""),
  priority: z.int().min(PRIORITY_MIN).max(PRIORITY_MAX).default(0),
  notifyMode: z.enum(NOTIFY_MODES).default("finish"),
  /** The media's category; 0 for none. */
  classId: z.int().default(0),
  /** When the media is to be deleted, as ISO 8601. */
  expiresAt: z.iso.datetime({ offset: true }).optional(),
  /** Endings of what is sent to the object endpoint, without their dots. */
  mediaType: z.string().optional(),
  coverType: z.string().optional(),
});
export type UploadTerms = z.output<typeof uploadTerms>;
