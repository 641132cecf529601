import type { Tx } from "../db/client.ts";

/** Whoever is about to make or unmake an administrator holds this until the transaction ends. */
const ADMIN_LOCK = 7_215_002;

export async function lockAdmins(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${ADMIN_LOCK})`;
}

export async function hasAdmin(tx: Tx): Promise<boolean> {
  return (await tx.user.findFirst({ where: { role: "admin" }, select: { id: true } })) !== null;
}

export async function isLastAdmin(tx: Tx, applicationId: number, userId: string): Promise<boolean> {
  const admins = await tx.user.findMany({ where: { applicationId, role: "admin" }, select: { id: true }, take: 2 });
  return admins.length === 1 && admins[0]?.id === userId;
}
