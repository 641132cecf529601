import { type TrackedEnvelope, tracked } from "@trpc/server";
import type { LiveChange } from "../rows.ts";
import { router, viewer } from "../trpc.ts";

export const liveRouter = router({
  /** Everything that happens in the application, while it happens. */
  changes: viewer.subscription(async function* ({ ctx, signal }): AsyncGenerator<TrackedEnvelope<LiveChange>> {
    const ended = AbortSignal.any([ctx.stopping, ...(signal === undefined ? [] : [signal])]);
    let number = 0;
    for await (const change of ctx.live.subscribe(ctx.me.application.id, ended)) {
      number += 1;
      yield tracked(String(number), change);
    }
  }),
});
