import type { Step } from "#domain/procedure.ts";
import type { BenchClip } from "../clip.ts";
import { childSeconds, commandsApart, peakOfTask, runBare, runTask } from "../flow.ts";
import { type Line, spread } from "../report.ts";
import type { BenchSystem } from "../system.ts";
import { of } from "./runs.ts";

const PICTURES = [of("sampled-snapshot", 10), of("sprite", 10)];
const FOUR_RENDITIONS = [100_010, 100_020, 100_030, 100_040].map((template) => of("transcode", template));
const GROUP = [...FOUR_RENDITIONS, ...PICTURES];

const FIVE_SUBTASKS = [...FOUR_RENDITIONS.slice(0, 3), ...PICTURES];

const PAIRS_MAX = 3;
/** No pair begins later: on two quiet cores one of 1080p takes about two and a half minutes. */
const PAIRS_MS = 150_000;

/** Apart: bare commands, which have nothing to share, one after another. Together: a task, with all that it does besides. */
async function apartOverTogether(
  system: BenchSystem,
  clip: BenchClip,
  steps: Step[],
): Promise<{ times: number[]; processor: number[] }> {
  const { pid: worker = 0 } = system.worker;
  const [times, processor]: [number[], number[]] = [[], []];
  const started = performance.now();
  do {
    const before = { task: await childSeconds(worker), bare: await childSeconds(process.pid) };
    const { seconds } = await runTask(system, clip.mediaId, steps);
    const apart = await runBare(system, await commandsApart(system, clip, steps));
    times.push(apart / seconds);
    const spent = { task: await childSeconds(worker), bare: await childSeconds(process.pid) };
    processor.push((spent.bare - before.bare) / (spent.task - before.task));
  } while (times.length < PAIRS_MAX && performance.now() - started < PAIRS_MS);
  return { times, processor };
}

export async function flow(system: BenchSystem, clip: BenchClip): Promise<Line> {
  const { times } = await apartOverTogether(system, clip, FIVE_SUBTASKS);
  return {
    name: "the commands of five subtasks one after another / a flow of them (60 s 720p)",
    figure: `${spread(times, 2)} ×`,
    target: "",
  };
}

export async function oneDecode(system: BenchSystem, clip: BenchClip): Promise<Line[]> {
  const { times, processor } = await apartOverTogether(system, clip, GROUP);
  return [
    {
      name: "four renditions and pictures of 60 s 1080p, apart / one decode",
      figure: `${spread(times, 2)} ×`,
      target: "≥ 1.5 ×",
    },
    { name: "  in processor time", figure: `${spread(processor, 2)} ×`, target: "" },
  ];
}

export async function memory(system: BenchSystem, clip: BenchClip): Promise<Line[]> {
  const subjects = {
    "one rendition (1080p) of a 4K clip": [of("transcode", 100_040)],
    "one 4K rendition of it": [of("transcode", 100_080)],
    "four renditions and pictures of it": GROUP,
    // No process is given more.
    "the same and the 4K rendition": [...GROUP, of("transcode", 100_080)],
  };
  const lines: Line[] = [];
  for (const [name, steps] of Object.entries(subjects)) {
    const bytes = await peakOfTask(system, clip.mediaId, steps);
    lines.push({ name: `peak memory: ${name}`, figure: `${Math.round(bytes / 1024 ** 2)} MiB`, target: "" });
  }
  return lines;
}
