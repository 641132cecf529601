import type { Failure } from "#domain/error.ts";
import { type MediaInfo, mediaKindOf } from "#domain/media.ts";
import type { MediaSource } from "../../prisma/generated/enums.ts";
import type { Tx } from "../db/client.ts";
import { notifyLive } from "../events/live.ts";
import { recordEvent } from "../events/record-event.ts";
import { enqueue } from "../jobs/enqueue.ts";

/** A media whose files lie in the store. */
export interface NewMedia {
  id: string;
  applicationId: number;
  name: string;
  source: MediaSource;
  sourceContext: string;
  info: MediaInfo;
  storageKey: string;
  coverKey: string | null;
  createdById: string | null;
  categoryId?: number | null;
  /** When it is deleted by itself. */
  expiresAt?: Date | null;
  /** Why the file cannot be read; `info` is blank then. */
  unreadable?: Failure;
}

/** From here on it is seen. */
export async function recordMedia(tx: Tx, { info, unreadable, ...media }: NewMedia): Promise<void> {
  const { id: mediaId, applicationId, name, source } = media;
  // What cannot be read was meant to be one.
  const kind = unreadable === undefined ? mediaKindOf(info) : "video";
  const error = { errorCode: unreadable?.code, errorDetail: unreadable?.detail };
  await tx.media.create({ data: { ...media, ...error, kind, sizeBytes: info.sizeBytes, info: { ...info } } });
  await recordEvent(tx, { applicationId, type: "media.created", mediaId, data: { name, kind, source } });
  if (kind === "video" && unreadable === undefined)
    await enqueue(tx, "measureMedia", { mediaId }, { jobKey: `measure ${mediaId}` });
  await notifyLive(tx, { type: "media", applicationId, mediaId });
}
