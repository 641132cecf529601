import type { MediaInfo } from "../../media.ts";
import type { Plan, PlanContext } from "../../plan.ts";
import { wrongDurations } from "../../report/durations.ts";
import {
  type ExaminedStretch,
  examinedStretchOf,
  onSourceTime,
  reachedOnSource,
} from "../../report/examined-stretch.ts";
import { endOf, readFrameTimes } from "../../report/frame-times.ts";
import { planReport } from "../../report/plan-report.ts";
import {
  CHECKS,
  type CheckedStream,
  type CheckName,
  type Finding,
  streamsOf,
  UNMEASURED,
} from "../../report/report.ts";
import type { ScratchFiles } from "../../report/scratch-files.ts";
import { lengthOf } from "../../report/spans.ts";
import { findInPicture, findInSound } from "./find.ts";
import { MEASURED } from "./plan.ts";
import type { InspectionParams } from "./schema.ts";

/** Of what is looked at: what fills more of it is not a moment of black or of silence, but what it consists of. */
const ERROR_SHARE = 0.5;
const OF_PICTURE: readonly CheckName[] = ["black", "frozen", "interlacing", "blur", "blockiness"];
const OF_SOUND: readonly CheckName[] = ["silent", "clipping"];

/** Judges what the filters noticed. */
export async function continueInspection(
  params: InspectionParams,
  context: PlanContext,
  files: ScratchFiles,
): Promise<Plan> {
  const { media } = context;
  const found = examinedStretchOf(params, media);
  // It was planned from the same.
  if (!found.ok) throw new Error(found.failure.detail);
  const stretch = found.value;
  const streams = await decodedStreams(media, files);
  const parts = await Promise.all(
    streams.map(({ index, type, decodedSeconds }) =>
      type === "video" && media.video !== null
        ? findInPicture(params, media.video, decodedSeconds, files)
        : findInSound(params, index, decodedSeconds, files),
    ),
  );
  const reached = streams.map((stream) => reachedOnSource(stream, stretch));
  const findings = [
    ...parts.flatMap((part) => part.findings.map((finding) => onSourceTime(finding, stretch))),
    ...(params.duration ? wrongDurations(reached, media, params.duration.toleranceSeconds, stretch) : []),
  ];
  const picture = parts.find((_, index) => streams[index]?.type === "video")?.measures ?? UNMEASURED;
  // Of several sounds the first, as players take it.
  const sound = parts.find((_, index) => streams[index]?.type === "audio")?.measures ?? UNMEASURED;
  const { loudnessLufs, loudnessRangeLu, truePeakDbtp } = sound;
  return planReport(
    {
      kind: "inspection",
      checks: CHECKS.filter((check) => isCarriedOut(check, params, media)),
      findings: findings.map((one) => ({ ...one, severity: severityOf(one, stretch), thumbnail: null })),
      streams: reached,
      measures: { ...picture, loudnessLufs, loudnessRangeLu, truePeakDbtp },
    },
    stretch,
    context,
  );
}

async function decodedStreams(media: MediaInfo, files: ScratchFiles): Promise<CheckedStream[]> {
  return Promise.all(
    streamsOf(media).map(async ({ index, type, codec, durationSeconds }) => {
      let frames = 0;
      let decodedSeconds = 0;
      for await (const frame of readFrameTimes(files, MEASURED.frames(index))) {
        frames++;
        decodedSeconds = Math.max(decodedSeconds, endOf(frame));
      }
      return { index, type, codec, packets: null, frames, declaredSeconds: durationSeconds, decodedSeconds };
    }),
  );
}

function isCarriedOut(check: CheckName, params: InspectionParams, { video, audio }: MediaInfo): boolean {
  const asked = Object.entries(params).some(([name, settings]) => name === check && settings !== null);
  if (OF_PICTURE.includes(check)) return asked && video !== null;
  return asked && (!OF_SOUND.includes(check) || audio.length > 0);
}

function severityOf(finding: Pick<Finding, "check" | "startSeconds" | "endSeconds">, stretch: ExaminedStretch) {
  const muchOfIt = lengthOf(finding) > ERROR_SHARE * lengthOf(stretch);
  return finding.check === "duration" || muchOfIt ? ("error" as const) : ("warning" as const);
}
