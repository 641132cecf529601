import { z } from "zod";
import { DELIVERY_STATES, EVENT_MODES, NOTIFICATION_KINDS } from "#domain/notification.ts";
import { checkSignature, signatureInput } from "../../events/check-signature.ts";
import { EndpointSecrets } from "../../events/endpoint-secrets.ts";
import {
  createEndpoint,
  deleteEndpoint,
  endPreviousSecret,
  endpointInput,
  listEndpoints,
  rotateSecret,
  testEndpoint,
  updateEndpoint,
} from "../../events/endpoints.ts";
import { modifyEventConfig, readEventConfig } from "../../events/event-config.ts";
import { listDeliveries } from "../../events/list-deliveries.ts";
import { readPullQueue } from "../../events/pull-events.ts";
import { countResend, RESEND_MAX, resendMatching, resendOne } from "../../events/resend.ts";
import { cursor, endOf } from "../cursor.ts";
import { readDelivery, readDeliveryRows } from "../delivery-rows.ts";
import { unwrap } from "../failure-error.ts";
import type { DeliveryDetail, DeliveryRow, EndpointRow, Page } from "../rows.ts";
import type { Services } from "../services.ts";
import { admin, operator, router, viewer } from "../trpc.ts";

const id = z.string().min(1).max(64);
const key = z.strictObject({ id });

const filter = z.strictObject({
  kinds: z.array(z.enum(NOTIFICATION_KINDS)).optional(),
  states: z.array(z.enum(DELIVERY_STATES)).optional(),
  receiver: id.optional(),
  taskId: id.optional(),
  createdAfter: z.date().optional(),
  createdBefore: z.date().optional(),
});
const listInput = filter.extend({
  cursor: cursor.nullish(),
  limit: z.int().min(1).max(100).default(50),
});
const configInput = z.strictObject({
  mode: z.enum(EVENT_MODES).optional(),
  tellsUploads: z.boolean().optional(),
  tellsDeletions: z.boolean().optional(),
});

function endpointsOf({ db, env }: Pick<Services, "db" | "env">) {
  return { db, secrets: new EndpointSecrets(env.SECRET_KEY), allow: env.OUTBOUND_ALLOW };
}

export const eventsRouter = router({
  list: viewer.input(listInput).query(async ({ ctx, input }): Promise<Page<DeliveryRow>> => {
    const { cursor: after = null, limit, ...wanted } = input;
    const applicationId = ctx.me.application.id;
    const page = await listDeliveries(ctx.db, applicationId, wanted, { after, limit });
    const ids = page.rows.map((row) => row.id);
    return { items: await readDeliveryRows(ctx.db, applicationId, ids), ...endOf(page) };
  }),
  rows: viewer
    .input(z.strictObject({ ids: z.array(id).max(100) }))
    .query(({ ctx, input }) => readDeliveryRows(ctx.db, ctx.me.application.id, input.ids)),
  get: viewer
    .input(key)
    .query(
      async ({ ctx, input }): Promise<DeliveryDetail> =>
        unwrap(await readDelivery(ctx.db, ctx.me.application.id, input.id)),
    ),
  resend: operator
    .input(key)
    .mutation(async ({ ctx, input }) => unwrap(await resendOne(ctx.db, ctx.me.application.id, input.id))),
  countResend: operator.input(filter).query(async ({ ctx, input }) => ({
    count: await countResend(ctx.db, ctx.me.application.id, input),
    max: RESEND_MAX,
  })),
  resendMatching: operator.input(filter).mutation(async ({ ctx, input }) => ({
    count: await resendMatching(ctx.db, ctx.me.application.id, input),
  })),

  config: viewer.query(async ({ ctx }) => {
    const { mode, tellsUploads, tellsDeletions } = await readEventConfig(ctx.db, ctx.me.application.id);
    return { mode, tellsUploads, tellsDeletions };
  }),
  setConfig: admin.input(configInput).mutation(async ({ ctx, input }) => {
    const { mode, tellsUploads, tellsDeletions } = input;
    unwrap(
      await modifyEventConfig(endpointsOf(ctx), ctx.me.application.id, {
        ...(mode === undefined ? {} : { mode }),
        ...(tellsUploads === undefined ? {} : { tellsUploads }),
        ...(tellsDeletions === undefined ? {} : { tellsDeletions }),
      }),
    );
  }),
  queue: viewer.query(({ ctx }) => readPullQueue(ctx.db, ctx.me.application.id)),

  endpoints: viewer.query(({ ctx }): Promise<EndpointRow[]> => listEndpoints(ctx.db, ctx.me.application.id)),
  createEndpoint: admin
    .input(endpointInput)
    .mutation(async ({ ctx, input }) => unwrap(await createEndpoint(endpointsOf(ctx), ctx.me.application.id, input))),
  updateEndpoint: admin.input(endpointInput.extend({ id })).mutation(async ({ ctx, input }) => {
    const { id, ...change } = input;
    unwrap(await updateEndpoint(endpointsOf(ctx), ctx.me.application.id, id, change));
  }),
  deleteEndpoint: admin
    .input(key)
    .mutation(async ({ ctx, input }) => unwrap(await deleteEndpoint(ctx.db, ctx.me.application.id, input.id))),
  rotateSecret: admin
    .input(key)
    .mutation(async ({ ctx, input }) => unwrap(await rotateSecret(endpointsOf(ctx), ctx.me.application.id, input.id))),
  endPreviousSecret: admin
    .input(key)
    .mutation(async ({ ctx, input }) => unwrap(await endPreviousSecret(ctx.db, ctx.me.application.id, input.id))),
  testEndpoint: operator
    .input(key)
    .mutation(async ({ ctx, input }) => unwrap(await testEndpoint(ctx.db, ctx.me.application.id, input.id))),

  /** A mutation only because of its size: nothing is kept. */
  checkSignature: operator
    .input(signatureInput)
    .mutation(async ({ ctx, input }) => unwrap(await checkSignature(endpointsOf(ctx), ctx.me.application.id, input))),
});
