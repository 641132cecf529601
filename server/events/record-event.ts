import type { Prisma } from "../../prisma/generated/client.ts";
import type { Tx } from "../db/client.ts";
import type { EventType } from "../domain/event.ts";

export interface NewEvent {
  applicationId: number;
  type: EventType;
  mediaId?: string;
  taskId?: string;
  subtaskId?: string;
  data: Prisma.InputJsonObject;
}

/** Writes facts in the transaction that makes them true: whoever reads them later reads what happened, nothing else. */
export async function recordEvents(tx: Tx, events: readonly NewEvent[]): Promise<void> {
  if (events.length > 0) await tx.event.createMany({ data: [...events] });
}

export async function recordEvent(tx: Tx, event: NewEvent): Promise<void> {
  await recordEvents(tx, [event]);
}
