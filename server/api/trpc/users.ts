import { z } from "zod";
import { Role } from "../../../prisma/generated/enums.ts";
import { createUser } from "../../users/create-user.ts";
import { removeUser } from "../../users/remove-user.ts";
import { setRole } from "../../users/set-role.ts";
import { unwrap } from "../failure-error.ts";
import type { UserRow } from "../rows.ts";
import { admin, router } from "../trpc.ts";

const id = z.string().min(1).max(100);
const role = z.enum(Role);
export const newUser = z.strictObject({
  name: z.string().trim().min(1).max(100),
  email: z.email().max(254),
  password: z.string().min(8).max(128),
  role,
});

export const usersRouter = router({
  list: admin.query(
    ({ ctx }): Promise<UserRow[]> =>
      ctx.db.user.findMany({
        where: { applicationId: ctx.me.application.id },
        orderBy: [{ createdAt: "asc" }, { id: "asc" }],
        select: { id: true, name: true, email: true, role: true, createdAt: true },
      }),
  ),
  create: admin
    .input(newUser)
    .mutation(async ({ ctx, input }) =>
      unwrap(await createUser(ctx.db, { ...input, applicationId: ctx.me.application.id })),
    ),
  setRole: admin
    .input(z.strictObject({ id, role }))
    .mutation(async ({ ctx, input }) => unwrap(await setRole(ctx.db, ctx.me.application.id, input.id, input.role))),
  remove: admin
    .input(z.strictObject({ id }))
    .mutation(async ({ ctx, input }) => unwrap(await removeUser(ctx.db, ctx.me.application.id, input.id))),
});
