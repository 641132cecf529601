import { expandSteps, isScript, type TemplateKey, templatesOfBody } from "#domain/procedure.ts";
import type { StoredTemplate, Template } from "#domain/template.ts";
import type { Tx } from "../db/client.ts";
import { listCustomProcedures, listProcedures } from "../procedures/list-procedures.ts";
import type { ListedProcedure } from "../procedures/procedure-row.ts";
import { findTemplatesOf } from "./find-templates.ts";

export interface TemplateUse extends TemplateKey {
  /** Names of the procedures with a step of it, or that lay it on, or put it around. */
  procedures: string[];
}

/** Every template that is used by some procedure, preset procedures included. */
export async function listTemplateUses(tx: Tx, applicationId: number): Promise<TemplateUse[]> {
  const uses = new Map<string, TemplateUse>();
  for (const procedure of await listProcedures(tx, applicationId)) {
    for (const { family, definition } of templatesOfBody(procedure.body)) {
      const key = `${family} ${definition}`;
      const use = uses.get(key) ?? { family, definition, procedures: [] };
      if (!use.procedures.includes(procedure.name)) use.procedures.push(procedure.name);
      uses.set(key, use);
    }
  }
  return [...uses.values()];
}

/** The application's own procedures that name it. */
export async function proceduresUsing(
  tx: Tx,
  applicationId: number,
  { family, definition }: TemplateKey,
): Promise<ListedProcedure[]> {
  return (await listCustomProcedures(tx, applicationId)).filter((procedure) =>
    templatesOfBody(procedure.body).some((one) => one.family === family && one.definition === definition),
  );
}

/** What would be wrong with a procedure if the template said this: `name: steps.0.field: why`. Null when all are well. */
export async function brokenProcedure(
  tx: Tx,
  applicationId: number,
  key: TemplateKey,
  changed: Template,
): Promise<string | null> {
  for (const { name, body } of await proceduresUsing(tx, applicationId, key)) {
    // What a script makes of it shows only with a media.
    if (isScript(body)) continue;
    const { steps } = body;
    const find = await findTemplatesOf(tx, applicationId, steps);
    const expanded = expandSteps(steps, (family, definition) => {
      const found = find(family, definition);
      const isChanged = family === key.family && definition === key.definition;
      return found !== undefined && isChanged ? ({ ...found, ...changed } satisfies StoredTemplate) : found;
    });
    if (!expanded.ok) return `${name}: ${expanded.failure.detail}`;
  }
  return null;
}
