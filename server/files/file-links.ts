/**
 * Links to files: whoever holds one may read, until it expires. A token names a folder of the store, so that the relative
 * addresses inside a playlist work below it, or a task or subtask whose files are to be packed. Of what is encrypted a
 * folder's link gives the segments and not the key; a playback link gives both, as its playlists are served with a token
 * that covers the key.
 *
 * Tokens made within the same hour are the same: a list that is read again shows the same addresses, and browsers keep
 * the pictures they have.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { Failure } from "#domain/error.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import { deriveKey } from "../derive-key.ts";
import { folderOf } from "../storage/key.ts";

const HOUR_MS = 3_600_000;
const scope = z.discriminatedUnion("of", [
  z.strictObject({ of: z.literal("folder"), prefix: z.string(), keyId: z.string().optional() }),
  z.strictObject({ of: z.literal("task"), id: z.string() }),
  z.strictObject({ of: z.literal("subtask"), id: z.string() }),
  z.strictObject({ of: z.literal("key"), id: z.string() }),
]);
export type LinkScope = z.output<typeof scope>;

/** A token lives at least this long, and at most an hour longer. Players fetch a key as soon as they have its playlist. */
const LIFETIME_HOURS: Record<LinkScope["of"], number> = { folder: 12, task: 12, subtask: 12, key: 1 };

const signed = z.tuple([z.int(), scope]);

export class FileLinks {
  readonly #key: Buffer;
  readonly #now: () => number;

  constructor(secretKey: string, now: () => number = Date.now) {
    this.#key = deriveKey(secretKey, "file links");
    this.#now = now;
  }

  /** Where a file of the store is read. */
  url(key: string): string {
    return this.#urlBelow({ of: "folder", prefix: folderOf(key) }, key);
  }

  /** Where a playlist is read together with the content key that its segments need. */
  playbackUrl(key: string, keyId: string): string {
    return this.#urlBelow({ of: "folder", prefix: folderOf(key), keyId }, key);
  }

  /** For players without a session. */
  keyToken(id: string): string {
    return this.#sign({ of: "key", id });
  }

  /** The same, saved under a name of the user's. */
  downloadUrl(key: string, name: string): string {
    return `${this.url(key)}?download=${encodeURIComponent(name)}`;
  }

  taskZipUrl(taskId: string): string {
    return `/archive/${this.#sign({ of: "task", id: taskId })}`;
  }

  subtaskZipUrl(subtaskId: string): string {
    return `/archive/${this.#sign({ of: "subtask", id: subtaskId })}`;
  }

  /** What a token allows. */
  open(token: string): Result<LinkScope, Failure> {
    const [body = "", signature = ""] = token.split(".");
    const given = Buffer.from(signature, "base64url");
    const expected = this.#signatureOf(body);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      return fail({ code: "LINK_EXPIRED", detail: "signature" });
    }
    const [expiresAtHour, opened] = signed.parse(JSON.parse(Buffer.from(body, "base64url").toString("utf8")));
    if (this.#now() >= expiresAtHour * HOUR_MS) return fail({ code: "LINK_EXPIRED", detail: "expired" });
    return ok(opened);
  }

  #urlBelow(folder: Extract<LinkScope, { of: "folder" }>, key: string): string {
    return `/files/${this.#sign(folder)}/${encodeURIComponent(key.slice(folder.prefix.length + 1))}`;
  }

  #sign(what: LinkScope): string {
    const expiresAtHour = Math.floor(this.#now() / HOUR_MS) + LIFETIME_HOURS[what.of] + 1;
    const content: z.input<typeof signed> = [expiresAtHour, what];
    const body = Buffer.from(JSON.stringify(content)).toString("base64url");
    return `${body}.${this.#signatureOf(body).toString("base64url")}`;
  }

  #signatureOf(body: string): Buffer {
    return createHmac("sha256", this.#key).update(body).digest();
  }
}
