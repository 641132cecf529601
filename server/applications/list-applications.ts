import type { Tx } from "../db/client.ts";

export interface ApplicationRow {
  id: number;
  name: string;
  description: string;
  createdAt: Date;
}

/**
 * The applications that one of them knows of, oldest first. The first, with which the installation began, makes the
 * others and their keys, so it knows them all; every other knows itself.
 */
export async function listApplications(tx: Tx, applicationId: number): Promise<ApplicationRow[]> {
  const select = { id: true, name: true, description: true, createdAt: true };
  const all = await tx.application.findMany({ select, orderBy: { id: "asc" } });
  return all[0]?.id === applicationId ? all : all.filter(({ id }) => id === applicationId);
}
