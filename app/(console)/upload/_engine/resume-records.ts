/**
 * What this browser remembers of uploads it began, so that choosing the same file after a reload goes on where it
 * stopped. A page cannot keep the file itself: only its fingerprint, and the upload's address at the server.
 */
import { z } from "zod";

const STORAGE_KEY = "reelflow.uploads";
/** The server drops abandoned uploads sooner; this only bounds what we keep. */
const RECORDS_MAX = 100;

const resumeRecord = z.object({
  fingerprint: z.string(),
  uploadUrl: z.string(),
  procedureName: z.string().nullable(),
});
export type ResumeRecord = z.output<typeof resumeRecord>;

/** Same name, size, type and time of last change: the same file. Reading it all to be sure would take minutes. */
export function fingerprintOf(file: File): string {
  return [file.name, file.size, file.type, file.lastModified].join("|");
}

export class ResumeRecords {
  readonly #storage: Pick<Storage, "getItem" | "setItem">;

  constructor(storage: Pick<Storage, "getItem" | "setItem">) {
    this.#storage = storage;
  }

  find(file: File): ResumeRecord | undefined {
    const fingerprint = fingerprintOf(file);
    return this.#read().find((record) => record.fingerprint === fingerprint);
  }

  /** The record of an upload known by its address: what file it was, when this browser began it. */
  findByUrl(uploadUrl: string): ResumeRecord | undefined {
    return this.#read().find((record) => record.uploadUrl === uploadUrl);
  }

  remember(file: File, uploadUrl: string, procedureName: string | null): void {
    const fingerprint = fingerprintOf(file);
    const others = this.#read().filter((record) => record.fingerprint !== fingerprint);
    this.#write([{ fingerprint, uploadUrl, procedureName }, ...others].slice(0, RECORDS_MAX));
  }

  forget(uploadUrl: string): void {
    this.#write(this.#read().filter((record) => record.uploadUrl !== uploadUrl));
  }

  #read(): ResumeRecord[] {
    try {
      const parsed = z.array(resumeRecord).safeParse(JSON.parse(this.#storage.getItem(STORAGE_KEY) ?? "[]"));
      return parsed.success ? parsed.data : [];
    } catch {
      // Storage switched off, or written by someone else: uploads work, they only cannot be resumed after a reload.
      return [];
    }
  }

  #write(records: readonly ResumeRecord[]): void {
    try {
      this.#storage.setItem(STORAGE_KEY, JSON.stringify(records));
    } catch {
      // Full or switched off; as above.
    }
  }
}
