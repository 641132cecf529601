import { anyone, router } from "../trpc.ts";

export const sessionRouter = router({
  me: anyone.query(({ ctx }) => ctx.me),
});
