/** How fast a transfer is, smoothed: browsers report progress in bursts, and a number that jumps cannot be read. */
export interface Speed {
  /** null until there is enough to tell. */
  bytesPerSecond: number | null;
  /** Where and when the last measurement ended. */
  bytes: number;
  atMs: number;
}

/** Half of the weight lies in the last four seconds or so: quick to see a change, slow enough to read. */
const SMOOTHING_MS = 5_000;
/** Shorter intervals measure the browser's buffers rather than the network. */
const INTERVAL_MS_MIN = 400;

export function beginMeasuring(bytes: number, atMs: number): Speed {
  return { bytesPerSecond: null, bytes, atMs };
}

export function measure(speed: Speed, bytes: number, atMs: number): Speed {
  // A transfer that went on elsewhere in the file (a chunk sent again) says nothing about the network.
  if (bytes < speed.bytes) return { ...speed, bytes, atMs };
  const elapsedMs = atMs - speed.atMs;
  if (elapsedMs < INTERVAL_MS_MIN) return speed;
  const now = ((bytes - speed.bytes) / elapsedMs) * 1000;
  if (speed.bytesPerSecond === null) return { bytesPerSecond: now, bytes, atMs };
  // Weighted by time, so that the answer does not depend on how often it is asked.
  const weight = 1 - Math.exp(-elapsedMs / SMOOTHING_MS);
  return { bytesPerSecond: speed.bytesPerSecond + weight * (now - speed.bytesPerSecond), bytes, atMs };
}

/** null when it cannot be told: nothing measured yet, or standing still. */
export function remainingSeconds(speed: Speed, sizeBytes: number): number | null {
  if (speed.bytesPerSecond === null || speed.bytesPerSecond < 1) return null;
  return Math.max(0, sizeBytes - speed.bytes) / speed.bytesPerSecond;
}
