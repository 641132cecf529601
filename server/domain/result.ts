/** Expected outcomes are values: `ok` carries one, `fail` says why not. Bugs are thrown instead. */
export type Result<T, F> = { ok: true; value: T } | { ok: false; failure: F };

export function ok<T>(value: T): Result<T, never> {
  return { ok: true, value };
}

export function fail<const F>(failure: F): Result<never, F> {
  return { ok: false, failure };
}
