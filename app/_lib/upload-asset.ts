import { z } from "zod";
import { type AssetKind, assetInfo } from "#domain/asset.ts";
import { ERROR_CODES, type Failure } from "#domain/error.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { AssetRow } from "#server/api/rows.ts";

const row = z.object({ id: z.string(), name: z.string(), info: assetInfo, url: z.string() });
const failure = z.object({ code: z.enum(ERROR_CODES), detail: z.string() });

/** Stores a small file. Rejects when the server cannot be reached or answers what is not ours. */
export async function uploadAsset(kind: AssetKind, file: File): Promise<Result<AssetRow, Failure>> {
  const query = new URLSearchParams({ kind, name: file.name });
  const response = await fetch(`/api/assets?${query}`, { method: "POST", body: file });
  const answer: unknown = await response.json();
  return response.ok ? ok(row.parse(answer)) : fail(failure.parse(answer));
}
