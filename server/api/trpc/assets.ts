import { z } from "zod";
import { assetInfo } from "#domain/asset.ts";
import { trpcErrorOf } from "../failure-error.ts";
import type { AssetRow } from "../rows.ts";
import { router, viewer } from "../trpc.ts";

export const assetsRouter = router({
  get: viewer
    .input(z.strictObject({ id: z.string().min(1).max(64) }))
    .query(async ({ ctx, input }): Promise<AssetRow> => {
      const row = await ctx.db.asset.findFirst({ where: { id: input.id, applicationId: ctx.me.application.id } });
      if (row === null) throw trpcErrorOf({ code: "ASSET_NOT_FOUND", detail: input.id });
      const { id, name, storageKey } = row;
      return { id, name, info: assetInfo.parse(row.info), url: ctx.links.url(storageKey) };
    }),
});
