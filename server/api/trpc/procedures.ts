import { z } from "zod";
import { procedureName, step } from "#domain/procedure.ts";
import type { ProcedureRow } from "../rows.ts";
import { operator, router, viewer } from "../trpc.ts";
import { unbuilt } from "./unbuilt.ts";

const name = z.string().min(1).max(200);
const fields = { comment: z.string().trim().max(256).default(""), steps: z.array(step).min(1).max(50) };

export const proceduresRouter = router({
  list: viewer.query(() => unbuilt<ProcedureRow[]>()),
  get: viewer.input(z.strictObject({ name })).query(() => unbuilt<ProcedureRow>()),
  create: operator.input(z.strictObject({ name: procedureName, ...fields })).mutation(() => unbuilt<void>()),
  /** `version` is the one that was edited: when another has been saved since, this one is refused (STATE_MOVED). */
  update: operator
    .input(z.strictObject({ name, version: z.int().min(1), ...fields }))
    .mutation(() => unbuilt<{ version: number }>()),
  delete: operator.input(z.strictObject({ name })).mutation(() => unbuilt<void>()),
});
