import { z } from "zod";
import type { Tx } from "../db/client.ts";
import type { Experience } from "../domain/estimate/experience.ts";

/** So many of the newest finished subtasks are looked at; of each kind of work fewer count. */
const LOOKED_AT = 300;

const finished = z.array(
  z.object({
    sizeKey: z.string(),
    timeKey: z.string(),
    modelBytes: z.number(),
    modelSeconds: z.number(),
    bytes: z.coerce.number(),
    seconds: z.number(),
    runId: z.string().nullable(),
  }),
);

/** What all finished work of this installation, whichever application's, says of estimates: no more than ratios. */
export async function readExperience(tx: Tx): Promise<Experience> {
  const rows = finished.parse(
    await tx.$queryRaw`
      SELECT s."estimate"->'model'->>'sizeKey' AS "sizeKey", s."estimate"->'model'->>'timeKey' AS "timeKey",
        (s."estimate"->'model'->>'sizeBytes')::float8 AS "modelBytes",
        (s."estimate"->'model'->>'seconds')::float8 AS "modelSeconds",
        coalesce((SELECT sum(o."sizeBytes") FROM "Output" o WHERE o."subtaskId" = s."id"), 0) AS "bytes",
        coalesce(extract(epoch FROM r."endedAt" - r."startedAt")::float8, 0) AS "seconds", s."runId"
      FROM (
        SELECT * FROM "Subtask" WHERE "estimate" IS NOT NULL AND "state" = 'succeeded'
        ORDER BY "endedAt" DESC LIMIT ${LOOKED_AT}
      ) s LEFT JOIN "Run" r ON r."id" = s."runId"
      ORDER BY s."endedAt" DESC`,
  );
  const [sizes, times] = [new Map<string, number[]>(), new Map<string, number[]>()];
  const runs = new Set<string>();
  for (const { sizeKey, timeKey, modelBytes, modelSeconds, bytes, seconds, runId } of rows) {
    if (bytes > 0 && modelBytes > 0) add(sizes, sizeKey, bytes / modelBytes);
    // Subtasks that shared a run took its time once.
    if (runId === null || runs.has(runId)) continue;
    runs.add(runId);
    if (seconds > 0 && modelSeconds > 0) add(times, timeKey, seconds / modelSeconds);
  }
  return { sizes: Object.fromEntries(sizes), times: Object.fromEntries(times) };
}

function add(ratios: Map<string, number[]>, key: string, ratio: number): void {
  const known = ratios.get(key);
  if (known === undefined) ratios.set(key, [ratio]);
  else known.push(ratio);
}
