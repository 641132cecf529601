import type { Prisma } from "../../prisma/generated/client.ts";
import type { Tx } from "../db/client.ts";
import type { EventType } from "../domain/event.ts";
import { announce, isTellable } from "./announce.ts";

export interface NewEvent {
  applicationId: number;
  type: EventType;
  mediaId?: string;
  taskId?: string;
  subtaskId?: string;
  data: Prisma.InputJsonObject;
}

/**
 * Writes facts in the transaction that makes them true, and with them whom they are told: whoever reads them later reads what
 * happened, nothing else. Together means together: of the changes that end a task only the end is told.
 */
export async function recordEvents(tx: Tx, events: readonly NewEvent[]): Promise<void> {
  if (!events.some(isTellable)) {
    if (events.length > 0) await tx.event.createMany({ data: [...events] });
    return;
  }
  const recorded = await tx.event.createManyAndReturn({ data: [...events], select: { id: true } });
  // Numbered in the order they were given in, which the answer need not have.
  const ids = recorded.map(({ id }) => id).sort((a, b) => (a < b ? -1 : 1));
  await announce(
    tx,
    events.flatMap((event, index) => {
      const id = ids[index];
      return id === undefined ? [] : [{ ...event, id }];
    }),
  );
}

export async function recordEvent(tx: Tx, event: NewEvent): Promise<void> {
  await recordEvents(tx, [event]);
}
