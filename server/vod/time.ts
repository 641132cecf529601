/** A moment as the API writes it: UTC, whole seconds. What has not come yet is empty. */
export function isoTime(at: Date | null | undefined): string {
  return at === null || at === undefined ? "" : `${at.toISOString().slice(0, 19)}Z`;
}
