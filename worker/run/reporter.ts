import type { Logger } from "pino";
import type { Db } from "#server/db/client.ts";
import { appendLog } from "#server/tasks/append-log.ts";
import type { RunHold } from "#server/tasks/lease.ts";
import { type Progress, reportProgress } from "#server/tasks/report-progress.ts";
import { reasonOf } from "../log.ts";

const INTERVAL_MS = 1_000;
/** Of log not yet written, while the database is away or ffmpeg talks too much. */
const UNWRITTEN_CHARACTERS_MAX = 64 * 1024;
const LEFT_OUT = "[lines left out]\n";

/**
 * Tells the database, and through it the consoles, how a run goes: at most once a second, the newest progress and all log
 * lines since. None of it is worth failing a run for: what cannot be written now is written with the next.
 */
export class Reporter {
  readonly #db: Db;
  readonly #hold: RunHold;
  readonly #log: Logger;
  #progress: Progress | null = null;
  #text = "";
  /** A piece keeps its number until it is written, so that writing it twice does no harm. */
  #piece = { number: 1, text: "" };
  #writing: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;
  #closed = false;
  #writtenAtMs = Number.NEGATIVE_INFINITY;

  constructor(db: Db, hold: RunHold, log: Logger) {
    this.#db = db;
    this.#hold = hold;
    this.#log = log;
  }

  progress(progress: Progress): void {
    this.#progress = progress;
    this.#schedule();
  }

  line(line: string): void {
    this.#text += `${line}\n`;
    if (this.#text.length > UNWRITTEN_CHARACTERS_MAX) {
      this.#text = LEFT_OUT + this.#text.slice(this.#text.indexOf("\n", UNWRITTEN_CHARACTERS_MAX / 2) + 1);
    }
    this.#schedule();
  }

  /** Writes what is left of the log; progress is of no interest any more. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#writing;
    this.#progress = null;
    await this.#write();
    // A piece that could not be written before went first.
    if (this.#text !== "") await this.#write();
  }

  #schedule(): void {
    if (this.#timer !== null || this.#closed) return;
    const waitMs = Math.max(0, this.#writtenAtMs + INTERVAL_MS - performance.now());
    this.#timer = setTimeout(() => {
      this.#writing = this.#write().finally(() => {
        this.#timer = null;
        if (this.#progress !== null || this.#text !== "" || this.#piece.text !== "") this.#schedule();
      });
    }, waitMs);
  }

  async #write(): Promise<void> {
    this.#writtenAtMs = performance.now();
    const progress = this.#progress;
    this.#progress = null;
    if (this.#piece.text === "") {
      this.#piece.text = this.#text;
      this.#text = "";
    }
    try {
      if (this.#piece.text !== "") {
        await appendLog(this.#db, this.#hold, this.#piece.number, this.#piece.text);
        this.#piece = { number: this.#piece.number + 1, text: "" };
      }
      if (progress !== null) await reportProgress(this.#db, this.#hold, progress);
    } catch (error) {
      this.#log.warn({ reason: reasonOf(error) }, "Could not report on a run");
    }
  }
}
