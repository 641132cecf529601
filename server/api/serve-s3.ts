/**
 * The object endpoint: as much of S3's protocol as clients need to send one object, in one piece or in many. A temporary
 * credential opens the files of one upload and nothing else; after its end, or once the upload is committed, not even these.
 */

import type { Logger } from "pino";
import { ASSET_BYTES_MAX } from "#domain/asset.ts";
import { newId } from "#domain/id.ts";
import type { Upload } from "../../prisma/generated/client.ts";
import type { Db } from "../db/client.ts";
import { readBody } from "../s3/read-body.ts";
import { S3Error } from "../s3/s3-error.ts";
import { ChunkSigner, isSignedWith, readClaim, UNSIGNED_PAYLOAD } from "../s3/signature.ts";
import { type NamedPart, readCompletion, xmlOf } from "../s3/xml.ts";
import { bucketOf, objectPath } from "../uploads/apply-upload.ts";
import { etagOf, OBJECT_NAMES, type ObjectFiles, type ObjectName, type StoredPart } from "../uploads/object-files.ts";
import type { UploadCredentials } from "../uploads/upload-credentials.ts";
import { carryLength } from "./content-length.ts";
import { smallBody } from "./small-body.ts";

export const S3_PATH = "/s3";
const MEDIA_BYTES_MAX = 1024 ** 4;
const COMPLETION_BYTES_MAX = 4 * 1024 ** 2;
const PART_NUMBER_MAX = 10_000;
const PARTS_LISTED_MAX = 1_000;

interface S3Services {
  db: Db;
  objects: ObjectFiles;
  credentials: UploadCredentials;
  log: Logger;
}

/** What a request may work on, and how its body is signed. */
interface Opened {
  upload: Upload;
  name: ObjectName;
  bucket: string;
  key: string;
  payloadHash: string;
  signer: ChunkSigner | null;
}

export async function serveS3(request: Request, services: S3Services, now: Date = new Date()): Promise<Response> {
  if (request.method === "OPTIONS") return withCors(new Response(null, { status: 204 }), request);
  try {
    const opened = await open(request, services, now);
    return withCors(await answer(request, services, opened), request);
  } catch (error) {
    if (!(error instanceof S3Error)) services.log.error({ err: error }, "The object endpoint broke");
    const said = error instanceof S3Error ? error : new S3Error("InternalError", "Something went wrong on our side.");
    return withCors(refuse(said, request), request);
  }
}

/** A request that shows no valid credential learns nothing: neither what exists nor what is wrong with its secret. */
async function open(request: Request, { db, credentials }: S3Services, now: Date): Promise<Opened> {
  const url = new URL(request.url);
  const [bucket = "", ...rest] = url.pathname.slice(S3_PATH.length + 1).split("/");
  const key = rest.join("/");
  const token = url.searchParams.get("token");
  const allowed =
    token === null ? bySignature(request, url, credentials, now) : byToken(request, key, token, credentials);
  if (allowed.expiresAt <= now) throw new S3Error("ExpiredToken", "The credential has expired.");
  const upload = await db.upload.findFirst({
    where: { id: allowed.uploadId, state: "receiving", origin: { in: ["server", "client"] } },
  });
  if (upload === null) throw new S3Error("AccessDenied", "The upload has ended.");
  const name = OBJECT_NAMES.find((one) => objectPath(upload, one) === key);
  if (name === undefined || bucket !== bucketOf(upload.applicationId)) {
    throw new S3Error("AccessDenied", "The credential is for another object.");
  }
  return { upload, name, bucket, key, payloadHash: allowed.payloadHash, signer: allowed.signer };
}

type Allowed = { uploadId: string; expiresAt: Date } & Pick<Opened, "payloadHash" | "signer">;

function byToken(request: Request, key: string, token: string, credentials: UploadCredentials): Allowed {
  const opened = credentials.openPutToken(token, key);
  if (opened === null || (request.method !== "PUT" && request.method !== "HEAD")) {
    throw new S3Error("AccessDenied", "This address is for one PUT of one object.");
  }
  return { ...opened, payloadHash: UNSIGNED_PAYLOAD, signer: null };
}

function bySignature(request: Request, url: URL, credentials: UploadCredentials, now: Date): Allowed {
  const signed = { method: request.method, url, headers: request.headers };
  const claim = readClaim(signed, now);
  if (claim === null) throw new S3Error("AccessDenied", "The request is not signed.");
  const grant = credentials.open(claim.accessKeyId, claim.sessionToken);
  if (grant === null)
    throw new S3Error("InvalidAccessKeyId", "There is no such access key, or its session token is missing.");
  if (!isSignedWith(grant.secretKey, signed, claim)) {
    throw new S3Error("SignatureDoesNotMatch", "The request is not signed with this access key's secret.");
  }
  return { ...grant, payloadHash: claim.payloadHash, signer: new ChunkSigner(grant.secretKey, claim) };
}

async function answer(request: Request, services: S3Services, opened: Opened): Promise<Response> {
  const { objects } = services;
  const { upload, name } = opened;
  const query = new URL(request.url).searchParams;
  const multipartId = query.get("uploadId");
  if (multipartId === null) {
    if (request.method === "PUT" && !query.has("partNumber")) return put(request, services, opened);
    if (request.method === "HEAD") return head(services, opened);
    if (request.method === "POST" && query.has("uploads")) {
      const UploadId = await objects.beginMultipart(upload.id, name);
      return xml("InitiateMultipartUploadResult", { Bucket: opened.bucket, Key: opened.key, UploadId });
    }
    throw new S3Error("MethodNotAllowed", "This endpoint takes objects, and gives none.");
  }
  const known = await objects.hasMultipart(upload.id, name, multipartId);
  if (request.method === "POST") return complete(request, services, opened, multipartId);
  if (!known) throw new S3Error("NoSuchUpload", "There is no such multipart upload.");
  switch (request.method) {
    case "PUT":
      return putPart(request, services, opened, { multipartId, number: partNumberOf(query) });
    case "GET":
      return listParts(services, opened, multipartId, query);
    case "DELETE":
      await objects.abortMultipart(upload.id, name, multipartId);
      return new Response(null, { status: 204 });
    default:
      throw new S3Error("MethodNotAllowed", "A multipart upload does not know this method.");
  }
}

async function put(request: Request, services: S3Services, opened: Opened): Promise<Response> {
  const body = await receive(request, services, opened);
  const { etag } = await services.objects.put(opened.upload.id, opened.name, body);
  return new Response(null, { headers: { ETag: `"${etag}"`, ...Object.fromEntries(body.checksums) } });
}

async function putPart(
  request: Request,
  services: S3Services,
  opened: Opened,
  part: { multipartId: string; number: number },
): Promise<Response> {
  const body = await receive(request, services, opened);
  const { etag } = await services.objects.putPart(opened.upload.id, opened.name, part, body);
  return new Response(null, { headers: { ETag: `"${etag}"`, ...Object.fromEntries(body.checksums) } });
}

async function receive(request: Request, { objects }: S3Services, { name, payloadHash, signer }: Opened) {
  if (request.headers.has("x-amz-copy-source")) throw new S3Error("NotImplemented", "Nothing is copied here.");
  const bytesMax = name === "cover" ? ASSET_BYTES_MAX : MEDIA_BYTES_MAX;
  const body = readBody(request, { bytesMax, payloadHash, signer });
  await requireRoom(objects, body.sizeBytes);
  return body;
}

async function head({ objects }: S3Services, { upload, name }: Opened): Promise<Response> {
  const found = await objects.find(upload.id, name);
  // An answer to HEAD has no body, so the status has to say it all.
  if (found === null) return new Response(null, { status: 404 });
  return carryLength(
    new Response(null, {
      headers: {
        ...{ "Content-Length": String(found.sizeBytes), "Content-Type": "application/octet-stream" },
        ...{ ETag: `"${found.etag}"`, "Last-Modified": found.modifiedAt.toUTCString() },
      },
    }),
  );
}

async function complete(
  request: Request,
  { objects }: S3Services,
  { upload, name, bucket, key }: Opened,
  multipartId: string,
): Promise<Response> {
  const body = await smallBody(request, COMPLETION_BYTES_MAX);
  if (body === null) throw new S3Error("MalformedXML", "The list of parts is too long.");
  const named = readCompletion(body.toString("utf8"));
  const result = (etag: string) => {
    const Location = new URL(request.url).pathname;
    return xml("CompleteMultipartUploadResult", { Location, Bucket: bucket, Key: key, ETag: `"${etag}"` });
  };
  if (!(await objects.hasMultipart(upload.id, name, multipartId))) {
    // Asked again, as the answer got lost.
    const there = await objects.find(upload.id, name);
    if (there === null || there.etag !== etagOf(named))
      throw new S3Error("NoSuchUpload", "There is no such multipart upload.");
    return result(there.etag);
  }
  const parts = chooseParts(await objects.parts(upload.id, name, multipartId), named);
  const sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
  if (sizeBytes > (name === "cover" ? ASSET_BYTES_MAX : MEDIA_BYTES_MAX)) {
    throw new S3Error("EntityTooLarge", "The object is larger than allowed.");
  }
  await requireRoom(objects, sizeBytes);
  const { etag } = await objects.joinParts(upload.id, name, multipartId, parts);
  return result(etag);
}

function chooseParts(sent: readonly StoredPart[], named: readonly NamedPart[]): StoredPart[] {
  return named.map(({ number, etag }, index) => {
    if (number <= (named[index - 1]?.number ?? 0)) throw new S3Error("InvalidPartOrder", "The parts are not in order.");
    const part = sent.find((one) => one.number === number);
    if (part === undefined || part.etag !== etag) throw new S3Error("InvalidPart", `Part ${number} was not sent so.`);
    return part;
  });
}

async function listParts(
  { objects }: S3Services,
  { upload, name, bucket, key }: Opened,
  UploadId: string,
  query: URLSearchParams,
): Promise<Response> {
  const after = Number(query.get("part-number-marker") ?? 0);
  const MaxParts = Math.min(PARTS_LISTED_MAX, Number(query.get("max-parts") ?? PARTS_LISTED_MAX) || PARTS_LISTED_MAX);
  const all = (await objects.parts(upload.id, name, UploadId)).filter(({ number }) => number > after);
  const listed = all.slice(0, MaxParts);
  return xml("ListPartsResult", {
    ...{ Bucket: bucket, Key: key, UploadId, MaxParts, PartNumberMarker: after },
    ...{ NextPartNumberMarker: listed.at(-1)?.number ?? 0, IsTruncated: listed.length < all.length },
    Part: listed.map(({ number, etag, sizeBytes, modifiedAt }) => {
      return { PartNumber: number, LastModified: modifiedAt.toISOString(), ETag: `"${etag}"`, Size: sizeBytes };
    }),
  });
}

async function requireRoom(objects: ObjectFiles, sizeBytes: number): Promise<void> {
  if (sizeBytes > (await objects.freeBytes())) throw new S3Error("InsufficientStorage", "There is no room for this.");
}

function partNumberOf(query: URLSearchParams): number {
  const text = query.get("partNumber") ?? "";
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > PART_NUMBER_MAX)
    throw new S3Error("InvalidArgument", "Parts are numbered from 1 to 10000.");
  return number;
}

function xml(root: string, content: Record<string, unknown>, status = 200): Response {
  return new Response(xmlOf(root, content), { status, headers: { "Content-Type": "application/xml" } });
}

function refuse({ code, message, status }: S3Error, request: Request): Response {
  if (request.method === "HEAD") return new Response(null, { status });
  const Resource = new URL(request.url).pathname;
  return xml("Error", { Code: code, Message: message, Resource, RequestId: newId() }, status);
}

/** Pages of any origin may send here: what opens an object is its credential, never a cookie. */
function withCors(response: Response, request: Request): Response {
  const { headers } = response;
  headers.set("Cache-Control", "no-store");
  headers.set("Access-Control-Allow-Origin", "*");
  headers.set("Access-Control-Expose-Headers", "ETag, x-amz-request-id");
  if (request.method === "OPTIONS") {
    headers.set("Access-Control-Allow-Methods", "GET, HEAD, PUT, POST, DELETE");
    headers.set("Access-Control-Allow-Headers", request.headers.get("access-control-request-headers") ?? "*");
    headers.set("Access-Control-Max-Age", "3600");
  }
  return response;
}
