/** What the database keeps as JSON or free text is parsed on the way out, so that inside the code it is what its type says. */
import { z } from "zod";
import { ERROR_CODES, type Failure } from "../domain/error.ts";
import { OPERATION_KINDS, operation } from "../domain/operations/operation.ts";
import { OUTPUT_ROLES, type OutputFacts } from "../domain/plan.ts";
import { VERDICTS } from "../domain/report/report.ts";

export const operationKind = z.enum(OPERATION_KINDS);
export const outputRole = z.enum(OUTPUT_ROLES);

/** Null for a subtask whose parameters could not even be put together. */
export const storedOperation = operation.nullable();

export const outputFacts: z.ZodType<OutputFacts> = z.strictObject({
  container: z.string().optional(),
  widthPx: z.number().optional(),
  heightPx: z.number().optional(),
  durationSeconds: z.number().optional(),
  bitrateBps: z.number().optional(),
  videoBitrateBps: z.number().optional(),
  audioBitrateBps: z.number().optional(),
  sampleRateHz: z.number().optional(),
  videoCodec: z.string().optional(),
  audioCodec: z.string().optional(),
  framesPerSecond: z.number().optional(),
  copiedRung: z.boolean().optional(),
  atSeconds: z.number().optional(),
  tileCount: z.number().optional(),
  columns: z.number().optional(),
  rows: z.number().optional(),
  tileWidthPx: z.number().optional(),
  tileHeightPx: z.number().optional(),
  encryption: z.literal("aes-128").optional(),
  verdict: z.enum(VERDICTS).optional(),
  findingCount: z.number().optional(),
});

export const outputParts = z.array(z.strictObject({ name: z.string(), sizeBytes: z.number() }));

/** Argument arrays as started, program first; null before the first one. */
export const storedCommands = z
  .array(z.array(z.string()))
  .nullable()
  .transform((commands) => commands ?? []);

const errorCode = z.enum(ERROR_CODES);

/** A failure as two columns; null when there was none. */
export function failureOf(row: { errorCode: string | null; errorDetail: string | null }): Failure | null {
  return row.errorCode === null ? null : { code: errorCode.parse(row.errorCode), detail: row.errorDetail ?? "" };
}

/** Long enough for the last lines of a log. */
const DETAIL_CHARACTERS_MAX = 2000;

/** What came out of a process or a library may hold what PostgreSQL does not take: NUL, and halves of characters. */
export function storableText(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}

export function storableFailure({ code, detail }: Failure): Failure {
  return { code, detail: storableText(detail.slice(0, DETAIL_CHARACTERS_MAX)) };
}
