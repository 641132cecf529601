/** A procedure while it is being written: steps, or a script that finds them. */
import { z } from "zod";
import { STEP_KINDS, type StepKind, useParamsOf } from "#domain/operations/operation.ts";
import { luaBody, type ProcedureBody, type Step, stepsBody } from "#domain/procedure.ts";
import type { ProcedureRow } from "#server/api/rows.ts";
import type { Draft } from "../../_forms/draft.ts";

export interface StepDraft {
  /** Of this editor: steps have no identity but their place, and that changes. */
  key: number;
  operation: StepKind;
  template: number;
  use: Draft;
  override: Step["override"];
  /** Conditions; while they are typed they need not make sense. */
  when: Draft[];
}

/** What of a procedure is edited; one of the two. */
export interface ProcedureDraft {
  name: string;
  comment: string;
  steps: readonly StepDraft[];
  /** The steps as text, while they are edited as such. It may be no JSON yet; `steps` is then what it last said. */
  json: string | null;
  /** Null where the steps are said one by one. */
  lua: string | null;
  /** The version it began from; null for a new one. */
  version: number | null;
}

export function newStep(key: number, operation: StepKind, template: number): StepDraft {
  return { key, operation, template, use: useParamsOf(operation).parse({}), override: {}, when: [] };
}

export function draftsOf(steps: readonly Step[]): StepDraft[] {
  return steps.map(({ operation, template, use, override, when }, key) => ({
    ...{ key, operation, template, use, override, when },
  }));
}

/** What a stored procedure looks like in the editor. */
export function draftOf({
  name,
  comment,
  steps,
  lua,
  version,
}: Omit<ProcedureRow, "preset" | "createdAt" | "updatedAt">): ProcedureDraft {
  return { name, comment, steps: draftsOf(steps), json: null, lua, version };
}

export const EMPTY_DRAFT: ProcedureDraft = { name: "", comment: "", steps: [], json: null, lua: null, version: null };

/** Swaps a step with its neighbour; at the end of the list nothing happens. */
export function moved(steps: readonly StepDraft[], from: number, by: -1 | 1): StepDraft[] {
  const to = from + by;
  const [step, neighbour] = [steps[from], steps[to]];
  if (step === undefined || neighbour === undefined) return [...steps];
  return steps.map((each, index) => (index === from ? neighbour : index === to ? step : each));
}

/** The next number for a step. */
export function freeKey(steps: readonly StepDraft[]): number {
  return 1 + Math.max(-1, ...steps.map(({ key }) => key));
}

/** Null while a step's parameters are wrong. */
export function parsedSteps(steps: readonly StepDraft[]): Step[] | null {
  const parsed = stepsBody.safeParse({ steps: steps.map(({ key: _, ...step }) => step) });
  return parsed.success ? parsed.data.steps : null;
}

/** Null while it cannot be saved as it stands. */
export function bodyOf({ steps, lua }: Pick<ProcedureDraft, "steps" | "lua">): ProcedureBody | null {
  if (lua !== null) return luaBody.safeParse({ lua }).data ?? null;
  const parsed = parsedSteps(steps);
  return parsed === null ? null : { steps: parsed };
}

/** As people read and edit it; what is as usual is not said. */
export function jsonOf(body: ProcedureBody): string {
  if ("lua" in body) return `${JSON.stringify(body, null, 2)}\n`;
  return `${JSON.stringify({ steps: body.steps.map(briefly) }, null, 2)}\n`;
}

function briefly({ operation, template, use, override, when }: Step): object {
  const usual: Record<string, unknown> = useParamsOf(operation).parse({});
  const said = Object.entries(use).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(usual[name]));
  return {
    ...{ operation, template },
    ...(said.length === 0 ? {} : { use: Object.fromEntries(said) }),
    ...(Object.keys(override).length === 0 ? {} : { override }),
    ...(when.length === 0 ? {} : { when }),
  };
}

const draft = z.record(z.string(), z.unknown());
const storedDraft = z.object({
  ...{ name: z.string(), comment: z.string(), json: z.string().nullable(), lua: z.string().nullable() },
  version: z.int().nullable(),
  steps: z.array(
    z.object({
      ...{ key: z.int(), operation: z.enum(STEP_KINDS), template: z.int(), use: draft },
      ...{ override: z.record(z.string(), z.json()), when: z.array(draft) },
    }),
  ),
});

/** As it was kept; null for what is none. */
export function readProcedureDraft(stored: unknown): ProcedureDraft | null {
  return storedDraft.safeParse(stored).data ?? null;
}

/** All that a version says, as a text to compare. */
export function textOf(body: ProcedureBody, comment: string): string {
  const text = "lua" in body ? body.lua : jsonOf(body);
  return comment === "" ? text : `${comment}\n\n${text}`;
}
