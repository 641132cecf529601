import type { Db } from "../db/client.ts";
import { storableText } from "../db/rows.ts";
import { inTransaction } from "../db/transaction.ts";
import { notifyLive } from "../events/live.ts";
import type { RunHold } from "./lease.ts";

/** Of a longer log the beginning goes: why something failed stands at the end. */
export const LOG_BYTES_MAX = 256 * 1024;

/** Adds a piece of what ffmpeg said. Numbers grow; one that was stored before is not stored again. */
export async function appendLog(db: Db, hold: RunHold, number: number, text: string): Promise<"held" | "lost"> {
  const { runId, fencing } = hold;
  const kept = lastBytes(storableText(text), LOG_BYTES_MAX);
  return inTransaction(db, async (tx) => {
    // SHARE waits for whoever is ending the run, and makes whoever wants to end it wait for this line.
    const [run] = await tx.$queryRaw<{ applicationId: number }[]>`
      SELECT t."applicationId" FROM "Run" r JOIN "Task" t ON t."id" = r."taskId"
      WHERE r."id" = ${runId} AND r."fencing" = ${fencing} AND r."state" = 'running'
      FOR SHARE OF r`;
    if (run === undefined) return "lost";
    await tx.runLogChunk.createMany({ data: { runId, number, text: kept }, skipDuplicates: true });
    await tx.$executeRaw`
      DELETE FROM "RunLogChunk" c USING (
        SELECT "number", sum(octet_length("text")) OVER (ORDER BY "number" DESC) AS "bytesFromHere"
        FROM "RunLogChunk" WHERE "runId" = ${runId}
      ) sized
      WHERE c."runId" = ${runId} AND c."number" = sized."number" AND sized."bytesFromHere" > ${LOG_BYTES_MAX}`;
    await notifyLive(tx, { type: "log", applicationId: run.applicationId, runId, number });
    return "held";
  });
}

/** The end of a text, cut between two characters. */
function lastBytes(text: string, bytesMax: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= bytesMax) return bytes.toString();
  let start = bytes.length - bytesMax;
  // 10xxxxxx: in the middle of a character.
  while (((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1;
  return bytes.subarray(start).toString();
}
