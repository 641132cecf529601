import { operation } from "#domain/operations/operation.ts";
import { presetTemplate } from "#domain/presets/templates.ts";
import { ApiClient } from "../api-client.ts";
import { type Line, percentile } from "../report.ts";
import type { BenchSystem } from "../system.ts";
import { startWeb } from "../web.ts";
import { fill, TASKS } from "./task-list.ts";

const CREATES = { connections: 16, warmUp: 500, count: 5000 };
const READS = { connections: 32, warmUp: 200, count: 3000 };

/**
 * The server API as programs use it: signed requests to the production build. Pipelines are paused, as full ones are no
 * different: what is measured is creating tasks, not carrying them out beside that.
 */
export async function api(system: BenchSystem, mediaId: string): Promise<Line[]> {
  const { db } = system;
  const web = await startWeb(system);
  const creator = new ApiClient(web, CREATES.connections);
  const reader = new ApiClient(web, READS.connections);
  try {
    await db.pipeline.updateMany({ data: { paused: true } });
    const create = () =>
      creator.call("ProcessMedia", {
        FileId: mediaId,
        MediaProcessTask: { TranscodeTaskSet: [{ Definition: 100010 }] },
      });
    await atOnce(CREATES.connections, CREATES.warmUp, create);
    const started = performance.now();
    await atOnce(CREATES.connections, CREATES.count, create);
    const perSecond = CREATES.count / ((performance.now() - started) / 1000);

    await fill(system, mediaId);
    const ids = await giveDetails(system);
    const detail = (index: number) => reader.call("DescribeTaskDetail", { TaskId: ids[index % ids.length] });
    const listed = (index: number) =>
      reader.call("DescribeTasks", { Limit: 20, ...(index % 2 === 0 && { Status: "FINISH" }) });
    const at = `at ${TASKS.toLocaleString("en")} tasks, ${READS.connections} connections`;
    return [
      {
        name: `tasks created through the API, ${CREATES.connections} connections`,
        figure: `${perSecond.toFixed(0)} a second`,
        target: "≥ 500 a second",
      },
      { name: `DescribeTaskDetail ${at}`, figure: await latency(detail), target: "" },
      { name: `DescribeTasks ${at}`, figure: await latency(listed), target: "" },
    ];
  } finally {
    creator.close();
    reader.close();
    await web.stop();
  }
}

async function latency(call: (index: number) => Promise<unknown>): Promise<string> {
  await atOnce(READS.connections, READS.warmUp, call);
  const times = await atOnce(READS.connections, READS.count, call);
  return `p50 ${percentile(times, 50).toFixed(1)} ms, p95 ${percentile(times, 95).toFixed(1)} ms`;
}

/** Answers how long each call took, in milliseconds. */
async function atOnce(calls: number, count: number, call: (index: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const work = async () => {
    while (next < count) {
      const started = performance.now();
      await call(next++);
      times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: calls }, work));
  return times;
}

/** Some of the tasks get what a real one has: parameters, and outputs of a run. */
async function giveDetails({ db }: BenchSystem): Promise<string[]> {
  const ids = await db.$queryRaw<
    { id: string }[]
  >`SELECT left(md5('t' || n), 16) AS "id" FROM generate_series(1, 2000) n`;
  const params = presetTemplate("transcode", 100010)?.params;
  const transcode = JSON.stringify(operation.parse({ kind: "transcode", params }));
  const cover = JSON.stringify(operation.parse({ kind: "cover", params: {} }));
  await db.$executeRaw`
    UPDATE "Subtask" s SET "templateDefinition" = 100010,
      "operation" = (CASE s."kind" WHEN 'transcode' THEN ${transcode} ELSE ${cover} END)::jsonb
    FROM generate_series(1, 2000) n WHERE s."taskId" = left(md5('t' || n), 16)`;
  await db.$executeRaw`
    INSERT INTO "Run" ("id", "taskId", "pipelineId", "priority", "state")
    SELECT md5('r' || n), left(md5('t' || n), 16), (SELECT "id" FROM "Pipeline" LIMIT 1), 0, 'succeeded'
    FROM generate_series(1, 2000) n`;
  await db.$executeRaw`
    INSERT INTO "Output" ("id", "subtaskId", "runId", "number", "role", "name", "storageKey", "contentType", "sizeBytes", "facts")
    SELECT md5('o' || s."id"), s."id", r."id", 1, 'video', 'video.mp4', 'a1/tasks/' || s."taskId" || '/video.mp4',
      'video/mp4', 1000000, '{"container":"mp4","widthPx":1280,"heightPx":720,"durationSeconds":60,"videoCodec":"h264"}'
    FROM generate_series(1, 2000) n
      JOIN "Run" r ON r."id" = md5('r' || n)
      JOIN "Subtask" s ON s."taskId" = r."taskId" AND s."state" = 'succeeded'`;
  await db.$executeRaw`ANALYZE`;
  return ids.map(({ id }) => id);
}
