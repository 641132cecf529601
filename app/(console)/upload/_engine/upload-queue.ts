/**
 * The uploads of this tab. It outlives pages: the console's layout holds one, pages only look at it.
 * Nothing here knows React or the DOM; `subscribe` and `snapshot` are what `useSyncExternalStore` takes.
 */
import type { FileReader } from "tus-js-client";
import { fingerprintOf, type ResumeRecords } from "./resume-records.ts";
import { startTransfer, type Transfer } from "./transfer.ts";
import { advance, type EntryEvent, isActive, newEntry, retryDelayMs, type UploadEntry } from "./upload-entry.ts";

const ACTIVE_MAX = 3;
/** Browsers report every 50 ms and per upload; nobody can read that fast. */
const PROGRESS_MS_MIN = 200;

interface QueueOptions {
  endpoint: string;
  records: ResumeRecords;
  /** Differs outside browsers. */
  fileReader?: FileReader;
  retryDelayMs?: (attempts: number) => number;
  nowMs?: () => number;
}

export class UploadQueue {
  readonly #options: QueueOptions;
  readonly #nowMs: () => number;
  readonly #listeners = new Set<() => void>();
  readonly #transfers = new Map<string, Transfer>();
  readonly #retries = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #progressAtMs = new Map<string, number>();
  #entries: readonly UploadEntry[] = [];
  #lastId = 0;

  constructor(options: QueueOptions) {
    this.#options = options;
    this.#nowMs = options.nowMs ?? (() => performance.now());
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): readonly UploadEntry[] => this.#entries;

  /**
   * Files wait as `staged` until started. One this browser had begun before goes on from there, with the procedure it was
   * begun with: the server has that already.
   */
  add(files: Iterable<File>, procedureName: string | null): void {
    for (const file of files) {
      const record = this.#options.records.find(file);
      this.#insert(file, record ?? { uploadUrl: null, procedureName });
    }
  }

  /** Goes on at once with an upload the server knows, with the file the user chose for it. */
  continueUpload(file: File, uploadUrl: string, procedureName: string | null): void {
    this.#send(this.#insert(file, { uploadUrl, procedureName }), { type: "start" });
  }

  chooseProcedure(id: string, procedureName: string | null): void {
    this.#replace(id, (entry) =>
      entry.state === "staged" && entry.uploadUrl === null ? { ...entry, procedureName } : entry,
    );
  }

  startAll(): void {
    for (const { id } of this.#entries) this.#send(id, { type: "start" });
  }

  pause(id: string): void {
    this.#send(id, { type: "pause" });
  }

  /** Also tries a failed one again. */
  resume(id: string): void {
    this.#send(id, { type: "resume" });
  }

  /** The network is back: no need to sit out the wait. */
  retryNow(): void {
    for (const entry of this.#entries) {
      if (entry.state === "reconnecting") this.#send(entry.id, { type: "admit" });
    }
  }

  /** Stops and forgets. Whoever calls tells the server, if it has heard of the upload. */
  remove(id: string): void {
    const entry = this.#find(id);
    if (entry === undefined) return;
    this.#stop(id);
    // Taking a file off the list before it is started leaves the interrupted upload for another day.
    if (entry.uploadUrl !== null && entry.state !== "staged") this.#options.records.forget(entry.uploadUrl);
    this.#entries = this.#entries.filter((other) => other.id !== id);
    this.#changed();
    this.#admit();
  }

  stopAll(): void {
    for (const entry of this.#entries) this.#stop(entry.id);
  }

  #find(id: string): UploadEntry | undefined {
    return this.#entries.find((entry) => entry.id === id);
  }

  /** The same file twice would be one upload sent by two, so the second joins the first. Answers the entry's id. */
  #insert(file: File, begun: Pick<UploadEntry, "uploadUrl" | "procedureName">): string {
    const fingerprint = fingerprintOf(file);
    const twin = this.#entries.find((other) => other.state !== "sent" && fingerprintOf(other.file) === fingerprint);
    if (twin !== undefined) return twin.id;
    this.#lastId += 1;
    const entry = newEntry(String(this.#lastId), file, begun.procedureName, begun.uploadUrl);
    this.#entries = [...this.#entries, entry];
    this.#changed();
    // Refused here rather than by the server: it needs no round trip to know.
    if (file.size === 0) this.#send(entry.id, { type: "fail", failure: { code: "EMPTY_FILE", detail: file.name } });
    return entry.id;
  }

  #replace(
    id: string,
    change: (entry: UploadEntry) => UploadEntry,
  ): { before: UploadEntry; after: UploadEntry } | null {
    const before = this.#find(id);
    if (before === undefined) return null;
    const after = change(before);
    if (after === before) return null;
    this.#entries = this.#entries.map((entry) => (entry.id === id ? after : entry));
    this.#changed();
    return { before, after };
  }

  /** The one place where entries move, and where each move has its effect. */
  #send(id: string, event: EntryEvent): void {
    const moved = this.#replace(id, (entry) => advance(entry, event));
    if (moved === null) return;
    const { before, after } = moved;
    if (after.uploadUrl !== null && event.type === "create") {
      this.#options.records.remember(after.file, after.uploadUrl, after.procedureName);
    }
    if (before.uploadUrl !== null && (event.type === "gone" || event.type === "finish")) {
      this.#options.records.forget(before.uploadUrl);
    }
    if (before.state === after.state) return;
    this.#stop(id);
    if (after.state === "sending") this.#transfer(after);
    if (after.state === "reconnecting") {
      const delayMs = (this.#options.retryDelayMs ?? retryDelayMs)(after.attempts);
      this.#retries.set(
        id,
        setTimeout(() => this.#send(id, { type: "admit" }), delayMs),
      );
    }
    this.#admit();
  }

  #admit(): void {
    if (this.#entries.filter(isActive).length >= ACTIVE_MAX) return;
    const next = this.#entries.find((entry) => entry.state === "queued");
    // Its move comes back here, for the one after it.
    if (next !== undefined) this.#send(next.id, { type: "admit" });
  }

  #transfer(entry: UploadEntry): void {
    const { id, file, uploadUrl, procedureName } = entry;
    const { endpoint, fileReader } = this.#options;
    const transfer: Transfer = startTransfer(
      { endpoint, file, uploadUrl, procedureName, fileReader },
      {
        created: (url) => {
          // A try given up before its answer came may have made an upload; it is of use only while no other try runs.
          const current = this.#transfers.get(id) ?? transfer;
          if (current === transfer) this.#send(id, { type: "create", uploadUrl: url });
        },
        progress: (sentBytes) => this.#progress(id, sentBytes),
        sent: () => this.#send(id, { type: "finish" }),
        lost: () => this.#send(id, { type: "lose" }),
        gone: () => this.#send(id, { type: "gone" }),
        failed: (failure) => this.#send(id, { type: "fail", failure }),
      },
    );
    this.#transfers.set(id, transfer);
  }

  #progress(id: string, sentBytes: number): void {
    const atMs = this.#nowMs();
    const lastMs = this.#progressAtMs.get(id);
    if (lastMs !== undefined && atMs - lastMs < PROGRESS_MS_MIN) return;
    this.#progressAtMs.set(id, atMs);
    this.#send(id, { type: "progress", sentBytes, atMs });
  }

  #stop(id: string): void {
    this.#transfers.get(id)?.stop();
    this.#transfers.delete(id);
    clearTimeout(this.#retries.get(id));
    this.#retries.delete(id);
    this.#progressAtMs.delete(id);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
