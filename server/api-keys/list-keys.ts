import { listApplications } from "../applications/list-applications.ts";
import type { Tx } from "../db/client.ts";

export interface ListedKey {
  id: string;
  name: string;
  application: { id: number; name: string };
  enabled: boolean;
  createdByName: string | null;
  createdAt: Date;
  lastUsedAt: Date | null;
  /** The key that is to take its place, and whose place it is to take. */
  replacedById: string | null;
  replacesId: string | null;
}

/** Of the applications that this one knows of, newest first. */
export async function listKeys(tx: Tx, applicationId: number): Promise<ListedKey[]> {
  const applications = await listApplications(tx, applicationId);
  const keys = await tx.apiKey.findMany({
    where: { applicationId: { in: applications.map(({ id }) => id) } },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
    select: {
      id: true,
      name: true,
      enabled: true,
      createdById: true,
      createdAt: true,
      lastUsedAt: true,
      replacesId: true,
      replacedBy: { select: { id: true } },
      application: { select: { id: true, name: true } },
    },
  });
  const users = await tx.user.findMany({
    where: { id: { in: keys.flatMap(({ createdById }) => createdById ?? []) } },
    select: { id: true, name: true },
  });
  const names = new Map(users.map(({ id, name }) => [id, name]));
  return keys.map(({ createdById, replacedBy, ...key }) => ({
    ...key,
    createdByName: createdById === null ? null : (names.get(createdById) ?? null),
    replacedById: replacedBy?.id ?? null,
  }));
}
