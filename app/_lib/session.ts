import { headers } from "next/headers";
import { cache } from "react";
import { createAuth, whoIs } from "#server/api/auth.ts";
import type { Me } from "#server/api/rows.ts";
import { db } from "#server/db/client.ts";
import { env } from "#server/env.ts";

/** Who asks for this page; looked up once a request, however many parts of the page want to know. */
export const currentMe = cache(async (): Promise<Me | null> => {
  return whoIs(createAuth(db(), env()), db(), await headers());
});
