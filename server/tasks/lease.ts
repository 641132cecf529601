/** A worker that has not renewed a run for this long counts as dead. Workers renew every few seconds. */
export const LEASE_SECONDS = 10;

/** Proof that a worker holds a run. Every write of the run names it, so a worker that was given up on writes nothing. */
export interface RunHold {
  runId: string;
  fencing: bigint;
}
