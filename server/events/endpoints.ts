/** Endpoints as their owners see and change them. Secrets are shown when they are made, and never again. */
import { z } from "zod";
import type { Db, Tx } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Failure } from "../domain/error.ts";
import { newId } from "../domain/id.ts";
import { DELIVERY_ERRORS, NOTIFICATION_KINDS } from "../domain/notification.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { AllowList } from "../outbound/allow-list.ts";
import { checkUrl } from "../outbound/check-url.ts";
import { addNotifications } from "./announce.ts";
import { type EndpointSecrets, newSecret } from "./endpoint-secrets.ts";
import { notifyLive } from "./live.ts";
import { wakeEndpoints } from "./wake-endpoint.ts";

const ENDPOINTS_MAX = 20;
/** How long the secret before a rotation stays valid. */
const OVERLAP_HOURS = 24;

export const endpointInput = z.strictObject({
  name: z.string().trim().min(1).max(64),
  url: z.string().trim().min(1).max(2_000),
  kinds: z.array(z.enum(NOTIFICATION_KINDS)).max(NOTIFICATION_KINDS.length),
  enabled: z.boolean(),
  /** Absent: as it is; empty: none. */
  signKey: z
    .string()
    .regex(/^[0-9A-Za-z]{0,32}$/)
    .optional(),
});
export type EndpointInput = z.output<typeof endpointInput>;

interface Endpoints {
  db: Db;
  secrets: EndpointSecrets;
  allow: AllowList;
}

const shown = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  kinds: z.array(z.enum(NOTIFICATION_KINDS)),
  enabled: z.boolean(),
  ofApi: z.boolean(),
  hasSignKey: z.boolean(),
  previousSecretUntil: z.date().nullable(),
  failureCount: z.int(),
  pausedUntil: z.date().nullable(),
  lastDeliveredAt: z.date().nullable(),
  lastFailedAt: z.date().nullable(),
  lastErrorCode: z.enum(DELIVERY_ERRORS).nullable(),
  createdAt: z.date(),
  /** Counting stops at a thousand. */
  waitingCount: z.int(),
});
export type ListedEndpoint = z.output<typeof shown>;

export async function listEndpoints(db: Db, applicationId: number): Promise<ListedEndpoint[]> {
  const rows = await db.$queryRaw`
    SELECT e."id", e."name", e."url", e."kinds", e."enabled", e."ofApi", e."signKey" IS NOT NULL AS "hasSignKey",
      CASE WHEN e."previousSecretUntil" > clock_timestamp() THEN e."previousSecretUntil" END AS "previousSecretUntil",
      e."failureCount", CASE WHEN e."pausedUntil" > clock_timestamp() THEN e."pausedUntil" END AS "pausedUntil",
      e."lastDeliveredAt", e."lastFailedAt", e."lastErrorCode", e."createdAt",
      (SELECT count(*)::int FROM (
        SELECT 1 FROM "Delivery" d WHERE d."endpointId" = e."id" AND d."state" = 'waiting' LIMIT 1000
      ) waiting) AS "waitingCount"
    FROM "Endpoint" e WHERE e."applicationId" = ${applicationId} AND e."deletedAt" IS NULL
    ORDER BY e."createdAt", e."id"`;
  return z.array(shown).parse(rows);
}

export async function createEndpoint(
  { db, secrets, allow }: Endpoints,
  applicationId: number,
  { signKey, ...input }: EndpointInput,
): Promise<Result<{ id: string; secret: string }, Failure>> {
  const checked = checkUrl(input.url, allow);
  if (!checked.ok) return checked;
  const [id, secret] = [newId(), newSecret()];
  return inTransaction(db, async (tx) => {
    if ((await tx.endpoint.count({ where: { applicationId, deletedAt: null } })) >= ENDPOINTS_MAX) {
      return fail({ code: "ENDPOINTS_TOO_MANY", detail: String(ENDPOINTS_MAX) });
    }
    await tx.endpoint.create({
      data: {
        ...{ ...input, id, applicationId, secret: secrets.seal(id, "secret", secret) },
        signKey: signKey ? secrets.seal(id, "sign key", signKey) : null,
      },
    });
    await notifyLive(tx, { type: "endpoint", applicationId, endpointId: id });
    return ok({ id, secret });
  });
}

export async function updateEndpoint(
  { db, secrets, allow }: Endpoints,
  applicationId: number,
  id: string,
  { signKey, ...input }: EndpointInput,
): Promise<Result<void, Failure>> {
  const checked = checkUrl(input.url, allow);
  if (!checked.ok) return checked;
  return change(db, applicationId, id, async (tx) => {
    await tx.endpoint.update({
      where: { id },
      data: {
        // Changed by hand, it is worth another look.
        ...{ ...input, failureCount: 0, pausedUntil: null },
        ...(signKey === undefined ? {} : { signKey: signKey === "" ? null : secrets.seal(id, "sign key", signKey) }),
      },
    });
    await wakeEndpoints(tx, [id]);
  });
}

/** What waits for it is given up; what it was sent stays in the list. */
export async function deleteEndpoint(db: Db, applicationId: number, id: string): Promise<Result<void, Failure>> {
  return change(db, applicationId, id, async (tx) => {
    await tx.endpoint.update({ where: { id }, data: { deletedAt: new Date(), enabled: false } });
    await tx.delivery.updateMany({
      where: { endpointId: id, state: "waiting" },
      data: { state: "failed", errorCode: "endpointDeleted", endedAt: new Date() },
    });
  });
}

/** The secret of now stays valid for a day beside the new one, and what was before it ends. */
export async function rotateSecret(
  { db, secrets }: Endpoints,
  applicationId: number,
  id: string,
): Promise<Result<{ secret: string }, Failure>> {
  const secret = newSecret();
  const rotated = await change(db, applicationId, id, async (tx) => {
    const sealed = secrets.seal(id, "secret", secret);
    await tx.$executeRaw`
      UPDATE "Endpoint" SET "previousSecret" = "secret", "secret" = ${sealed}, "updatedAt" = clock_timestamp(),
        "previousSecretUntil" = clock_timestamp() + make_interval(hours => ${OVERLAP_HOURS}::int)
      WHERE "id" = ${id}`;
  });
  return rotated.ok ? ok({ secret }) : rotated;
}

export async function endPreviousSecret(db: Db, applicationId: number, id: string): Promise<Result<void, Failure>> {
  return change(db, applicationId, id, async (tx) => {
    await tx.endpoint.update({ where: { id }, data: { previousSecret: null, previousSecretUntil: null } });
  });
}

/** Sends it something of its own, the way everything goes: what it answers stands beside the delivery. */
export async function testEndpoint(
  db: Db,
  applicationId: number,
  id: string,
): Promise<Result<{ deliveryId: string }, Failure>> {
  let deliveryId = "";
  const tested = await change(db, applicationId, id, async (tx) => {
    const about = { applicationId, type: "endpoint.tested" as const, data: { endpointId: id } };
    const event = await tx.event.create({ data: about });
    await addNotifications(tx, [{ event: { ...about, id: event.id }, kind: "endpoint.tested", endpointIds: [id] }]);
    ({ id: deliveryId } = await tx.delivery.findFirstOrThrow({ where: { eventId: event.id }, select: { id: true } }));
  });
  return tested.ok ? ok({ deliveryId }) : tested;
}

/** With the endpoint locked; another application's is as one that does not exist. */
async function change(
  db: Db,
  applicationId: number,
  id: string,
  work: (tx: Tx) => Promise<void>,
): Promise<Result<void, Failure>> {
  return inTransaction(db, async (tx) => {
    const [known] = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM "Endpoint" WHERE "id" = ${id} AND "applicationId" = ${applicationId} AND "deletedAt" IS NULL
      FOR NO KEY UPDATE`;
    if (known === undefined) return fail({ code: "ENDPOINT_NOT_FOUND", detail: id });
    await work(tx);
    await notifyLive(tx, { type: "endpoint", applicationId, endpointId: id });
    return ok(undefined);
  });
}
