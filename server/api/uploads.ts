/**
 * Uploads by tus: resumable across reloads and restarts. The protocol is the library's; who may do what to which upload,
 * and what happens after the last byte, is decided here.
 */
import { FileStore } from "@tus/file-store";
import { Server, Upload } from "@tus/server";
import { ERRORS, type Failure } from "#domain/error.ts";
import { newId } from "#domain/id.ts";
import { beginUpload } from "../media/begin-upload.ts";
import { completeUpload } from "../media/complete-upload.ts";
import { removeUpload } from "../media/remove-upload.ts";
import type { Me } from "./rows.ts";
import { isSameOrigin } from "./same-origin.ts";
import type { Services } from "./services.ts";

const PATH = "/api/uploads";
const SIZE_BYTES_MAX = 1024 ** 4;
const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"];

type UploadServices = Pick<Services, "db" | "env" | "files" | "store" | "stopping">;

export function createUploads(services: UploadServices): (request: Request, me: Me | null) => Promise<Response> {
  const { db, env, files, stopping } = services;
  /** Whose request the library is working on; its hooks are given the request and nothing else. */
  const askers = new WeakMap<object, Me>();

  const tus = new Server({
    path: PATH,
    relativeLocation: true,
    // Unfinished uploads are swept by when their last byte came, not by when they began: large ones take days.
    datastore: new FileStore({ directory: files.folder, configstore: uploadRows(services) }),
    maxSize: SIZE_BYTES_MAX,
    allowedOrigins: () => false,
    namingFunction: () => newId(),
    // A connection that was cut holds its upload until the library notices; whoever comes back waits this long.
    lockDrainTimeout: 1_000,
    onUploadCreate: async (request, upload) => {
      const me = askers.get(request);
      if (me === undefined) throw refusal({ code: "UNAUTHORIZED", detail: "" });
      if (upload.size === undefined) throw refusal({ code: "INVALID_PARAMETER", detail: "Upload-Length" });
      const begun = await beginUpload(db, files, {
        id: upload.id,
        applicationId: me.application.id,
        createdById: me.user.id,
        sizeBytes: upload.size,
        metadata: upload.metadata ?? {},
      });
      if (!begun.ok) throw refusal(begun.failure);
      return {};
    },
    onUploadFinish: async (_, upload) => {
      const completed = await completeUpload(db, services, upload.id);
      if (!completed.ok) throw refusal(completed.failure);
      return {};
    },
  });

  return async function serveUploads(request, me) {
    if (me === null) return refuse({ code: "UNAUTHORIZED", detail: "" });
    if (me.user.role === "viewer") return refuse({ code: "FORBIDDEN", detail: "operator" });
    const changes = !SAFE_METHODS.includes(request.method);
    if (changes && !isSameOrigin(request.headers, env.PUBLIC_URL))
      return refuse({ code: "FORBIDDEN", detail: "origin" });
    if (stopping.aborted) return comeBack();

    const id = new URL(request.url).pathname.slice(PATH.length + 1);
    if (id !== "") {
      const owner = { applicationId: me.application.id, createdById: me.user.id };
      const upload = await db.upload.findFirst({ where: { id, ...owner, origin: "browser" } });
      if (upload === null) return refuse({ code: "UPLOAD_NOT_FOUND", detail: id });
      if (request.method === "DELETE") {
        const removed = await removeUpload(db, files, owner, id);
        return removed.ok ? new Response(null, { status: 204, headers: TUS_HEADERS }) : refuse(removed.failure);
      }
      // The answer to the last byte got lost: the browser asks how far it came, and must not send everything again.
      if (request.method === "HEAD" && upload.state !== "receiving") return arrivedWhole(upload.sizeBytes);
    }
    askers.set(request, me);
    const { promise: stopped, resolve } = Promise.withResolvers<Response>();
    const onStop = () => resolve(comeBack());
    stopping.addEventListener("abort", onStop, { once: true });
    try {
      return await Promise.race([tus.handleWeb(request), stopped]);
    } finally {
      stopping.removeEventListener("abort", onStop);
    }
  };
}

/** The library's metadata store, on the rows that exist anyway; so there is one truth about an upload. */
function uploadRows({ db }: UploadServices) {
  return {
    get: async (id: string): Promise<Upload | undefined> => {
      const row = await db.upload.findUnique({ where: { id } });
      if (row === null) return undefined;
      return new Upload({
        id,
        size: Number(row.sizeBytes),
        offset: 0,
        metadata: { filename: row.fileName },
        creation_date: row.createdAt.toISOString(),
      });
    },
    // Written by beginUpload, before the library comes to it.
    set: async () => undefined,
    delete: async () => undefined,
  };
}

const TUS_HEADERS = { "Tus-Resumable": "1.0.0", "Cache-Control": "no-store" };

function arrivedWhole(sizeBytes: bigint): Response {
  const size = String(sizeBytes);
  return new Response(null, { headers: { ...TUS_HEADERS, "Upload-Offset": size, "Upload-Length": size } });
}

/** The server is about to stop. What arrived is kept; clients take 503 for "try again". */
function comeBack(): Response {
  return new Response(null, { status: 503, headers: { ...TUS_HEADERS, Connection: "close", "Retry-After": "2" } });
}

function refuse(failure: Failure): Response {
  return Response.json(failure, { status: ERRORS[failure.code].http, headers: TUS_HEADERS });
}

/** What the library's hooks throw to answer something else. */
function refusal(failure: Failure): { status_code: number; body: string } {
  return { status_code: ERRORS[failure.code].http, body: JSON.stringify(failure) };
}
