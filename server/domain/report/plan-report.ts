import type { MediaInfo } from "../media.ts";
import { declaredPicture, lookOf, pictureCommand, pictureEncoding } from "../operations/snapshot/picture.ts";
import { snapshotTemplateParams } from "../operations/snapshot/schema.ts";
import type { Command, DeclaredOutput, Plan, PlanContext } from "../plan.ts";
import type { ExaminedStretch } from "./examined-stretch.ts";
import { FINDINGS_MAX, type Finding, type Report, report, verdictOf } from "./report.ts";
import { lengthOf } from "./spans.ts";

export const REPORT_NAME = "report.json";
/** A seek each, and as many pictures as somebody looks at. */
const THUMBNAILS_MAX = 24;
const THUMBNAIL = snapshotTemplateParams.parse({ format: "jpg", widthPx: 320, resolutionAdaptive: false });
/** What is to be seen where it was found. */
const SEEN: readonly Finding["check"][] = ["black", "frozen", "interlacing", "blur", "blockiness", "damage"];

/** The report of what was found, and pictures of it. */
export function planReport(
  found: Omit<Report, "version" | "verdict" | "findingsLeftOut" | "durationSeconds" | "stretch">,
  stretch: ExaminedStretch,
  context: PlanContext,
): Plan {
  const { media } = context;
  const kept = worstFirst(found.findings).slice(0, FINDINGS_MAX);
  const pictures = new Map(
    kept
      .filter((finding) => isSeen(finding, media))
      .slice(0, THUMBNAILS_MAX)
      .sort(byTime)
      .map((finding, index) => [finding, `finding-${String(index + 1).padStart(3, "0")}.jpg`]),
  );
  const findings = kept.sort(byTime).map((one) => ({ ...one, thumbnail: pictures.get(one) ?? null }));
  const whole: Report = report.parse({
    ...{ version: 1, ...found, findings, durationSeconds: media.durationSeconds },
    stretch: stretch.whole ? null : { startSeconds: stretch.startSeconds, endSeconds: stretch.endSeconds },
    verdict: verdictOf(found.findings),
    findingsLeftOut: found.findings.length - kept.length,
  });
  const thumbnails = [...pictures].map(([finding, name]) => planThumbnail(finding, name, context));
  return {
    commands: thumbnails.flatMap(({ command }) => command),
    files: [{ name: REPORT_NAME, text: `${JSON.stringify(whole, rounded, 2)}\n` }],
    outputs: [
      {
        ...{ role: "report", name: REPORT_NAME, contentType: "application/json", parts: null, probe: false },
        facts: { verdict: whole.verdict, findingCount: found.findings.length },
      },
      ...thumbnails.flatMap(({ output }) => output),
    ],
    setsCover: false,
  };
}

function planThumbnail(
  finding: Finding,
  name: string,
  { media, inputPath, outputDir }: PlanContext,
): { command: Command[]; output: DeclaredOutput[] } {
  if (media.video === null) return { command: [], output: [] };
  const { steps, size } = lookOf(THUMBNAIL, media.video);
  const atSeconds = (finding.startSeconds + finding.endSeconds) / 2;
  const picture = { path: `${outputDir}/${name}`, steps, encoding: pictureEncoding("jpg") };
  // Where a media is damaged there may be no picture; the report is worth more than that.
  return {
    command: [{ ...pictureCommand(atSeconds, media, inputPath, media.video, picture), mayFail: true }],
    output: [{ ...declaredPicture(name, "jpg", size, atSeconds), mayBeMissing: true }],
  };
}

/** To a thousandth: nothing here is measured better than that. */
function rounded(_: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toFixed(3)) : value;
}

function isSeen({ check, stream }: Finding, { video }: MediaInfo): boolean {
  return video !== null && SEEN.includes(check) && (stream === null || stream === video.index);
}

function worstFirst(findings: readonly Finding[]): Finding[] {
  const isError = ({ severity }: Finding) => Number(severity === "error");
  return [...findings].sort((a, b) => isError(b) - isError(a) || lengthOf(b) - lengthOf(a));
}

function byTime(a: Finding, b: Finding): number {
  return a.startSeconds - b.startSeconds || a.endSeconds - b.endSeconds;
}
