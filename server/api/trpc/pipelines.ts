import { z } from "zod";
import { listPipelines } from "../../pipelines/list-pipelines.ts";
import { updatePipeline } from "../../pipelines/update-pipeline.ts";
import { unwrap } from "../failure-error.ts";
import type { PipelineRow } from "../rows.ts";
import { admin, router, viewer } from "../trpc.ts";

const updateInput = z.strictObject({
  id: z
    .int()
    .min(1)
    .max(2 ** 31 - 1),
  capacity: z.int().min(1).max(1_000).optional(),
  paused: z.boolean().optional(),
});

export const pipelinesRouter = router({
  list: viewer.query(({ ctx }): Promise<PipelineRow[]> => listPipelines(ctx.db, ctx.me.application.id)),
  update: admin.input(updateInput).mutation(async ({ ctx, input }) => {
    const { id, ...change } = input;
    unwrap(await updatePipeline(ctx.db, ctx.me.application.id, id, change));
  }),
});
