import type { Env } from "../env.ts";
import type { FileLinks } from "../files/file-links.ts";
import { absoluteUrl } from "./context.ts";

/** What makes addresses of files. */
export interface Site {
  env: Pick<Env, "PUBLIC_URL">;
  links: FileLinks;
}

export function fileUrl({ env, links }: Site, storageKey: string): string {
  return absoluteUrl(env, links.url(storageKey));
}
