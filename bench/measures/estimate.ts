import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { estimate as estimated } from "#domain/estimate/estimate.ts";
import type { Step } from "#domain/procedure.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { addFile, type BenchClip, makeClip, makeDrawnClip, makeFilmLikeClip } from "../clip.ts";
import { startTask } from "../flow.ts";
import { type Line, median } from "../report.ts";
import { type BenchSystem, until } from "../system.ts";
import { of } from "./runs.ts";

/** What people run: renditions of every size, as the content needs, streams, pictures, sound. */
const STEPS: readonly Step[] = [
  ...[100_010, 100_020, 100_030, 100_040, 100_230, 100_820, 100_830, 520, 530].map((one) => of("transcode", one)),
  of("adaptive-streaming", 10),
  ...[10, 900_002].map((one) => of("sampled-snapshot", one)),
  ...[10, 900_001].map((one) => of("sprite", one)),
  ...[of("snapshot", 10), of("cover", 10), of("animated-graphic", 20_001), of("animated-graphic", 900_003)],
  ...[of("remux", 875), of("audio", 1120), of("audio", 1010)],
];
const DONE_MS = 600_000;

interface Errors {
  sizes: number[];
  times: number[];
}

/**
 * How far estimates are from what comes of them. As in an installation, the first runs teach; what is counted are those of
 * clips that were never seen before: generated ones, or the files of the folder that BENCH_MEDIA names.
 */
export async function estimate(system: BenchSystem): Promise<Line[]> {
  const folder = process.env.BENCH_MEDIA;
  const seconds = { durationSeconds: 5 };
  const taught = [
    await makeClip(system, { ...seconds, size: "1280x720" }),
    await makeDrawnClip(system, { ...seconds, name: "cells", picture: CELLS }),
    await makeDrawnClip(system, { ...seconds, name: "clouds", picture: CLOUDS }),
  ];
  const counted =
    folder === undefined
      ? [
          await makeFilmLikeClip(system, { ...seconds, widthPx: 1920, heightPx: 1080 }),
          await makeDrawnClip(system, { ...seconds, name: "spiral", picture: SPIRAL }),
          await makeDrawnClip(system, { durationSeconds: 9, name: "colours", picture: COLOURS }),
        ]
      : await clipsIn(system, folder);
  await errorsOf(system, taught);
  const { sizes, times } = await errorsOf(system, counted);
  const where = folder === undefined ? "generated clips" : "clips of BENCH_MEDIA";
  return [
    {
      name: `error of an estimated size, ${sizes.length} runs on ${where}`,
      figure: quartiles(sizes),
      target: "≤ 15 %",
    },
    {
      name: `error of an estimated time, ${times.length} runs on ${where}`,
      figure: quartiles(times),
      target: "≤ 30 %",
    },
  ];
}

const CELLS = "life=size=320x180:rate=12:mold=20:ratio=0.2:random_seed=7,fps=25,scale=1280:720:flags=neighbor";
const CLOUDS = "cellauto=size=640x360:rate=25:rule=110,gblur=sigma=6,scale=1280:720,noise=alls=4:allf=t";
const SPIRAL = "gradients=size=1280x720:rate=25:speed=0.05:seed=1:type=spiral:nb_colors=4,noise=alls=3:allf=t";
const COLOURS = "testsrc2=size=854x480:rate=30,hue=h=90*t,noise=alls=5:allf=t";

async function clipsIn(system: BenchSystem, folder: string): Promise<BenchClip[]> {
  const clips: BenchClip[] = [];
  for (const name of await readdir(folder))
    if (/\.(mp4|mov|mkv|webm|avi|mpe?g|ts|flv|mp3|flac|wav|m4a)$/i.test(name))
      clips.push(await addFile(system, join(folder, name)));
  return clips;
}

async function errorsOf(system: BenchSystem, clips: readonly BenchClip[]): Promise<Errors> {
  const errors: Errors = { sizes: [], times: [] };
  const { db } = system;
  for (const { mediaId, info } of clips) {
    if (info.video !== null) {
      await enqueue(db, "measureMedia", { mediaId });
      const looked = async () => (await db.media.findUniqueOrThrow({ where: { id: mediaId } })).complexity !== null;
      await until(looked, DONE_MS, 200);
    }
    for (const step of STEPS) {
      const taskId = await startTask(system, mediaId, [step]);
      const ended = async () => (await db.task.findUniqueOrThrow({ where: { id: taskId } })).endedAt !== null;
      await until(ended, DONE_MS, 100);
      await addErrors(system, taskId, errors);
    }
  }
  return errors;
}

async function addErrors({ db }: BenchSystem, taskId: string, { sizes, times }: Errors): Promise<void> {
  // A clip without sound gives no audio file, and one of sound no pictures: nothing to compare.
  const subtasks = await db.subtask.findMany({
    where: { taskId, state: "succeeded" },
    include: { outputs: true, run: true },
  });
  for (const { estimate: stored, outputs, run } of subtasks) {
    const { sizeBytes, seconds } = estimated.parse(stored);
    const bytes = outputs.reduce((sum, output) => sum + Number(output.sizeBytes), 0);
    if (run === null || run.startedAt === null || run.endedAt === null) throw new Error("A run without a time.");
    const took = (run.endedAt.getTime() - run.startedAt.getTime()) / 1000;
    sizes.push(Math.abs(sizeBytes.expected / bytes - 1));
    times.push(Math.abs(seconds.expected / took - 1));
    if (process.env.BENCH_VERBOSE !== undefined)
      console.log(JSON.stringify({ key: estimated.parse(stored).model.sizeKey, sizeBytes, bytes, seconds, took }));
  }
}

/** `7 % (3–15)`: median, and between what half of them lie. */
function quartiles(errors: readonly number[]): string {
  const sorted = errors.toSorted((a, b) => a - b);
  const half = Math.ceil(sorted.length / 2);
  const percent = (values: readonly number[]) => Math.round(100 * median(values));
  return `${percent(sorted)} % (${percent(sorted.slice(0, half))}–${percent(sorted.slice(-half))})`;
}
