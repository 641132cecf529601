import { familyOf, type StoredTemplate, template } from "#domain/template.ts";
import type { Prisma } from "../../prisma/generated/client.ts";

/** A template as lists show it. Dates are null for presets, which are code. */
export type ListedTemplate = StoredTemplate & { createdAt: Date | null; updatedAt: Date | null };

export const withCurrentVersion = {
  versions: { orderBy: { version: "desc" }, take: 1 },
} as const satisfies Prisma.TemplateInclude;

export type TemplateWithVersion = Prisma.TemplateGetPayload<{ include: typeof withCurrentVersion }>;

export function parseTemplateRow(row: TemplateWithVersion): ListedTemplate {
  const [current] = row.versions;
  const parsed = template.parse({ kind: row.kind, params: current?.params });
  const { definition, name, comment, currentVersion: version, createdAt, updatedAt } = row;
  return {
    ...parsed,
    ...{ definition, family: familyOf(parsed.kind), name, comment, preset: false, version, createdAt, updatedAt },
  };
}
