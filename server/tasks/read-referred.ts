import { z } from "zod";
import type { Tx } from "../db/client.ts";
import { assetInfo } from "../domain/asset.ts";
import { mediaInfo } from "../domain/media.ts";
import { referencesOf } from "../domain/references.ts";

const stored = { id: z.string(), storageKey: z.string() };

export const referredFiles = z.array(
  z.discriminatedUnion("of", [
    z.object({ of: z.literal("media"), ...stored, info: mediaInfo }),
    z.object({ of: z.literal("asset"), ...stored, info: assetInfo }),
  ]),
);
export type ReferredFile = z.output<typeof referredFiles>[number];

/** What operations refer to, as far as it exists and can be read; `referredFiles` parses it. What belongs to another application does not. */
export async function readReferred(tx: Tx, applicationId: number, operations: readonly unknown[]) {
  const references = referencesOf(operations);
  const idsOf = (of: "media" | "asset") => references.flatMap((one) => (one.of === of ? one.id : []));
  const [mediaIds, assetIds] = [idsOf("media"), idsOf("asset")];
  const select = { id: true, storageKey: true, info: true };
  const where = (ids: string[]) => ({ applicationId, id: { in: ids } });
  const readable = { deletedAt: null, errorCode: null };
  const media =
    mediaIds.length === 0 ? [] : await tx.media.findMany({ where: { ...where(mediaIds), ...readable }, select });
  const assets = assetIds.length === 0 ? [] : await tx.asset.findMany({ where: where(assetIds), select });
  return [
    ...media.map((row) => ({ of: "media" as const, ...row })),
    ...assets.map((row) => ({ of: "asset" as const, ...row })),
  ];
}
