import { z } from "zod";
import type { Prisma } from "../../prisma/generated/client.ts";
import type { Db } from "../db/client.ts";
import type { Failure } from "../domain/error.ts";
import { DELIVERY_ERRORS, NOTIFICATION_KINDS } from "../domain/notification.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { pulledEvent, pushBody } from "../vod/events/envelope.ts";
import { EVENT_NAMES } from "../vod/events/event-names.ts";
import type { DeliveryAttemptRow, DeliveryDetail, DeliveryRow } from "./rows.ts";

const columns = {
  id: true,
  kind: true,
  mediaId: true,
  taskId: true,
  state: true,
  attemptCount: true,
  nextAt: true,
  handle: true,
  errorCode: true,
  createdAt: true,
  endedAt: true,
  endpoint: { select: { id: true, name: true, url: true, enabled: true, deletedAt: true } },
} as const satisfies Prisma.DeliverySelect;

const kindOf = z.enum(NOTIFICATION_KINDS);
const errorOf = z.enum(DELIVERY_ERRORS).nullable();

/** In the order of `ids`; those of another application are left out. */
export async function readDeliveryRows(db: Db, applicationId: number, ids: readonly string[]): Promise<DeliveryRow[]> {
  const found = await db.delivery.findMany({ where: { id: { in: [...ids] }, applicationId }, select: columns });
  const mediaIds = found.flatMap(({ mediaId }) => mediaId ?? []);
  const media = await db.media.findMany({
    where: { id: { in: mediaIds } },
    select: { id: true, name: true, deletedAt: true },
  });
  const rows = new Map(found.map((row) => [row.id, rowOf(row, media)]));
  return ids.flatMap((id) => rows.get(id) ?? []);
}

type Stored = Prisma.DeliveryGetPayload<{ select: typeof columns }>;

function rowOf(
  { handle, kind, mediaId, endpoint, errorCode, ...row }: Stored,
  known: readonly { id: string; name: string; deletedAt: Date | null }[],
): DeliveryRow {
  const media = known.find(({ id }) => id === mediaId);
  return {
    ...row,
    kind: kindOf.parse(kind),
    eventType: EVENT_NAMES[kindOf.parse(kind)].type,
    errorCode: errorOf.parse(errorCode),
    media: media === undefined ? null : { id: media.id, name: media.name, deleted: media.deletedAt !== null },
    // Null: the pull queue.
    endpoint:
      endpoint === null
        ? null
        : {
            ...{ id: endpoint.id, name: endpoint.name, url: endpoint.url, enabled: endpoint.enabled },
            deleted: endpoint.deletedAt !== null,
          },
    handedOut: handle !== null,
  };
}

const sent = z.object({
  requestHeaders: z.record(z.string(), z.string()),
  sign: z.object({ Sign: z.string(), T: z.number() }).nullable(),
});

export async function readDelivery(
  db: Db,
  applicationId: number,
  id: string,
): Promise<Result<DeliveryDetail, Failure>> {
  const [row] = await readDeliveryRows(db, applicationId, [id]);
  const stored = await db.delivery.findUnique({
    where: { id },
    select: { handle: true, notification: true, attempts: { orderBy: { number: "desc" } } },
  });
  if (row === undefined || stored === null) return fail({ code: "DELIVERY_NOT_FOUND", detail: id });
  const { content } = stored.notification;
  const [last] = stored.attempts;
  return ok({
    ...row,
    body:
      content === null
        ? null
        : row.endpoint === null
          ? JSON.stringify(pulledEvent(content, stored.handle ?? ""))
          : pushBody(content, last === undefined ? null : sent.parse(last).sign),
    headers: last === undefined ? null : sent.parse(last).requestHeaders,
    attempts: stored.attempts.map(
      ({ number, startedAt, durationMs, status, errorCode, errorDetail, answer }): DeliveryAttemptRow => ({
        ...{ number, startedAt, durationMs, status, answer },
        ...{ errorCode: errorOf.parse(errorCode), errorDetail: errorDetail ?? "" },
      }),
    ),
  });
}
