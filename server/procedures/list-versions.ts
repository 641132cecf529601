import type { Failure } from "#domain/error.ts";
import { type ProcedureBody, procedureBody } from "#domain/procedure.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Db } from "../db/client.ts";

/** Of a procedure that is edited by a machine every minute, too. */
const VERSIONS_SHOWN_MAX = 200;

export interface ListedVersion {
  version: number;
  comment: string;
  body: ProcedureBody;
  /** The older version that this one took up again. */
  restoredVersion: number | null;
  /** Null: by the API, or by somebody who is gone. */
  createdByName: string | null;
  createdAt: Date;
}

/** The newest first. A preset has none: it is code. */
export async function listVersions(
  db: Db,
  applicationId: number,
  name: string,
): Promise<Result<ListedVersion[], Failure>> {
  const procedure = await db.procedure.findFirst({
    where: { applicationId, name, deletedAt: null },
    select: {
      versions: {
        orderBy: { version: "desc" },
        take: VERSIONS_SHOWN_MAX,
        include: { createdBy: { select: { name: true } } },
      },
    },
  });
  if (procedure === null) return fail({ code: "PROCEDURE_NOT_FOUND", detail: name });
  return ok(
    procedure.versions.map(({ version, comment, body, restoredVersion, createdBy, createdAt }) => ({
      ...{ version, comment, restoredVersion, createdAt },
      body: procedureBody.parse(body),
      createdByName: createdBy?.name ?? null,
    })),
  );
}
