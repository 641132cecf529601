/** Ctrl-C, and the signals of service managers and closing terminals: the first asks to stop, a later one insists. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** One Ctrl-C arrives up to three times: from the terminal, from npm and from the Node that npm started. */
const SAME_PRESS_MS = 1_000;

export interface StopRequests {
  /** Aborted by the first request, with the signal's name as the reason. */
  signal: AbortSignal;
  requested: Promise<void>;
}

export function listenForStop(onFirst: (signal: NodeJS.Signals) => void, onInsist: () => void): StopRequests {
  const stopping = new AbortController();
  const requested = Promise.withResolvers<void>();
  let firstAt = 0;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (firstAt === 0) {
        firstAt = Date.now();
        stopping.abort(new Error(`Stopped by ${signal}.`));
        onFirst(signal);
        requested.resolve();
      } else if (Date.now() - firstAt > SAME_PRESS_MS) {
        onInsist();
      }
    });
  }
  return { signal: stopping.signal, requested: requested.promise };
}
