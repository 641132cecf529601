import type { Plan, PlanContext } from "../../plan.ts";
import { wrongDurations } from "../../report/durations.ts";
import { endOf, readFrameTimes } from "../../report/frame-times.ts";
import { planReport } from "../../report/plan-report.ts";
import { type CheckedStream, type Finding, HEALTH_CHECKS, streamsOf, UNMEASURED } from "../../report/report.ts";
import type { ScratchFiles } from "../../report/scratch-files.ts";
import { findInStream } from "./find.ts";
import { framesFile, packetsFile } from "./plan.ts";
import type { HealthCheckParams } from "./schema.ts";

/** Compares what is there with what could be decoded of it. */
export async function continueHealthCheck(
  params: HealthCheckParams,
  context: PlanContext,
  files: ScratchFiles,
): Promise<Plan> {
  const { media } = context;
  const streams: CheckedStream[] = [];
  const findings: Finding[] = [];
  for (const { index, type, codec, durationSeconds } of streamsOf(media)) {
    const packets = await readFrameTimes(files, packetsFile(index));
    const frames = await readFrameTimes(files, framesFile(index));
    streams.push({
      ...{ index, type, codec, packets: packets.length, frames: frames.length },
      ...{ declaredSeconds: durationSeconds, decodedSeconds: endOf(frames) },
    });
    for (const found of findInStream(params, packets, frames))
      findings.push({ ...found, stream: index, thumbnail: null });
  }
  for (const found of wrongDurations(streams, media, params.toleranceSeconds))
    findings.push({ ...found, severity: "error", thumbnail: null });
  return planReport(
    {
      ...{ kind: "health-check", checks: [...HEALTH_CHECKS] },
      ...{ findings, streams, measures: UNMEASURED },
    },
    context,
  );
}
