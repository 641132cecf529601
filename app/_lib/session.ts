import { headers } from "next/headers";
import { cache } from "react";
import { currentMe as meOf } from "#server/api/web.ts";

/** Who asks for this page; looked up once a request, however many parts of the page want to know. */
export const currentMe = cache(async () => meOf(await headers()));
