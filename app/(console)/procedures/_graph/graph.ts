/** The steps of a procedure as a graph: from the media, through what has to hold, to what is done. */
import type { StepDraft } from "../procedure-draft.ts";

export type When = StepDraft["when"];

export interface ProcedureGraph {
  /** What has to hold for the steps behind it. Steps with the same conditions share one. */
  gates: readonly { id: string; when: When }[];
  steps: readonly Omit<StepDraft, "when">[];
  /** From a gate, or from the media itself, to a step. */
  edges: readonly { from: string; to: number }[];
}

export const MEDIA = "media";

export function graphOf(steps: readonly StepDraft[]): ProcedureGraph {
  const ids = new Map<string, { id: string; when: When }>();
  for (const { when } of steps) {
    const text = JSON.stringify(when);
    if (when.length > 0 && !ids.has(text)) ids.set(text, { id: `gate ${ids.size + 1}`, when });
  }
  return {
    gates: [...ids.values()],
    steps: steps.map(({ when: _, ...step }) => step),
    edges: steps.map(({ key, when }) => ({ from: ids.get(JSON.stringify(when))?.id ?? MEDIA, to: key })),
  };
}

/** A step that nothing leads to is done always, as it was when it was new. */
export function stepsOf({ gates, steps, edges }: ProcedureGraph): StepDraft[] {
  return steps.map((step) => {
    const from = edges.find(({ to }) => to === step.key)?.from;
    return { ...step, when: gates.find(({ id }) => id === from)?.when ?? [] };
  });
}

/** Leads to a step from somewhere else. */
export function connected(graph: ProcedureGraph, from: string, to: number): ProcedureGraph {
  return { ...graph, edges: [...graph.edges.filter((edge) => edge.to !== to), { from, to }] };
}

interface Place {
  x: number;
  y: number;
}

export interface GraphLayout {
  media: Place;
  gates: ReadonlyMap<string, Place>;
  steps: ReadonlyMap<number, Place>;
}

const COLUMN_PX = 232;
const ROW_PX = 76;

/** Columns from left to right; each gate beside the middle of its steps. Steps are grouped by gate, in their order. */
export function layoutOf(graph: ProcedureGraph): GraphLayout {
  const groups = [MEDIA, ...graph.gates.map(({ id }) => id)].map((from) => ({
    from,
    keys: graph.edges.filter((edge) => edge.from === from).map(({ to }) => to),
  }));
  const hasGates = graph.gates.length > 0;
  const steps = new Map<number, Place>();
  const gates = new Map<string, Place>();
  for (const { from, keys } of groups) {
    const first = steps.size;
    for (const key of keys) steps.set(key, { x: (hasGates ? 2 : 1) * COLUMN_PX, y: steps.size * ROW_PX });
    if (from !== MEDIA) gates.set(from, { x: COLUMN_PX, y: (first + (keys.length - 1) / 2) * ROW_PX });
  }
  return { media: { x: 0, y: (Math.max(steps.size, 1) - 1) * (ROW_PX / 2) }, gates, steps };
}
