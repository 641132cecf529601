import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AssetInfo, AssetKind } from "#domain/asset.ts";
import type { Failure } from "#domain/error.ts";
import { newId } from "#domain/id.ts";
import { ok, type Result } from "#domain/result.ts";
import type { Db } from "../db/client.ts";
import { assetKey } from "../storage/layout.ts";
import type { Store } from "../storage/store.ts";
import { examineAsset } from "./examine-asset.ts";

export interface NewAsset {
  applicationId: number;
  kind: AssetKind;
  name: string;
  bytes: Buffer;
  createdById: string | null;
}

export interface CreatedAsset {
  id: string;
  name: string;
  storageKey: string;
  info: AssetInfo;
}

/** Stored before it is known: a crash in between leaves a file that nobody refers to, never a row without a file. */
export async function createAsset(
  db: Db,
  store: Store,
  { kind, bytes, ...columns }: NewAsset,
): Promise<Result<CreatedAsset, Failure>> {
  const examined = await examineAsset(kind, bytes);
  if (!examined.ok) return examined;
  const { info } = examined.value;
  const { applicationId, name } = columns;
  const id = newId();
  const storageKey = assetKey({ applicationId, id }, info.format);
  const folder = await mkdtemp(join(tmpdir(), "reelflow-asset-"));
  try {
    const path = join(folder, id);
    await writeFile(path, examined.value.bytes);
    await store.putFile(path, storageKey);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  await db.asset.create({ data: { ...columns, id, storageKey, sizeBytes: examined.value.bytes.length, info } });
  return ok({ id, name, storageKey, info });
}
