/** Small files that forms refer to: sent as they are, read back through file links. */
import { z } from "zod";
import { ASSET_BYTES_MAX, ASSET_KINDS } from "#domain/asset.ts";
import { ERRORS, type Failure } from "#domain/error.ts";
import { createAsset } from "../assets/create-asset.ts";
import { displayNameOf } from "../media/begin-upload.ts";
import type { AssetRow, Me } from "./rows.ts";
import { isSameOrigin } from "./same-origin.ts";
import type { Services } from "./services.ts";
import { smallBody } from "./small-body.ts";

const asked = z.strictObject({ kind: z.enum(ASSET_KINDS), name: z.string().min(1).max(1_000) });

/** POST: the body is the file, `?kind=image&name=logo.png` says what it is. Answers the asset's row. */
export async function serveAssets(
  request: Request,
  { db, store, links, env }: Pick<Services, "db" | "store" | "links" | "env">,
  me: Me | null,
): Promise<Response> {
  if (me === null) return refuse({ code: "UNAUTHORIZED", detail: "" });
  if (me.user.role === "viewer") return refuse({ code: "FORBIDDEN", detail: "operator" });
  if (!isSameOrigin(request.headers, env.PUBLIC_URL)) return refuse({ code: "FORBIDDEN", detail: "origin" });
  const parsed = asked.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!parsed.success) {
    return refuse({ code: "INVALID_PARAMETER", detail: parsed.error.issues[0]?.path.join(".") ?? "" });
  }
  const bytes = await smallBody(request, ASSET_BYTES_MAX);
  if (bytes === null) return refuse({ code: "MEDIA_TOO_LARGE", detail: `${ASSET_BYTES_MAX} bytes` });
  const created = await createAsset(db, store, {
    applicationId: me.application.id,
    createdById: me.user.id,
    kind: parsed.data.kind,
    name: displayNameOf(parsed.data.name),
    bytes,
  });
  if (!created.ok) return refuse(created.failure);
  const { id, name, info, storageKey } = created.value;
  return Response.json({ id, name, info, url: links.url(storageKey) } satisfies AssetRow, { status: 201 });
}

function refuse(failure: Failure): Response {
  return Response.json(failure, { status: ERRORS[failure.code].http });
}
