import { apiKeysRouter } from "./trpc/api-keys.ts";
import { assetsRouter } from "./trpc/assets.ts";
import { categoriesRouter } from "./trpc/categories.ts";
import { eventsRouter } from "./trpc/events.ts";
import { liveRouter } from "./trpc/live.ts";
import { mediaRouter } from "./trpc/media.ts";
import { pipelinesRouter } from "./trpc/pipelines.ts";
import { plansRouter } from "./trpc/plans.ts";
import { proceduresRouter } from "./trpc/procedures.ts";
import { referenceRouter } from "./trpc/reference.ts";
import { sessionRouter } from "./trpc/session.ts";
import { setupRouter } from "./trpc/setup.ts";
import { systemRouter } from "./trpc/system.ts";
import { tasksRouter } from "./trpc/tasks.ts";
import { templatesRouter } from "./trpc/templates.ts";
import { trialsRouter } from "./trpc/trials.ts";
import { uploadsRouter } from "./trpc/uploads.ts";
import { usersRouter } from "./trpc/users.ts";
import { createCallerFactory, router } from "./trpc.ts";

export const appRouter = router({
  apiKeys: apiKeysRouter,
  assets: assetsRouter,
  categories: categoriesRouter,
  events: eventsRouter,
  live: liveRouter,
  media: mediaRouter,
  pipelines: pipelinesRouter,
  plans: plansRouter,
  procedures: proceduresRouter,
  reference: referenceRouter,
  session: sessionRouter,
  setup: setupRouter,
  system: systemRouter,
  tasks: tasksRouter,
  templates: templatesRouter,
  trials: trialsRouter,
  uploads: uploadsRouter,
  users: usersRouter,
});
export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
