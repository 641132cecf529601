/** Procedures that are functions of their arguments, as the VOD API has had them since 2017. */
import type { Failure } from "./error.ts";
import { STEPS_MAX, type Step, step } from "./procedure.ts";
import { failureOfFaults, faultAt, TEXT_START, type TextPosition } from "./procedure-fault.ts";
import type { Argument, ProcedureCall } from "./procedure-text.ts";
import { fail, ok, type Result } from "./result.ts";

/** What `1` stands for; a setting of the application. */
export interface ProcessingDefaults {
  transcodes: readonly number[];
  watermark: number | null;
}

/** The last argument says which: sampled snapshots, or a review of what is seen. */
const BUILT_INS = { QCVB_SimpleProcessFile: "sampled-snapshot", QCVB_ProcessUGCFile: "review" } as const;
type BuiltIn = keyof typeof BUILT_INS;

const ARGUMENTS_MAX = 4;

export function isBuiltIn(name: string): name is BuiltIn {
  return Object.hasOwn(BUILT_INS, name);
}

type Given = ProcedureCall["args"][number];

/** `(transcodes, watermark, cover, sampled snapshot or review)`; what is left out, `nil` or `0` is not done. */
export function expandBuiltIn(
  name: BuiltIn,
  args: ProcedureCall["args"],
  defaults: ProcessingDefaults,
): Result<Step[], Failure> {
  const tooMany = args[ARGUMENTS_MAX];
  if (tooMany !== undefined) return refuse(tooMany.at, "tooManyArguments", { maximum: ARGUMENTS_MAX });
  const transcodes = templatesIn(args[0], defaults.transcodes);
  if (!transcodes.ok) return transcodes;
  const others: (number | null)[] = [];
  for (const given of args.slice(1)) {
    const template = templateIn(given);
    if (!template.ok) return template;
    others.push(template.value);
  }
  const [marked = null, cover = null, last = null] = others;
  // Only a setting has the number 1: no watermark of that number can exist.
  const watermark = marked === 1 ? defaults.watermark : marked;
  if (last !== null && BUILT_INS[name] === "review")
    return fail({ code: "NEEDS_AI", detail: `${name}: review ${last}` });
  const watermarks = watermark === null ? [] : [{ template: watermark }];
  const steps = [
    ...transcodes.value.map((template) => ({ operation: "transcode", template, use: { watermarks } })),
    // The first frame, which is what a cover takes unless told otherwise.
    ...(cover === null ? [] : [{ operation: "cover", template: cover }]),
    ...(last === null ? [] : [{ operation: "sampled-snapshot", template: last }]),
  ];
  if (steps.length > STEPS_MAX) return refuse(args[0]?.at, "tooMany", { maximum: STEPS_MAX });
  return ok(steps.map((one) => step.parse(one)));
}

/** A flag, a list, or one number without its braces. Numbers said twice are done once. */
function templatesIn(given: Given | undefined, ticked: readonly number[]): Result<readonly number[], Failure> {
  const value = given?.value ?? null;
  if (isOff(value)) return ok([]);
  if (value === 1 || value === true) return ok(ticked);
  const numbers = Array.isArray(value) ? value : [value];
  return numbers.every(isTemplateNumber) ? ok([...new Set(numbers)]) : refuse(given?.at, "templateNumbers");
}

function templateIn({ value, at }: Given): Result<number | null, Failure> {
  if (isOff(value)) return ok(null);
  if (value === true) return ok(1);
  return isTemplateNumber(value) ? ok(value) : refuse(at, "templateNumber");
}

function isOff(value: Argument): boolean {
  return value === null || value === 0 || value === false;
}

function isTemplateNumber(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function refuse(
  at: TextPosition = TEXT_START,
  reason: string,
  values: Record<string, number> = {},
): Result<never, Failure> {
  return fail(failureOfFaults([faultAt(at, reason, values)]));
}
