import { z } from "zod";
import { Role } from "../../../prisma/generated/enums.ts";
import type { UserRow } from "../rows.ts";
import { admin, router } from "../trpc.ts";
import { unbuilt } from "./unbuilt.ts";

const userId = z.string().min(1).max(100);
const role = z.enum(Role);
export const newUser = z.strictObject({
  name: z.string().trim().min(1).max(100),
  email: z.email().max(254),
  password: z.string().min(8).max(128),
  role,
});

export const usersRouter = router({
  list: admin.query(() => unbuilt<UserRow[]>()),
  create: admin.input(newUser).mutation(() => unbuilt<{ id: string }>()),
  setRole: admin.input(z.strictObject({ id: userId, role })).mutation(() => unbuilt<void>()),
  remove: admin.input(z.strictObject({ id: userId })).mutation(() => unbuilt<void>()),
});
