import { z } from "zod";
import type { VodServices } from "../vod/context.ts";
import { CLIENT_UPLOAD_ACTIONS, type ClientUploadAnswer, clientUpload } from "../vod/uploads/client-upload.ts";
import { smallBody } from "./small-body.ts";

const BODY_BYTES_MAX = 64 * 1024;
const action = z.enum(CLIENT_UPLOAD_ACTIONS);

/** Asked by pages of any site: what lets them in is the signature, and no cookie of ours is looked at. */
const HEADERS = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Methods": "POST",
  "Access-Control-Allow-Headers": "Content-Type",
  "Access-Control-Max-Age": "3600",
  "Cache-Control": "no-store",
};

/** `POST /v3/index.php?Action=…`, where the vendor's browser and app clients call. Whatever goes wrong is said in the frame. */
export async function serveClientUpload(request: Request, services: VodServices): Promise<Response> {
  if (request.method === "OPTIONS") return new Response(null, { status: 204, headers: HEADERS });
  return Response.json(await answer(request, services), { headers: HEADERS });
}

async function answer(request: Request, services: VodServices): Promise<ClientUploadAnswer> {
  const asked = action.safeParse(new URL(request.url).searchParams.get("Action"));
  if (request.method !== "POST" || !asked.success) return refused("There is no such action.");
  const body = await smallBody(request, BODY_BYTES_MAX);
  if (body === null) return refused("The request is larger than 64 KB.");
  const signal = AbortSignal.any([request.signal, services.stopping]);
  try {
    return await clientUpload(asked.data, jsonOf(body), services, signal);
  } catch (error) {
    services.log.error({ err: error, action: asked.data }, "Client upload broke");
    return { code: 1000, message: "Something went wrong on our side.", data: {} };
  }
}

function refused(message: string): ClientUploadAnswer {
  return { code: 1002, message, data: {} };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
