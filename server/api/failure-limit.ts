/**
 * Counts failures per key in a sliding window, in this process. Guessing a password is limited by the address it is
 * guessed for, because the sender's IP address comes in a header anyone may write.
 */
export class FailureLimit {
  readonly #max: number;
  readonly #windowMs: number;
  readonly #now: () => number;
  readonly #failures = new Map<string, number[]>();

  constructor({ max, windowMs, now = Date.now }: { max: number; windowMs: number; now?: () => number }) {
    this.#max = max;
    this.#windowMs = windowMs;
    this.#now = now;
  }

  /** Milliseconds until the key may be tried again; 0 when it may be now. */
  waitMs(key: string): number {
    const failures = this.#recent(key);
    const first = failures[failures.length - this.#max];
    return first === undefined ? 0 : first + this.#windowMs - this.#now();
  }

  recordFailure(key: string): void {
    this.#forgetOld();
    const failures = [...this.#recent(key), this.#now()];
    // Taken out and put in again, so that keys stand in the order of their last failure.
    this.#failures.delete(key);
    this.#failures.set(key, failures);
  }

  forgive(key: string): void {
    this.#failures.delete(key);
  }

  /** Keys it remembers. */
  get size(): number {
    return this.#failures.size;
  }

  #recent(key: string): number[] {
    const since = this.#now() - this.#windowMs;
    return (this.#failures.get(key) ?? []).filter((at) => at > since);
  }

  /** Keys are whatever was typed; those that no longer count must not pile up. */
  #forgetOld(): void {
    for (const key of this.#failures.keys()) {
      if (this.#recent(key).length > 0) break;
      this.#failures.delete(key);
    }
  }
}
