/** The event actions of the API. */
import { z } from "zod";
import { EVENTS_PER_PULL } from "../../domain/notification.ts";
import { ok } from "../../domain/result.ts";
import { EndpointSecrets } from "../../events/endpoint-secrets.ts";
import { modifyEventConfig, readEventConfig } from "../../events/event-config.ts";
import { confirmEvents, pullEvents, readPullQueue } from "../../events/pull-events.ts";
import { action } from "../action.ts";
import { pulledEvent } from "./envelope.ts";

const ExtInfo = z.string().optional();

export const pullEventsAction = action({
  name: "PullEvents",
  request: z.object({ ExtInfo }),
  handle: async ({ db, live, signal, applicationId }) => {
    const events = await pullEvents({ db, live, signal }, applicationId);
    return ok({ EventSet: events.map(({ content, handle }) => pulledEvent(content, handle)) });
  },
});

export const confirmEventsAction = action({
  name: "ConfirmEvents",
  request: z.object({ EventHandles: z.array(z.string().max(200)).min(1).max(EVENTS_PER_PULL), ExtInfo }),
  handle: async ({ db, applicationId }, { EventHandles }) => {
    const confirmed = await confirmEvents(db, applicationId, EventHandles);
    return confirmed.ok ? ok({}) : confirmed;
  },
});

export const describeEventsState = action({
  name: "DescribeEventsState",
  request: z.object({}),
  handle: async ({ db, applicationId }) => ok({ CountOfEventsToPull: (await readPullQueue(db, applicationId)).count }),
});

const MODES = { PUSH: "push", PULL: "pull" } as const;
const onOff = z.enum(["ON", "OFF"]).transform((value) => value === "ON");
const switchOf = (on: boolean) => (on ? "ON" : "OFF");

export const describeEventConfig = action({
  name: "DescribeEventConfig",
  request: z.object({}),
  handle: async ({ db, applicationId }) => {
    const config = await readEventConfig(db, applicationId);
    return ok({
      Mode: config.mode === "pull" ? "PULL" : "PUSH",
      NotificationUrl: config.notificationUrl,
      UploadMediaCompleteEventSwitch: switchOf(config.tellsUploads),
      DeleteMediaCompleteEventSwitch: switchOf(config.tellsDeletions),
      PersistenceCompleteEventSwitch: switchOf(config.tellsPersistence),
    });
  },
});

export const modifyEventConfigAction = action({
  name: "ModifyEventConfig",
  request: z.object({
    Mode: z.enum(["PUSH", "PULL"]).optional(),
    /** Empty: no address any more. */
    NotificationUrl: z.string().max(2_000).optional(),
    UploadMediaCompleteEventSwitch: onOff.optional(),
    DeleteMediaCompleteEventSwitch: onOff.optional(),
    PersistenceCompleteEventSwitch: onOff.optional(),
    SignKey: z
      .string()
      .regex(/^[0-9A-Za-z]{0,32}$/)
      .optional(),
  }),
  codes: {
    OUTBOUND_URL_INVALID: "InvalidParameterValue",
    OUTBOUND_REFUSED: "InvalidParameterValue",
  },
  handle: async ({ db, env, applicationId }, input) => {
    const secrets = new EndpointSecrets(env.SECRET_KEY);
    const modified = await modifyEventConfig({ db, secrets, allow: env.OUTBOUND_ALLOW }, applicationId, {
      ...(input.Mode === undefined ? {} : { mode: MODES[input.Mode] }),
      ...(input.NotificationUrl === undefined ? {} : { notificationUrl: input.NotificationUrl }),
      ...(input.SignKey === undefined ? {} : { signKey: input.SignKey }),
      ...(input.UploadMediaCompleteEventSwitch === undefined
        ? {}
        : { tellsUploads: input.UploadMediaCompleteEventSwitch }),
      ...(input.DeleteMediaCompleteEventSwitch === undefined
        ? {}
        : { tellsDeletions: input.DeleteMediaCompleteEventSwitch }),
      ...(input.PersistenceCompleteEventSwitch === undefined
        ? {}
        : { tellsPersistence: input.PersistenceCompleteEventSwitch }),
    });
    return modified.ok ? ok({}) : modified;
  },
});
