import { type Step, step } from "#domain/procedure.ts";
import type { BenchClip } from "../clip.ts";
import { commandsOf, runBare, runTask, startTask, untilEncoderRuns } from "../flow.ts";
import { type Line, median, spread } from "../report.ts";
import { type BenchSystem, until } from "../system.ts";

export const of = (operation: Step["operation"], template: number): Step => step.parse({ operation, template });

const ONE_RENDITION = [of("transcode", 100_030)];
/** Task and bare command in turn, so that a machine that slows down slows both. */
export async function overhead(system: BenchSystem, clip: BenchClip): Promise<Line> {
  const ratios: number[] = [];
  for (let pair = 0; pair < 3; pair++) {
    const { taskId, seconds } = await runTask(system, clip.mediaId, ONE_RENDITION);
    ratios.push(seconds / (await runBare(system, await commandsOf(system, taskId))));
  }
  return {
    name: "one transcode of a 60 s 720p clip / the same bare command",
    figure: `${spread(ratios, 3)} ×`,
    target: "≤ 1.03 ×",
  };
}

const CREATIONS = 20;

export async function timeToStart(system: BenchSystem, clip: BenchClip): Promise<Line> {
  const values: number[] = [];
  for (let creation = 0; creation < CREATIONS; creation++) {
    const started = performance.now();
    const [taskId] = await Promise.all([startTask(system, clip.mediaId, ONE_RENDITION), untilEncoderRuns(system)]);
    values.push(performance.now() - started);
    await until(
      async () => (await system.db.task.findUniqueOrThrow({ where: { id: taskId } })).endedAt !== null,
      60_000,
    );
  }
  return {
    name: "create → ffmpeg started, idle system",
    figure: `${median(values).toFixed(0)} ms median of ${CREATIONS}`,
    target: "≤ 50 ms",
  };
}
