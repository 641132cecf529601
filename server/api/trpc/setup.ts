import { z } from "zod";
import { createFirstAdmin, setupIsOpen } from "../../users/setup.ts";
import { unwrap } from "../failure-error.ts";
import { anyone, router } from "../trpc.ts";
import { newUser } from "./users.ts";

const createInput = newUser.omit({ role: true }).extend({ token: z.string().max(200) });

export const setupRouter = router({
  status: anyone.query(async ({ ctx }) => ({ open: await setupIsOpen(ctx.db) })),
  createAdmin: anyone.input(createInput).mutation(async ({ ctx, input }) => {
    const { token, ...user } = input;
    unwrap(await createFirstAdmin(ctx.db, ctx.env, token, user));
  }),
});
