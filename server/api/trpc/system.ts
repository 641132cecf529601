import { isAlive } from "../health.ts";
import type { SystemStatus } from "../rows.ts";
import { router, viewer } from "../trpc.ts";

export const systemRouter = router({
  status: viewer.query(async ({ ctx }): Promise<SystemStatus> => {
    const workers = await ctx.db.worker.findMany({ orderBy: [{ startedAt: "desc" }, { id: "asc" }], take: 100 });
    return {
      workers: workers.map((worker) => {
        const { id, host, concurrency, ffmpegVersion, startedAt } = worker;
        return { id, host, concurrency, ffmpegVersion, startedAt, alive: isAlive(worker, new Date()) };
      }),
    };
  }),
});
