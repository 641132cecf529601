import { z } from "zod";
import type { MediaInfo } from "../media.ts";

/** What inspections and health checks look for, in the order people read about it. Durations are looked at by both. */
export const HEALTH_CHECKS = ["damage", "gap", "order", "duration"] as const;
export const CHECKS = [
  ...HEALTH_CHECKS,
  ...(["black", "frozen", "interlacing", "blur", "blockiness"] as const),
  ...(["silent", "clipping"] as const),
] as const;
export const checkName = z.enum(CHECKS);
export type CheckName = z.output<typeof checkName>;

export const SEVERITIES = ["warning", "error"] as const;
export const VERDICTS = ["passed", "warnings", "failed"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** More than anybody reads. Of media worse than that, the worst is kept. */
export const FINDINGS_MAX = 500;

const seconds = z.number().min(0);

const finding = z.strictObject({
  check: checkName,
  severity: z.enum(SEVERITIES),
  startSeconds: seconds,
  endSeconds: seconds,
  /** In the unit of the check; null where there is nothing to measure. */
  measured: z.number().nullable(),
  threshold: z.number().nullable(),
  /** Index of the stream among all of the file; null when it is the file's. */
  stream: z.int().min(0).nullable(),
  /** Name of a picture beside the report, of the middle of it. */
  thumbnail: z
    .string()
    .regex(/^[a-z0-9-]+\.jpg$/)
    .nullable(),
});
export type Finding = z.output<typeof finding>;

const checkedStream = z.strictObject({
  index: z.int().min(0),
  type: z.enum(["video", "audio"]),
  codec: z.string().max(100),
  /** As stored, where that was counted. */
  packets: z.int().min(0).nullable(),
  /** As decoded. */
  frames: z.int().min(0),
  /** What the container says of it. */
  declaredSeconds: seconds.nullable(),
  /** When its last frame ends. */
  decodedSeconds: seconds,
});
export type CheckedStream = z.output<typeof checkedStream>;

/** Over all that was looked at; null where it was not measured. */
const measures = z.strictObject({
  loudnessLufs: z.number().nullable(),
  loudnessRangeLu: z.number().nullable(),
  truePeakDbtp: z.number().nullable(),
  blur: z.number().nullable(),
  blockiness: z.number().nullable(),
  interlacedPercent: z.number().min(0).max(100).nullable(),
});
export type Measures = z.output<typeof measures>;

/** `report.json`, which others read too: what it says only changes with its version. */
export const report = z.strictObject({
  version: z.literal(1),
  kind: z.enum(["inspection", "health-check"]),
  verdict: z.enum(VERDICTS),
  durationSeconds: seconds,
  /** What of it was looked at; null for all of it. */
  stretch: z.strictObject({ startSeconds: seconds, endSeconds: seconds }).nullable().default(null),
  /** Those carried out, whether or not they found anything. */
  checks: z.array(checkName),
  findings: z.array(finding).max(FINDINGS_MAX),
  /** Found beyond those listed. */
  findingsLeftOut: z.int().min(0),
  streams: z.array(checkedStream).max(1000),
  measures,
});
export type Report = z.output<typeof report>;

export const UNMEASURED: Measures = {
  loudnessLufs: null,
  loudnessRangeLu: null,
  truePeakDbtp: null,
  blur: null,
  blockiness: null,
  interlacedPercent: null,
};

/** The streams of a media that are decoded, the picture first. */
export function streamsOf({ video, audio }: MediaInfo) {
  return [
    ...(video === null ? [] : [{ ...video, type: "video" as const }]),
    ...audio.map((sound) => ({ ...sound, type: "audio" as const })),
  ];
}

export function verdictOf(findings: readonly Pick<Finding, "severity">[]): Verdict {
  if (findings.some(({ severity }) => severity === "error")) return "failed";
  return findings.length > 0 ? "warnings" : "passed";
}
