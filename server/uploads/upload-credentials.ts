/**
 * What lets somebody send one upload's files, and nothing else. All of it follows from SECRET_KEY, the upload's id and the
 * end of its validity, so nothing of it is stored.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { deriveKey } from "../derive-key.ts";

/** The temporary credential of an S3 client. */
export interface UploadGrant {
  secretId: string;
  secretKey: string;
  token: string;
  expiresAt: Date;
}

const ID_PREFIX = "RFUP";
const UPLOAD_ID = /^[0-9a-z]{16}$/;

export class UploadCredentials {
  readonly #key: Buffer;

  constructor(secretKey: string) {
    this.#key = deriveKey(secretKey, "uploads");
  }

  grant(uploadId: string, expiresAt: Date): UploadGrant {
    const expires = Math.floor(expiresAt.getTime() / 1000);
    return {
      secretId: `${ID_PREFIX}${uploadId}`,
      secretKey: this.#mac("secret", uploadId, expires),
      token: `${expires}.${this.#mac("token", uploadId, expires)}`,
      expiresAt: new Date(expires * 1000),
    };
  }

  /** What a client that shows this id and token has to have signed with. Null when they are not ours. */
  open(secretId: string, token: string): (UploadGrant & { uploadId: string }) | null {
    const uploadId = secretId.startsWith(ID_PREFIX) ? secretId.slice(ID_PREFIX.length) : "";
    const expires = Number(/^(\d{1,12})\./.exec(token)?.[1] ?? Number.NaN);
    if (!UPLOAD_ID.test(uploadId) || Number.isNaN(expires)) return null;
    const grant = this.grant(uploadId, new Date(expires * 1000));
    return same(grant.token, token) ? { ...grant, uploadId } : null;
  }

  /** For a plain PUT of one object. */
  putToken(uploadId: string, object: string, expiresAt: Date): string {
    const expires = Math.floor(expiresAt.getTime() / 1000);
    return `${uploadId}.${expires}.${this.#mac("put", uploadId, object, expires)}`;
  }

  openPutToken(token: string, object: string): { uploadId: string; expiresAt: Date } | null {
    const [uploadId = "", expires = ""] = token.split(".");
    if (!UPLOAD_ID.test(uploadId) || !/^\d{1,12}$/.test(expires)) return null;
    const expiresAt = new Date(Number(expires) * 1000);
    return same(this.putToken(uploadId, object, expiresAt), token) ? { uploadId, expiresAt } : null;
  }

  /** What an upload is committed by: the wire's `VodSessionKey`. */
  sessionKey(uploadId: string): string {
    return `${uploadId}.${this.#mac("session", uploadId)}`;
  }

  openSession(sessionKey: string): string | null {
    const [uploadId = ""] = sessionKey.split(".");
    return UPLOAD_ID.test(uploadId) && same(this.sessionKey(uploadId), sessionKey) ? uploadId : null;
  }

  #mac(...about: readonly (string | number)[]): string {
    return createHmac("sha256", this.#key).update(about.join("\n")).digest("base64url");
  }
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
