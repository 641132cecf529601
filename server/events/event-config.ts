/** What the event actions of the API show and change: the switches, and the one endpoint that is the API's. */
import type { Db, Tx } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Failure } from "../domain/error.ts";
import { newId } from "../domain/id.ts";
import type { EventMode } from "../domain/notification.ts";
import { ok, type Result } from "../domain/result.ts";
import type { AllowList } from "../outbound/allow-list.ts";
import { checkUrl } from "../outbound/check-url.ts";
import { type EndpointSecrets, newSecret } from "./endpoint-secrets.ts";
import { wakeEndpoints } from "./wake-endpoint.ts";

export interface EventConfig {
  mode: EventMode;
  notificationUrl: string;
  tellsUploads: boolean;
  tellsDeletions: boolean;
  tellsPersistence: boolean;
}

/** Only what is given changes. An empty address or key clears it. */
export type EventConfigChange = Partial<EventConfig> & { signKey?: string };

const OF_API = { ofApi: true, deletedAt: null };

export async function readEventConfig(db: Db, applicationId: number): Promise<EventConfig> {
  const [config, endpoint] = await Promise.all([
    db.eventConfig.findUnique({ where: { applicationId } }),
    db.endpoint.findFirst({ where: { applicationId, ...OF_API }, select: { url: true } }),
  ]);
  return {
    mode: config?.mode ?? "push",
    notificationUrl: endpoint?.url ?? "",
    tellsUploads: config?.tellsUploads ?? false,
    tellsDeletions: config?.tellsDeletions ?? false,
    tellsPersistence: config?.tellsPersistence ?? false,
  };
}

export async function modifyEventConfig(
  { db, secrets, allow }: { db: Db; secrets: EndpointSecrets; allow: AllowList },
  applicationId: number,
  { notificationUrl, signKey, ...switches }: EventConfigChange,
): Promise<Result<void, Failure>> {
  if (notificationUrl) {
    const checked = checkUrl(notificationUrl, allow);
    if (!checked.ok) return checked;
  }
  await inTransaction(db, async (tx) => {
    // Also the lock that makes two changes at once take turns.
    await tx.eventConfig.upsert({
      where: { applicationId },
      create: { applicationId, ...switches },
      update: { applicationId, ...switches },
    });
    if (notificationUrl === undefined && signKey === undefined) return;
    const id = await endpointOfApi(tx, secrets, applicationId);
    await tx.endpoint.update({
      where: { id },
      data: {
        ...(signKey === undefined ? {} : { signKey: signKey === "" ? null : secrets.seal(id, "sign key", signKey) }),
        // Whoever names an address means it to be used, and at once.
        ...(notificationUrl === undefined
          ? {}
          : { url: notificationUrl, enabled: true, failureCount: 0, pausedUntil: null }),
      },
    });
    await wakeEndpoints(tx, [id]);
  });
  return ok(undefined);
}

async function endpointOfApi(tx: Tx, secrets: EndpointSecrets, applicationId: number): Promise<string> {
  const known = await tx.endpoint.findFirst({ where: { applicationId, ...OF_API }, select: { id: true } });
  if (known !== null) return known.id;
  const id = newId();
  const secret = secrets.seal(id, "secret", newSecret());
  await tx.endpoint.create({ data: { id, applicationId, name: "NotificationUrl", url: "", ofApi: true, secret } });
  return id;
}
