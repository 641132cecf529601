import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operationKind } from "../db/rows.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import type { OperationKind } from "../domain/operations/operation.ts";
import { STARTED_BY, type StartedBy, SUBTASK_STATES, type SubtaskState, TASK_STATES } from "../domain/task.ts";
import { countByState } from "./count-by-state.ts";
import { listTasks, type TaskFilter } from "./list-tasks.ts";
import { addMedia } from "./test-tasks.ts";

interface Made {
  id: string;
  createdAt: Date;
  state: string;
  startedBy: StartedBy;
  kinds: OperationKind[];
  procedureName: string | null;
  sessionId: string | null;
  mediaId: string;
  mediaName: string;
  failedCount: number;
}

let database: TestDatabase;
/** All tasks of the application, newest first: what each answer is checked against. */
let made: Made[];
const NAMES = ["Holiday_1.mp4", "holiday 2.mp4", "100% sure.mov", "clip"];
const KINDS: OperationKind[][] = [["transcode"], ["cover", "transcode"], ["sprite"], ["audio", "remux"]];
const LONG_AGO = new Date("2026-01-01T00:00:00Z");

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  const media: { id: string; name: string }[] = [];
  for (const name of NAMES) media.push({ id: await addMedia(db, { name }), name });
  const pipeline = await db.pipeline.findFirstOrThrow();
  const tasks = Array.from({ length: 400 }, (_, index) => ({
    id: `${"abcd"[index % 4]}${String(index).padStart(4, "0")}`,
    applicationId: 1,
    pipelineId: pipeline.id,
    mediaId: media[index % 4]?.id ?? "",
    startedBy: STARTED_BY[index % 5] ?? "api",
    kinds: KINDS[(index >> 2) % 4] ?? [],
    procedureName: index % 3 === 0 ? null : `flow-${index % 3}`,
    sessionId: index % 7 === 0 ? `Session_${index}` : null,
    // Several of the same moment: the id decides.
    createdAt: new Date(LONG_AGO.getTime() + Math.floor(index / 3) * 60_000),
  }));
  await db.task.createMany({ data: tasks });
  const stateOf = (index: number): SubtaskState => SUBTASK_STATES[(index * 7) % 5] ?? "waiting";
  await db.subtask.createMany({
    data: tasks.flatMap(({ id }, index) => [
      { id: `${id}-1`, taskId: id, number: 1, kind: "sprite", operation: {}, state: stateOf(index) },
      { id: `${id}-2`, taskId: id, number: 2, kind: "sprite", operation: {}, state: stateOf(index + (index % 2)) },
    ]),
  });
  const other = await db.application.create({ data: { name: "Other" } });
  const elsewhere = await addMedia(db, { applicationId: other.id, name: "holiday" });
  await db.task.create({
    data: {
      ...tasks[0],
      id: "a-other",
      sessionId: null,
      applicationId: other.id,
      mediaId: elsewhere,
      pipelineId: pipeline.id,
      startedBy: "api",
    },
  });
  const rows = await db.task.findMany({
    where: { applicationId: 1 },
    include: { media: true },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  made = rows.map((row) => ({
    ...row,
    kinds: row.kinds.map((kind) => operationKind.parse(kind)),
    mediaName: row.media.name,
  }));
});
afterAll(() => database.drop());

/** The filter's meaning, said plainly. */
function selects(filter: TaskFilter, task: Made): boolean {
  const { search = "" } = filter;
  const begins = (text: string | null) => text?.startsWith(search) ?? false;
  return (
    (!filter.states?.length || filter.states.some((state) => state === task.state)) &&
    (!filter.startedBy?.length || filter.startedBy.includes(task.startedBy)) &&
    (!filter.kinds?.length || filter.kinds.some((kind) => task.kinds.includes(kind))) &&
    (!filter.failedSubtask || task.failedCount > 0) &&
    (filter.procedure === undefined || task.procedureName === filter.procedure) &&
    (filter.mediaId === undefined || task.mediaId === filter.mediaId) &&
    (filter.createdAfter === undefined || task.createdAt >= filter.createdAfter) &&
    (filter.createdBefore === undefined || task.createdAt < filter.createdBefore) &&
    (task.id.startsWith(search.toLowerCase()) ||
      begins(task.sessionId) ||
      begins(task.mediaId) ||
      task.mediaName.toLowerCase().startsWith(search.toLowerCase()))
  );
}

const HOUR = new Date(LONG_AGO.getTime() + 3_600_000);
const filters: TaskFilter[] = [
  {},
  { states: ["waiting", "processing"] },
  { states: ["failed"], startedBy: ["api", "record"], kinds: ["audio", "sprite"] },
  { failedSubtask: true },
  { failedSubtask: true, states: ["processing"], procedure: "flow-1" },
  { procedure: "flow-2", createdAfter: HOUR },
  { procedure: "no such flow" },
  { kinds: ["sampled-snapshot"] },
  { createdAfter: HOUR, createdBefore: new Date(HOUR.getTime() + 600_000) },
  { search: "HOLIDAY" },
  { search: "holiday_" },
  { search: "100%" },
  { search: "%" },
  { search: "Session_1" },
  { search: "b00", states: ["succeeded"], failedSubtask: false },
  { search: "C0", kinds: ["remux"] },
  { states: [], kinds: [], startedBy: [] },
];

describe.each(filters)("filtered by %j", (filter) => {
  test("every page is what was asked for, newest first, and the pages together are all of it", async () => {
    const expected = made.filter((task) => selects(filter, task)).map((task) => task.id);
    const listed: string[] = [];
    let page = await listTasks(database.db, 1, filter, { after: null, limit: 30 });
    expect(page.total).toEqual({ count: expected.length, capped: false });
    listed.push(...page.rows.map((row) => row.id));
    while (page.hasMore) {
      page = await listTasks(database.db, 1, filter, { after: page.rows.at(-1) ?? null, limit: 30 });
      expect(page.total.count).toBe(expected.length);
      listed.push(...page.rows.map((row) => row.id));
    }
    expect(listed).toEqual(expected);
  });

  test("of each state there are as many as the list would show", async () => {
    const { states: _, ...others } = filter;
    const counts = await countByState(database.db, 1, others);
    for (const state of TASK_STATES)
      expect(counts?.[state], state).toBe(made.filter((task) => selects({ ...others, states: [state] }, task)).length);
  });
});

test("a media's tasks, and a search by its id, are found among all others", async () => {
  const [first] = made;
  const mediaId = first?.mediaId ?? "";
  const expected = made.filter((task) => task.mediaId === mediaId).map((task) => task.id);
  for (const filter of [{ mediaId }, { search: mediaId.slice(0, 15) }]) {
    const { rows, hasMore } = await listTasks(database.db, 1, filter, { after: null, limit: 100 });
    expect(rows.map((row) => row.id)).toEqual(expected);
    expect(hasMore).toBe(false);
  }
});

test("counting stops at a bound, and says so; finding does not", async () => {
  const { db } = database;
  const mediaId = await addMedia(db, { applicationId: 2, name: "Many" });
  await db.$executeRaw`
    INSERT INTO "Task" ("id", "applicationId", "mediaId", "pipelineId", "startedBy", "kinds", "createdAt")
    SELECT 'many-' || n, 2, ${mediaId}, (SELECT "id" FROM "Pipeline" LIMIT 1), 'api', '{sprite}', now() - n * interval '1 s'
    FROM generate_series(1, 10001) n`;
  const newest = (filter: TaskFilter) => listTasks(db, 2, filter, { after: null, limit: 1 });
  expect(await newest({})).toMatchObject({
    rows: [{ id: "many-1" }],
    hasMore: true,
    total: { count: 10_000, capped: true },
  });
  expect((await newest({ search: "many" })).total.capped).toBe(true);
  // Without a subtask there is nothing left to do.
  const none = { waiting: 0, processing: 0, failed: 0, cancelled: 0 };
  expect(await countByState(db, 2, {})).toEqual({ ...none, succeeded: 1000 });
  expect(await countByState(db, 2, { search: "many-99" })).toEqual({ ...none, succeeded: 111 });
  expect(await countByState(db, 2, { search: "many" })).toBeNull();
  expect(await countByState(db, 3, {})).toEqual({ ...none, succeeded: 0 });
  // Many match the search, so it is asked of those that match the filter.
  expect(await newest({ search: "MANY", kinds: ["sprite"] })).toMatchObject({
    rows: [{ id: "many-1" }],
    total: { capped: true },
  });
  expect(await newest({ search: "many", startedBy: ["api"], procedure: "none" })).toMatchObject({
    rows: [],
    total: { count: 0, capped: false },
  });
});
