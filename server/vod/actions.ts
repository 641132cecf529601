/** Every action of the API. */
import type { Action, Product } from "./action.ts";
import { createSubAppId, describeSubAppIds } from "./applications/sub-apps.ts";
import {
  confirmEventsAction,
  describeEventConfig,
  describeEventsState,
  modifyEventConfigAction,
  pullEventsAction,
} from "./events/event-actions.ts";

export const ACTIONS: readonly Action[] = [
  // Applications
  describeSubAppIds,
  createSubAppId,
  // Events
  pullEventsAction,
  confirmEventsAction,
  describeEventsState,
  describeEventConfig,
  modifyEventConfigAction,
];

const BY_NAME: ReadonlyMap<string, Action> = new Map(ACTIONS.map((one) => [`${one.product} ${one.name}`, one]));

export function findAction(product: Product, name: string): Action | undefined {
  return BY_NAME.get(`${product} ${name}`);
}
