import { z } from "zod";
import { changeKey, deleteKey } from "../../api-keys/change-key.ts";
import { createKey, rotateKey } from "../../api-keys/create-key.ts";
import type { KeyPair } from "../../api-keys/key-pair.ts";
import { listKeys } from "../../api-keys/list-keys.ts";
import { listApplications } from "../../applications/list-applications.ts";
import { unwrap } from "../failure-error.ts";
import type { ApiKeyList } from "../rows.ts";
import { admin, operator, router } from "../trpc.ts";

const id = z.string().min(1).max(128);
const newKey = z.strictObject({ name: z.string().trim().min(1).max(64), applicationId: z.int().min(1) });

export const apiKeysRouter = router({
  list: operator.query(async ({ ctx }): Promise<ApiKeyList> => {
    const { env, db, me } = ctx;
    const keys = await listKeys(db, me.application.id);
    const applications = await listApplications(db, me.application.id);
    return {
      keys: keys.map((key) => ({ ...key, fromEnvironment: key.id === env.API_SECRET_ID })),
      applications: applications.map(({ id, name }) => ({ id, name })),
      endpoint: new URL(env.PUBLIC_URL).origin,
    };
  }),
  create: admin
    .input(newKey)
    .mutation(async ({ ctx, input }): Promise<KeyPair> => unwrap(await createKey(ctx.db, keeperOf(ctx), input))),
  rotate: admin
    .input(z.strictObject({ id }))
    .mutation(async ({ ctx, input }): Promise<KeyPair> => unwrap(await rotateKey(ctx.db, keeperOf(ctx), input.id))),
  change: admin
    .input(z.strictObject({ id, enabled: z.boolean() }))
    .mutation(async ({ ctx, input: { id, ...change } }) =>
      unwrap(await changeKey(ctx.db, ctx.me.application.id, id, change)),
    ),
  remove: admin
    .input(z.strictObject({ id }))
    .mutation(async ({ ctx, input }) => unwrap(await deleteKey(ctx.db, ctx.me.application.id, input.id))),
});

function keeperOf({
  me,
  env,
}: {
  me: { user: { id: string }; application: { id: number } };
  env: { SECRET_KEY: string };
}) {
  return { applicationId: me.application.id, createdById: me.user.id, secretKey: env.SECRET_KEY };
}
