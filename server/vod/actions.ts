/** Every action of the API. */
import type { Action, Product } from "./action.ts";
import { createSubAppId, describeSubAppIds } from "./applications/sub-apps.ts";
import { applyUpload, commitUpload } from "./uploads/apply-upload.ts";

export const ACTIONS: readonly Action[] = [
  // Uploads
  applyUpload,
  commitUpload,
  // Applications
  describeSubAppIds,
  createSubAppId,
];

const BY_NAME: ReadonlyMap<string, Action> = new Map(ACTIONS.map((one) => [`${one.product} ${one.name}`, one]));

export function findAction(product: Product, name: string): Action | undefined {
  return BY_NAME.get(`${product} ${name}`);
}
