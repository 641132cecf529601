import { type TrackedEnvelope, tracked } from "@trpc/server";
import type { LiveChange } from "../rows.ts";
import { router, viewer } from "../trpc.ts";

export const liveRouter = router({
  /** Everything that happens in the application, while it happens. Begins with "reconnected": read what you show anew. */
  changes: viewer.subscription(async function* ({ ctx, signal }): AsyncGenerator<TrackedEnvelope<LiveChange>> {
    const ended = AbortSignal.any([ctx.stopping, ...(signal === undefined ? [] : [signal])]);
    // Subscribed before the first message goes out, so what is read upon it misses nothing.
    const changes = ctx.live.subscribe(ctx.me.application.id, ended);
    let number = 1;
    yield tracked(String(number), { type: "reconnected" });
    for await (const change of changes) {
      number += 1;
      yield tracked(String(number), change);
    }
  }),
});
