import { z } from "zod";
import type { Failure } from "#domain/error.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Db } from "../db/client.ts";
import type { TemplateKey } from "./save-version.ts";

/** Of a template that is edited by a machine every minute, too. */
const VERSIONS_SHOWN_MAX = 200;

export interface ListedVersion {
  version: number;
  name: string;
  comment: string;
  /** As they were saved: a later release may know other parameters. */
  params: Record<string, unknown>;
  /** The older version that this one took up again. */
  restoredVersion: number | null;
  /** Null: by the API, or by somebody who is gone. */
  createdByName: string | null;
  createdAt: Date;
}

const storedParams = z.record(z.string(), z.unknown());

/** The newest first. A preset has none: it is code. */
export async function listVersions(
  db: Db,
  { applicationId, family, definition }: TemplateKey,
): Promise<Result<ListedVersion[], Failure>> {
  const template = await db.template.findFirst({
    where: { applicationId, family, definition, deletedAt: null },
    select: {
      versions: {
        orderBy: { version: "desc" },
        take: VERSIONS_SHOWN_MAX,
        include: { createdBy: { select: { name: true } } },
      },
    },
  });
  if (template === null) return fail({ code: "TEMPLATE_NOT_FOUND", detail: `${family} ${definition}` });
  return ok(
    template.versions.map(({ templateId: _, createdById: __, createdBy, params, ...version }) => ({
      ...version,
      params: storedParams.parse(params),
      createdByName: createdBy?.name ?? null,
    })),
  );
}
