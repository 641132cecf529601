import { z } from "zod";
import type { UploadRow } from "../rows.ts";
import { operator, router } from "../trpc.ts";
import { unbuilt } from "./unbuilt.ts";

const id = z.string().min(1).max(64);

export const uploadsRouter = router({
  list: operator.query(() => unbuilt<UploadRow[]>()),
  complete: operator.input(z.strictObject({ id })).mutation(() => unbuilt<UploadRow>()),
  remove: operator.input(z.strictObject({ id })).mutation(() => unbuilt<void>()),
});
