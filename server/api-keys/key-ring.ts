/**
 * The keys that requests are signed with. Requests come in by the hundred a second, all with the same few keys, so a key
 * that was read is believed for a moment: that long a disabled one still works, in each process.
 */
import type { Db } from "../db/client.ts";
import { decryptSecret } from "./secret-cipher.ts";

const BELIEVED_MS = 1000;
const USE_WRITTEN_MS = 60_000;
/** Far more than anybody has; what is left out is only read more often. */
const KEPT_MAX = 1000;

export interface OpenKey {
  id: string;
  applicationId: number;
  secret: string;
}

export class KeyRing {
  readonly #db: Db;
  readonly #secretKey: string;
  readonly #onError: (error: unknown) => void;
  readonly #now: () => number;
  readonly #kept = new Map<string, { readAt: number; key: Promise<OpenKey | null> }>();
  readonly #usedAt = new Map<string, number>();

  constructor(db: Db, secretKey: string, onError: (error: unknown) => void, now: () => number = Date.now) {
    this.#db = db;
    this.#secretKey = secretKey;
    this.#onError = onError;
    this.#now = now;
  }

  /** Null when there is no such key, or it is disabled. */
  async find(id: string): Promise<OpenKey | null> {
    const kept = this.#kept.get(id);
    if (kept !== undefined && this.#now() - kept.readAt < BELIEVED_MS) return kept.key;
    const key = this.#read(id);
    // Everybody who asks meanwhile waits for the same answer.
    this.#kept.set(id, { readAt: this.#now(), key });
    const forget = () => this.#kept.delete(id);
    // Ids that do not exist are not kept: whoever makes them up would fill the memory.
    key.then((found) => found === null && forget(), forget);
    if (this.#kept.size > KEPT_MAX) this.#kept.clear();
    return key;
  }

  /** Notes that a request of this key was genuine. Nobody waits for that to be written. */
  used(id: string): void {
    const now = this.#now();
    if (now - (this.#usedAt.get(id) ?? 0) < USE_WRITTEN_MS) return;
    this.#usedAt.set(id, now);
    this.#db.apiKey.updateMany({ where: { id }, data: { lastUsedAt: new Date(now) } }).catch(this.#onError);
  }

  async #read(id: string): Promise<OpenKey | null> {
    const row = await this.#db.apiKey.findUnique({ where: { id } });
    if (row === null || !row.enabled) return null;
    const secret = decryptSecret(this.#secretKey, id, row.secretCipher);
    // Sealed under another SECRET_KEY: nobody can sign with it any more.
    return secret === null ? null : { id, applicationId: row.applicationId, secret };
  }
}
