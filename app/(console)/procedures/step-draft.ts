/** The steps of a procedure while they are edited. Whatever of them is not shown (overrides) is carried along untouched. */
import type { StepKind } from "#domain/operations/operation.ts";
import { useParamsOf } from "#domain/operations/operation.ts";
import { procedureBody } from "#domain/procedure.ts";
import type { ProcedureRow } from "#server/api/rows.ts";
import type { Draft } from "../../_forms/draft.ts";

type Steps = ReturnType<typeof procedureBody.parse>["steps"];

export interface StepDraft {
  /** Of this editor: steps have no identity but their place, and that changes. */
  key: number;
  operation: StepKind;
  template: number;
  use: Draft;
  override: Steps[number]["override"];
}

export function newStep(key: number, operation: StepKind, template: number): StepDraft {
  return { key, operation, template, use: useParamsOf(operation).parse({}), override: {} };
}

export function draftsOf(steps: ProcedureRow["steps"]): StepDraft[] {
  return steps.map(({ operation, template, use, override }, key) => ({ key, operation, template, use, override }));
}

/** Swaps a step with its neighbour; at the end of the list nothing happens. */
export function moved(steps: readonly StepDraft[], from: number, by: -1 | 1): StepDraft[] {
  const to = from + by;
  const [step, neighbour] = [steps[from], steps[to]];
  if (step === undefined || neighbour === undefined) return [...steps];
  return steps.map((each, index) => (index === from ? neighbour : index === to ? step : each));
}

/** Null while a step's parameters are wrong. */
export function parsedSteps(steps: readonly StepDraft[]): Steps | null {
  const parsed = procedureBody.safeParse({ steps: steps.map(({ key: _, ...step }) => step) });
  return parsed.success ? parsed.data.steps : null;
}
