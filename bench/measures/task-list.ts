import { countByState } from "#server/tasks/count-by-state.ts";
import { listTasks } from "#server/tasks/list-tasks.ts";
import { type Line, median } from "../report.ts";
import type { BenchSystem } from "../system.ts";

export const TASKS = 100_000;
const ROUNDS = 20;

/**
 * Fills the list with finished tasks of every state over the last 90 days, two subtasks each. Once: measures that follow
 * each other share them.
 */
export async function fill({ db }: BenchSystem, mediaId: string): Promise<void> {
  if ((await db.task.count()) >= TASKS) return;
  await db.$executeRaw`
    INSERT INTO "Task" ("id", "applicationId", "mediaId", "pipelineId", "startedBy", "procedureName", "kinds", "createdAt")
    SELECT left(md5('t' || n), 16), 1, ${mediaId}, (SELECT "id" FROM "Pipeline" LIMIT 1), 'api',
      CASE n % 7 WHEN 0 THEN NULL ELSE 'flow-' || n % 7 END,
      CASE WHEN n % 50 = 0 THEN ARRAY['sprite', 'remux'] ELSE ARRAY['transcode', 'cover'] END,
      now() - n * interval '78 seconds'
    FROM generate_series(1, ${TASKS}::int) n`;
  await db.$executeRaw`
    INSERT INTO "Subtask" ("id", "taskId", "number", "kind", "operation", "state")
    SELECT md5('s' || n || '-' || k), left(md5('t' || n), 16), k, CASE k WHEN 1 THEN 'transcode' ELSE 'cover' END, '{}',
      (CASE WHEN n % 40 = 0 AND k = 2 THEN 'failed' WHEN n % 97 = 0 THEN 'cancelled' ELSE 'succeeded' END)::"SubtaskState"
    FROM generate_series(1, ${TASKS}::int) n, generate_series(1, 2) k`;
  await db.$executeRaw`ANALYZE`;
}

export async function taskList(system: BenchSystem, mediaId: string): Promise<Line[]> {
  await fill(system, mediaId);
  const filters = {
    "no filter": {},
    "state failed": { states: ["failed" as const] },
    "a failed subtask": { failedSubtask: true },
    "a procedure": { procedure: "flow-3" },
    "a rare kind": { kinds: ["sprite" as const] },
    "an id prefix": { search: "c4ca42" },
    "a name that no media has": { search: "holiday" },
  };
  const lines: Line[] = [];
  for (const [name, filter] of Object.entries(filters)) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const started = performance.now();
      await listTasks(system.db, 1, filter, { after: null, limit: 25 });
      times.push(performance.now() - started);
    }
    const figure = `${median(times).toFixed(1)} ms median of ${ROUNDS}`;
    lines.push({ name: `task list at ${TASKS.toLocaleString("en")} tasks, ${name}`, figure, target: "≤ 50 ms" });
  }
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    await countByState(system.db, 1, {});
    times.push(performance.now() - started);
  }
  const figure = `${median(times).toFixed(1)} ms median of ${ROUNDS}`;
  lines.push({ name: `counts of its states at ${TASKS.toLocaleString("en")} tasks`, figure, target: "≤ 50 ms" });
  return lines;
}
