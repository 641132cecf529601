import type { Plan, PlanContext } from "../../plan.ts";
import { wrongDurations } from "../../report/durations.ts";
import { examinedStretchOf, onSourceTime, reachedOnSource } from "../../report/examined-stretch.ts";
import { endOf, type FrameTime, readFrameTimes } from "../../report/frame-times.ts";
import { planReport } from "../../report/plan-report.ts";
import { type CheckedStream, type Finding, HEALTH_CHECKS, streamsOf, UNMEASURED } from "../../report/report.ts";
import type { ScratchFiles } from "../../report/scratch-files.ts";
import { beginsIn, findInStream } from "./find.ts";
import { framesFile, packetsFile } from "./plan.ts";
import type { HealthCheckParams } from "./schema.ts";

/** Compares what is there with what could be decoded of it. */
export async function continueHealthCheck(
  params: HealthCheckParams,
  context: PlanContext,
  files: ScratchFiles,
): Promise<Plan> {
  const { media } = context;
  const stretch = examinedStretchOf(params, media);
  // It was planned from the same.
  if (!stretch.ok) throw new Error(stretch.failure.detail);
  const { startSeconds, endSeconds, readFromSeconds } = stretch.value;
  const read = stretch.value.whole
    ? null
    : { startSeconds: startSeconds - readFromSeconds, endSeconds: endSeconds - readFromSeconds };
  const streams: CheckedStream[] = [];
  const findings: Finding[] = [];
  for (const { index, type, codec, durationSeconds } of streamsOf(media)) {
    const packets = await readAll(files, packetsFile(index));
    const frames = await readAll(files, framesFile(index));
    const stream = {
      ...{
        index,
        type,
        codec,
        packets: packets.filter((packet) => beginsIn(packet, read)).length,
        frames: frames.length,
      },
      ...{
        declaredSeconds: durationSeconds,
        decodedSeconds: frames.reduce((end, frame) => Math.max(end, endOf(frame)), 0),
      },
    };
    streams.push(reachedOnSource(stream, stretch.value));
    for (const found of findInStream(type, params, packets, frames, read))
      findings.push({ ...onSourceTime(found, stretch.value), stream: index, thumbnail: null });
  }
  for (const found of wrongDurations(streams, media, params.toleranceSeconds, stretch.value))
    findings.push({ ...found, severity: "error", thumbnail: null });
  return planReport(
    {
      ...{ kind: "health-check", checks: [...HEALTH_CHECKS] },
      ...{ findings, streams, measures: UNMEASURED },
    },
    stretch.value,
    context,
  );
}

async function readAll(files: ScratchFiles, name: string): Promise<FrameTime[]> {
  const times: FrameTime[] = [];
  for await (const time of readFrameTimes(files, name)) times.push(time);
  return times;
}
