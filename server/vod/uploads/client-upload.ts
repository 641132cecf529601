/**
 * The upload of a client that holds a signature: leave to send a file, and word that it has been sent, in the frames that the
 * vendor's browser and app clients read. Its own words for what went wrong are numbers; only 1001 has a meaning there.
 */
import { createHmac } from "node:crypto";
import { z } from "zod";
import type { KeyRing, OpenKey } from "../../api-keys/key-ring.ts";
import { inTransaction } from "../../db/transaction.ts";
import type { Failure } from "../../domain/error.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { NotifyMode } from "../../domain/task.ts";
import { type AppliedUpload, applyUpload, describeApplied } from "../../uploads/apply-upload.ts";
import { commitUpload } from "../../uploads/commit-upload.ts";
import { absoluteUrl, type VodServices } from "../context.ts";
import { messageOf } from "../error-codes.ts";
import { type OpenSignature, openUploadSignature, type SignatureFault } from "../signature/upload-signature.ts";
import { FORBIDDEN_IN_NAMES, STORAGE_REGION } from "./fields.ts";

export const CLIENT_UPLOAD_ACTIONS = ["PrepareUploadUGC", "ApplyUploadUGC", "CommitUploadUGC"] as const;
export type ClientUploadAction = (typeof CLIENT_UPLOAD_ACTIONS)[number];

export interface ClientUploadAnswer {
  code: number;
  message: string;
  data: object;
}

type Services = Pick<VodServices, "db" | "env" | "credentials" | "objects" | "files" | "store" | "live" | "links"> & {
  keys: Pick<KeyRing, "find" | "used">;
};
type Opened = OpenSignature<OpenKey>;

const SIGNATURE_CODE = 1001;
const REQUEST_CODE = 1002;
const FAILURE_CODE = 1003;

const SIGNATURE_FAULTS: Record<SignatureFault | "used" | "otherApplication", string> = {
  malformed: "The signature cannot be read.",
  unknownKey: "The signature is of a key that does not exist, or is disabled.",
  wrong: "The signature is wrong.",
  expired: "The signature has expired.",
  tooLong: "The signature is good for more than 90 days.",
  used: "The signature was good for one upload, and has been used.",
  otherApplication: "The signature is for another application than its key.",
};

const signed = z.object({ signature: z.string() });
const text = z.string().max(200);
const application = signed.extend({
  videoName: text.refine((name) => !FORBIDDEN_IN_NAMES.test(name)).default(""),
  videoType: text.optional(),
  coverType: text.optional(),
  storageRegion: text.optional(),
  /** Of an upload that is gone on with. */
  vodSessionKey: text.optional(),
});
const commission = signed.extend({ vodSessionKey: z.string().min(1).max(200) });

const NOTIFY: Record<Opened["terms"]["taskNotifyMode"], NotifyMode> = {
  Finish: "finish",
  Change: "change",
  None: "none",
};

export async function clientUpload(
  action: ClientUploadAction,
  body: unknown,
  services: Services,
  signal: AbortSignal,
): Promise<ClientUploadAnswer> {
  const said = signed.safeParse(body);
  if (!said.success) return refused(REQUEST_CODE, "The request has no signature.");
  const opened = await openUploadSignature(said.data.signature, (id) => services.keys.find(id));
  if (!opened.ok) return refused(SIGNATURE_CODE, SIGNATURE_FAULTS[opened.failure]);
  const { terms, key } = opened.value;
  if (terms.vodSubAppId !== undefined && terms.vodSubAppId !== 0 && terms.vodSubAppId !== key.applicationId)
    return refused(SIGNATURE_CODE, SIGNATURE_FAULTS.otherApplication);
  services.keys.used(key.id);
  switch (action) {
    case "PrepareUploadUGC":
      // One place alone: the client need not look for the nearest.
      return { code: 0, message: "", data: { appId: key.applicationId, cosRegionList: [] } };
    case "ApplyUploadUGC":
      return apply(services, opened.value, body);
    case "CommitUploadUGC":
      return commit(services, opened.value, body, signal);
  }
}

async function apply(services: Services, signature: Opened, body: unknown): Promise<ClientUploadAnswer> {
  const said = application.safeParse(body);
  if (!said.success) return refused(REQUEST_CODE, `Not valid: ${said.error.issues[0]?.path.join(".")}`);
  const { vodSessionKey } = said.data;
  const applied =
    vodSessionKey === undefined
      ? await begin(services, signature, said.data)
      : await goOn(services, signature, vodSessionKey);
  return applied.ok ? { code: 0, message: "", data: appliedData(services, signature, applied.value) } : applied.failure;
}

/** A signature that is good once is used up together with what it was used for. */
async function begin(
  { db, credentials }: Services,
  { terms, key, mac }: Opened,
  { videoName, videoType, coverType }: z.output<typeof application>,
): Promise<Result<AppliedUpload, ClientUploadAnswer>> {
  const { procedure, classId, taskPriority: priority, taskNotifyMode, sourceContext, sessionContext } = terms;
  const mediaType = videoType || videoName.split(".").at(-1) || "";
  return inTransaction(db, async (tx) => {
    const once = terms.oneTimeValid === "1";
    if (once) {
      // Of two at once the second waits here for the first.
      const data = [{ id: mac, expiresAt: new Date(terms.expireTime * 1000) }];
      const { count } = await tx.usedSignature.createMany({ data, skipDuplicates: true });
      if (count === 0) return fail(refused(SIGNATURE_CODE, SIGNATURE_FAULTS.used));
    }
    const applied = await applyUpload(tx, credentials, {
      ...{ applicationId: key.applicationId, origin: "client", name: videoName, mediaType, sessionContext },
      ...(coverType ? { coverType } : {}),
      ...(procedure === "" ? {} : { procedureName: procedure }),
      terms: { sourceContext, classId, priority, notifyMode: NOTIFY[taskNotifyMode] },
    });
    if (applied.ok) return applied;
    // Nothing came of it: it is as good as it was.
    if (once) await tx.usedSignature.delete({ where: { id: mac } });
    return fail(failed(applied.failure));
  });
}

async function goOn(
  { db, credentials }: Services,
  { key }: Opened,
  sessionKey: string,
): Promise<Result<AppliedUpload, ClientUploadAnswer>> {
  const id = credentials.openSession(sessionKey);
  const where = { id: id ?? "", applicationId: key.applicationId, origin: "client", state: "receiving" } as const;
  const upload = await db.upload.findFirst({ where });
  return upload === null
    ? fail(refused(REQUEST_CODE, "There is no such upload to go on with."))
    : ok(describeApplied(credentials, upload));
}

function appliedData({ env }: Services, { terms, key }: Opened, applied: AppliedUpload): object {
  const { bucket, mediaPath, coverPath, sessionKey, grant, putTokens } = applied;
  const region = terms.storageRegion || STORAGE_REGION;
  const addressOf = (path: string, token: string) => absoluteUrl(env, `/s3/${bucket}/${path}?token=${token}`);
  return {
    video: { storageSignature: "", storagePath: mediaPath },
    ...(coverPath === null ? {} : { cover: { storageSignature: "", storagePath: coverPath } }),
    ...{ storageAppId: key.applicationId, storageBucket: bucket, storageRegion: region, storageRegionV5: region },
    ...{ StorageRegionV5: region, domain: new URL(env.PUBLIC_URL).host, vodSessionKey: sessionKey },
    tempCertificate: {
      ...{ secretId: grant.secretId, secretKey: grant.secretKey, token: grant.token },
      expiredTime: Math.floor(grant.expiresAt.getTime() / 1000),
    },
    ...{ appId: key.applicationId, timestamp: Math.floor(Date.now() / 1000) },
    // Ours: where the vendor's clients have addresses of their own.
    ...{ storageEndpoint: absoluteUrl(env, "/s3"), uploadUrl: addressOf(mediaPath, putTokens.media) },
    coverUploadUrl: coverPath === null ? "" : addressOf(coverPath, putTokens.cover ?? ""),
  };
}

async function commit(
  services: Services,
  { key }: Opened,
  body: unknown,
  signal: AbortSignal,
): Promise<ClientUploadAnswer> {
  const said = commission.safeParse(body);
  if (!said.success) return refused(REQUEST_CODE, `Not valid: ${said.error.issues[0]?.path.join(".")}`);
  const { applicationId, secret } = key;
  const committed = await commitUpload(services, { applicationId, sessionKey: said.data.vodSessionKey }, signal);
  if (!committed.ok) return failed(committed.failure);
  const { fileId, media } = committed.value;
  const fileOf = (storageKey: string | null | undefined) => ({
    url: storageKey ? absoluteUrl(services.env, services.links.url(storageKey)) : "",
    verify_content: verifyContentOf(secret, fileId),
  });
  const cover = media?.coverKey ? { cover: fileOf(media.coverKey) } : {};
  return { code: 0, message: "", data: { fileId, video: fileOf(media?.storageKey), ...cover } };
}

const VERIFIED_SECONDS = 24 * 3600;

/** Lets the application's server check that an id it is told by a client came from here. */
function verifyContentOf(secret: string, fileId: string): string {
  const content = Buffer.from(`ExpTime=${Math.floor(Date.now() / 1000) + VERIFIED_SECONDS}&FileId=${fileId}`);
  return Buffer.concat([createHmac("sha1", secret).update(content).digest(), content]).toString("base64");
}

function refused(code: number, message: string): ClientUploadAnswer {
  return { code, message, data: {} };
}

function failed(failure: Failure): ClientUploadAnswer {
  return refused(FAILURE_CODE, messageOf(failure));
}
