/** What this worker's ffmpeg can do beyond what every ffmpeg can. Tried out rather than read from a version: builds differ. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Failure } from "#domain/error.ts";
import type { Ability } from "#domain/plan.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import { GUARD_PATH } from "./guard.ts";

const execute = promisify(execFile);

/** One frame of it, written to nowhere. */
const TRIALS: Record<Ability, readonly string[]> = {
  "h265-in-flv": [
    ...["-nostdin", "-loglevel", "error", "-f", "lavfi", "-i", "color=size=64x64:duration=0.04"],
    ...["-c:v", "libx265", "-y", "-f", "flv", "/dev/null"],
  ],
};

/** An ffmpeg does not learn while its worker runs. */
const tried = new Map<Ability, Promise<boolean>>();

/** The first that is missing fails. */
export async function requireAbilities(needs: readonly Ability[]): Promise<Result<void, Failure>> {
  for (const ability of needs) {
    const known = tried.get(ability) ?? tryOut(ability);
    tried.set(ability, known);
    if (!(await known)) return fail({ code: "ENCODER_TOO_OLD", detail: ability });
  }
  return ok(undefined);
}

function tryOut(ability: Ability): Promise<boolean> {
  return execute(GUARD_PATH, TRIALS[ability]).then(
    () => true,
    () => false,
  );
}
