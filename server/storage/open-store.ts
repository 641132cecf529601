import { fileURLToPath } from "node:url";
import type { Env } from "../env.ts";
import { FolderStore } from "./folder-store.ts";
import type { Store } from "./store.ts";

/** The store STORAGE_URL names. Its scheme decides the kind; env.ts lets pass only those that exist. */
export function openStore(env: Pick<Env, "STORAGE_URL">): Store {
  return new FolderStore(fileURLToPath(env.STORAGE_URL));
}
