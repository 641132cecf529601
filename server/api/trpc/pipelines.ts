import { z } from "zod";
import type { PipelineRow } from "../rows.ts";
import { admin, router, viewer } from "../trpc.ts";
import { unbuilt } from "./unbuilt.ts";

export const pipelinesRouter = router({
  list: viewer.query(() => unbuilt<PipelineRow[]>()),
  update: admin
    .input(
      z.strictObject({
        id: z.int().min(1),
        capacity: z.int().min(1).max(1_000).optional(),
        paused: z.boolean().optional(),
      }),
    )
    .mutation(() => unbuilt<void>()),
});
