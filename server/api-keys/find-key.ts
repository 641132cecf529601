import { listApplications } from "../applications/list-applications.ts";
import type { Tx } from "../db/client.ts";

/** Who looks after keys: from which application, and what seals the secrets. */
export interface KeyKeeper {
  applicationId: number;
  secretKey: string;
}

/** Null also for a key of an application that the asking one does not know of. Locked until the transaction ends. */
export async function findKey(tx: Tx, applicationId: number, id: string) {
  const known = await listApplications(tx, applicationId);
  await tx.$executeRaw`SELECT FROM "ApiKey" WHERE "id" = ${id} FOR UPDATE`;
  return tx.apiKey.findFirst({
    where: { id, applicationId: { in: known.map((application) => application.id) } },
    select: { id: true, name: true, applicationId: true, enabled: true, replacedBy: { select: { id: true } } },
  });
}
