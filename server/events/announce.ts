/**
 * The outbox: which receivers are told of an event is decided in the transaction of the event, so that none is lost and none
 * made up. What they are told is put together afterwards, by a job.
 */
import { z } from "zod";
import type { Tx } from "../db/client.ts";
import type { EventType } from "../domain/event.ts";
import {
  EVENT_MODES,
  type NotificationKind,
  notificationKindOf,
  type TellableEvent,
  type ToldTask,
} from "../domain/notification.ts";
import { enqueueAll } from "../jobs/enqueue.ts";
import { newDeliveryId } from "./delivery-id.ts";

interface RecordedEvent {
  id: bigint;
  applicationId: number;
  type: EventType;
  mediaId?: string;
  taskId?: string;
  data: Record<string, unknown>;
}

/** Most events are told to nobody, whatever is configured; they cost no look at it. */
export function isTellable({ type, data }: Pick<RecordedEvent, "type" | "data">): boolean {
  // Neither keeps a subtask's end or a finished task from being told.
  const mostTold: ToldTask = { notifyMode: "change", kinds: [] };
  return type !== "endpoint.tested" && notificationKindOf(factsOf({ type, data }), mostTold) !== null;
}

const facts = z.object({ source: z.string().optional(), state: z.string().optional() });

function factsOf({ type, data }: Pick<RecordedEvent, "type" | "data">): TellableEvent {
  return { type, ...facts.parse(data) };
}

/** A null endpoint is the pull queue. */
interface Receiver {
  endpointId: string | null;
  wants: (kind: NotificationKind) => boolean;
}

export async function announce(tx: Tx, events: readonly RecordedEvent[]): Promise<void> {
  const [first] = events;
  if (first === undefined) return;
  const receivers = await readReceivers(tx, first.applicationId);
  if (receivers.length === 0) return;
  const tasks = await readTasks(tx, events);
  const told = withoutForestalled(
    events.flatMap((event) => {
      const kind = notificationKindOf(factsOf(event), tasks.get(event.taskId ?? "") ?? null);
      return kind === null ? [] : [{ event, kind }];
    }),
  );
  await addNotifications(
    tx,
    told.map(({ event, kind }) => ({
      event,
      kind,
      endpointIds: receivers.filter(({ wants }) => wants(kind)).map(({ endpointId }) => endpointId),
    })),
  );
}

interface Told {
  event: RecordedEvent;
  kind: NotificationKind;
}

/** The last change of a task and its end are one thing to tell: the end. */
function withoutForestalled(told: readonly Told[]): Told[] {
  return told.filter(({ event }, index) => {
    const next = told[index + 1]?.event;
    return !(event.type !== "task.finished" && next?.type === "task.finished" && next.taskId === event.taskId);
  });
}

interface NewNotification extends Told {
  endpointIds: readonly (string | null)[];
}

/** Also for what concerns one endpoint alone. The jobs are not bundled by key: transactions would wait for each other. */
export async function addNotifications(tx: Tx, added: readonly NewNotification[]): Promise<void> {
  const wanted = added.filter(({ endpointIds }) => endpointIds.length > 0);
  if (wanted.length === 0) return;
  await tx.notification.createMany({
    data: wanted.map(({ event: { id, applicationId }, kind }) => ({ eventId: id, applicationId, kind })),
  });
  await tx.delivery.createMany({
    data: wanted.flatMap(({ event, kind, endpointIds }) => {
      const { id: eventId, applicationId, mediaId, taskId } = event;
      const about = { eventId, applicationId, kind, mediaId, taskId, orderKey: taskId ?? mediaId ?? String(eventId) };
      return endpointIds.map((endpointId) => ({ ...about, id: newDeliveryId(eventId), endpointId }));
    }),
  });
  await enqueueAll(
    tx,
    "renderNotification",
    wanted.map(({ event }) => ({ payload: { eventId: String(event.id) } })),
  );
}

const configured = z.object({
  mode: z.enum(EVENT_MODES).nullable(),
  tellsUploads: z.boolean().nullable(),
  tellsDeletions: z.boolean().nullable(),
  endpoints: z.array(z.object({ id: z.string(), ofApi: z.boolean(), kinds: z.array(z.string()) })),
});

async function readReceivers(tx: Tx, applicationId: number): Promise<Receiver[]> {
  const [row] = await tx.$queryRaw<unknown[]>`
    SELECT c."mode", c."tellsUploads", c."tellsDeletions", coalesce((
      SELECT jsonb_agg(jsonb_build_object('id', e."id", 'ofApi', e."ofApi", 'kinds', e."kinds")) FROM "Endpoint" e
      WHERE e."applicationId" = a."id" AND e."enabled" AND e."deletedAt" IS NULL AND e."url" <> ''
    ), '[]') AS "endpoints"
    FROM "Application" a LEFT JOIN "EventConfig" c ON c."applicationId" = a."id"
    WHERE a."id" = ${applicationId}`;
  const { mode, tellsUploads, tellsDeletions, endpoints } = configured.parse(row);
  const switched = (kind: NotificationKind) =>
    kind === "media.uploaded"
      ? tellsUploads === true
      : kind === "media.deleted"
        ? tellsDeletions === true
        : kind !== "endpoint.tested";
  const pushed = endpoints
    .filter(({ ofApi }) => !ofApi || mode !== "pull")
    .map(({ id, ofApi, kinds }) => ({
      endpointId: id,
      wants: ofApi ? switched : (kind: NotificationKind) => kinds.length === 0 || kinds.includes(kind),
    }));
  return mode === "pull" ? [...pushed, { endpointId: null, wants: switched }] : pushed;
}

async function readTasks(tx: Tx, events: readonly RecordedEvent[]): Promise<Map<string, ToldTask>> {
  const ids = [...new Set(events.flatMap(({ taskId }) => taskId ?? []))];
  if (ids.length === 0) return new Map();
  const tasks = await tx.task.findMany({
    where: { id: { in: ids } },
    select: { id: true, notifyMode: true, kinds: true },
  });
  return new Map(tasks.map((task) => [task.id, task]));
}
