import { giveUpRendering, renderNotification } from "#server/events/render-notification.ts";
import type { WorkerContext } from "../context.ts";
import { reasonOf } from "../log.ts";

/** What fails this often is a bug, and what comes after it waits. */
const TRIES_MAX = 5;

export async function render(
  worker: Pick<WorkerContext, "db" | "rendering" | "log">,
  { eventId, attempt }: { eventId: string; attempt: number },
): Promise<void> {
  const { db, rendering, log } = worker;
  try {
    await renderNotification(rendering, BigInt(eventId));
  } catch (error) {
    if (attempt < TRIES_MAX) throw error;
    log.error({ eventId, reason: reasonOf(error), err: error }, "A notification could not be put together");
    await giveUpRendering(db, BigInt(eventId));
  }
}
