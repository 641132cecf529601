import { z } from "zod";
import { MEDIA_KINDS } from "#domain/media.ts";
import type { MediaDetail, MediaRow, Page } from "../rows.ts";
import { operator, router, viewer } from "../trpc.ts";
import { unbuilt } from "./unbuilt.ts";

const id = z.string().min(1).max(64);

export const mediaRouter = router({
  list: viewer
    .input(
      z.strictObject({
        search: z.string().trim().max(200).optional(),
        kinds: z.array(z.enum(MEDIA_KINDS)).optional(),
        cursor: z.string().max(500).optional(),
        limit: z.int().min(1).max(100).default(30),
      }),
    )
    .query(() => unbuilt<Page<MediaRow>>()),
  get: viewer.input(z.strictObject({ id })).query(() => unbuilt<MediaDetail>()),
  rename: operator
    .input(z.strictObject({ id, name: z.string().trim().min(1).max(200) }))
    .mutation(() => unbuilt<void>()),
  delete: operator.input(z.strictObject({ id })).mutation(() => unbuilt<void>()),
  makeSample: operator.mutation(() => unbuilt<{ uploadId: string }>()),
});
