import type { ErrorCode, Failure } from "./error.ts";

/** A place in a text as editors count: from 1, columns in UTF-16 units. */
export interface TextPosition {
  line: number;
  column: number;
}

/** One thing wrong with the text of a procedure, and where. */
export interface ProcedureFault extends TextPosition {
  /** The field it is about: `steps.0.template`. Empty where the text itself is wrong. */
  path: string;
  /** A key of `validation.*`; `values` are what its text speaks of. */
  reason: string;
  values: Readonly<Record<string, string | number>>;
}

export const TEXT_START: TextPosition = { line: 1, column: 1 };

export function positionAt(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { line, column: offset - before.lastIndexOf("\n") };
}

export function faultAt(
  { line, column }: TextPosition,
  reason: string,
  values: ProcedureFault["values"] = {},
  path = "",
): ProcedureFault {
  return { line, column, path, reason, values };
}

type FaultCode = Extract<ErrorCode, "PROCEDURE_INVALID" | "PROCEDURE_FAILED">;

/** The first fault as a failure: `3:14: steps.0.template: tooSmall {"minimum":0}`. */
export function failureOfFaults([fault]: readonly ProcedureFault[], code: FaultCode = "PROCEDURE_INVALID"): Failure {
  if (fault === undefined) return { code, detail: "" };
  const { line, column, path, reason, values } = fault;
  const about = path === "" ? "" : `${path}: `;
  const said = Object.keys(values).length === 0 ? "" : ` ${JSON.stringify(values)}`;
  return { code, detail: `${line}:${column}: ${about}${reason}${said}` };
}

const DETAIL = /^(?<line>\d+):(?<column>\d+): (?:(?<path>\S+): )?(?<reason>\w+)(?: (?<values>\{.*\}))?$/su;

/** What `failureOfFaults` made of a fault, for whoever shows it; null for the details of other failures. */
export function faultOfDetail(detail: string): ProcedureFault | null {
  const { line, column, path = "", reason, values = "{}" } = DETAIL.exec(detail)?.groups ?? {};
  if (reason === undefined) return null;
  return faultAt({ line: Number(line), column: Number(column) }, reason, readValues(values), path);
}

function readValues(text: string): ProcedureFault["values"] {
  try {
    const values: unknown = JSON.parse(text);
    if (typeof values !== "object" || values === null) return {};
    return Object.fromEntries(
      Object.entries(values).filter(([, value]) => typeof value === "string" || typeof value === "number"),
    );
  } catch {
    // Cut off where it was stored.
    return {};
  }
}
