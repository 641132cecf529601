import type { SystemStatus } from "../rows.ts";
import { router, viewer } from "../trpc.ts";
import { unbuilt } from "./unbuilt.ts";

export const systemRouter = router({
  status: viewer.query(() => unbuilt<SystemStatus>()),
});
