/** What the tests of notifications stand on: real rows, written as the product would. Never imported by the product. */
import type { Db } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { newId } from "../domain/id.ts";
import type { NotificationKind } from "../domain/notification.ts";
import { FileLinks } from "../files/file-links.ts";
import { contentOf } from "../vod/events/envelope.ts";
import type { Rendering } from "../vod/events/render-payload.ts";
import { addNotifications } from "./announce.ts";
import { EndpointSecrets, newSecret } from "./endpoint-secrets.ts";

export const SECRET_KEY = "for tests only, and long enough for them";
export const SECRETS = new EndpointSecrets(SECRET_KEY);

interface EndpointToAdd {
  url?: string;
  kinds?: NotificationKind[];
  ofApi?: boolean;
  enabled?: boolean;
  signKey?: string;
  applicationId?: number;
}

export async function addEndpoint(db: Db, given: EndpointToAdd = {}): Promise<{ id: string; secret: string }> {
  const { url = "http://127.0.0.1:1/", kinds = [], ofApi = false, enabled = true, signKey, applicationId = 1 } = given;
  const [id, secret] = [newId(), newSecret()];
  await db.endpoint.create({
    data: {
      ...{ id, applicationId, name: id, url, kinds, ofApi, enabled, secret: SECRETS.seal(id, "secret", secret) },
      signKey: signKey === undefined ? null : SECRETS.seal(id, "sign key", signKey),
    },
  });
  return { id, secret };
}

interface DeliveryToAdd {
  /** Null for the pull queue. */
  endpointId: string | null;
  orderKey?: string;
  applicationId?: number;
  kind?: NotificationKind;
  payload?: object;
  /** Its content has not been made yet. */
  unmade?: boolean;
}

/** A delivery that is due. */
export async function addDelivery(db: Db, given: DeliveryToAdd): Promise<string> {
  const { endpointId, applicationId = 1, kind = "task.changed", payload = {}, unmade = false } = given;
  return inTransaction(db, async (tx) => {
    const about = { applicationId, type: "task.finished" as const, data: {} };
    const event = await tx.event.create({ data: about });
    await addNotifications(tx, [{ event: { ...about, id: event.id }, kind, endpointIds: [endpointId] }]);
    const [delivery] = await tx.delivery.updateManyAndReturn({
      where: { eventId: event.id },
      data: {
        ...(given.orderKey === undefined ? {} : { orderKey: given.orderKey }),
        nextAt: unmade ? null : new Date(),
      },
    });
    if (!unmade) {
      await tx.notification.update({ where: { eventId: event.id }, data: { content: contentOf(kind, payload) } });
    }
    if (delivery === undefined) throw new Error("No delivery");
    return delivery.id;
  });
}

/** As if so much time had passed for everything that waits. */
export async function letPass(db: Db, seconds: number): Promise<void> {
  await db.$executeRaw`UPDATE "Delivery" SET "nextAt" = "nextAt" - make_interval(secs => ${seconds}::float8) WHERE "state" = 'waiting'`;
  await db.$executeRaw`UPDATE "Endpoint" SET "pausedUntil" = "pausedUntil" - make_interval(secs => ${seconds}::float8)`;
}

export function testRendering(db: Db): Rendering {
  return { db, links: new FileLinks(SECRET_KEY), env: { PUBLIC_URL: "https://reelflow.example" } };
}
