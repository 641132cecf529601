import type { Db } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Failure } from "../domain/error.ts";
import { fail, ok, type Result } from "../domain/result.ts";

export const APPLICATIONS_MAX = 50;

/** A new tenant with a default pipeline as large as the first one's. Only the first application makes others. */
export async function createApplication(
  db: Db,
  by: { applicationId: number },
  { name, description }: { name: string; description: string },
): Promise<Result<{ id: number }, Failure>> {
  return inTransaction(db, async (tx) => {
    // Who makes one waits for who is making one, so that they count the same.
    await tx.$executeRaw`LOCK TABLE "Application" IN SHARE ROW EXCLUSIVE MODE`;
    const [first] = await tx.application.findMany({
      orderBy: { id: "asc" },
      take: 1,
      select: { id: true, pipelines: { where: { isDefault: true }, select: { name: true, capacity: true } } },
    });
    const [pipeline] = first?.pipelines ?? [];
    if (pipeline === undefined || first?.id !== by.applicationId) {
      return fail({ code: "FORBIDDEN", detail: `application ${by.applicationId}` });
    }
    if ((await tx.application.count()) >= APPLICATIONS_MAX)
      return fail({ code: "TOO_MANY_APPLICATIONS", detail: name });
    const pipelines = { create: { ...pipeline, isDefault: true } };
    return ok(await tx.application.create({ data: { name, description, pipelines }, select: { id: true } }));
  });
}
