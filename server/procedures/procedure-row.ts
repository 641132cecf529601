import { type ProcedureBody, procedureBody } from "#domain/procedure.ts";
import type { Prisma } from "../../prisma/generated/client.ts";

/** A procedure as lists show it. A preset has no version and no dates: it is code. */
export interface ListedProcedure {
  name: string;
  comment: string;
  preset: boolean;
  version: number | null;
  body: ProcedureBody;
  createdAt: Date | null;
  updatedAt: Date | null;
}

export const withCurrentVersion = {
  versions: { orderBy: { version: "desc" }, take: 1 },
} as const satisfies Prisma.ProcedureInclude;

type Row = Prisma.ProcedureGetPayload<{ include: typeof withCurrentVersion }>;

export function parseProcedureRow(row: Row): ListedProcedure {
  const body = procedureBody.parse(row.versions[0]?.body);
  const { name, comment, currentVersion: version, createdAt, updatedAt } = row;
  return { name, comment, preset: false, version, body, createdAt, updatedAt };
}
