import { z } from "zod";
import { anyone, router } from "../trpc.ts";
import { unbuilt } from "./unbuilt.ts";
import { newUser } from "./users.ts";

export const setupRouter = router({
  status: anyone.query(() => unbuilt<{ open: boolean }>()),
  createAdmin: anyone
    .input(newUser.omit({ role: true }).extend({ token: z.string().max(200) }))
    .mutation(() => unbuilt<void>()),
});
