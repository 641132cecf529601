import { isDraft } from "./draft.ts";

/**
 * Two changes of one thing as one: what only they changed is theirs, what I changed is mine. Fields are told apart one by
 * one, items of a list as long as the list has the same length for all three.
 */
export function mergeDrafts(base: unknown, mine: unknown, theirs: unknown): unknown {
  if (isSame(base, mine)) return theirs;
  if (isSame(base, theirs)) return mine;
  if (isDraft(base) && isDraft(mine) && isDraft(theirs)) {
    const names = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])];
    const merged = names.map((name) => [name, mergeDrafts(base[name], mine[name], theirs[name])] as const);
    return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
  }
  if (Array.isArray(base) && Array.isArray(mine) && Array.isArray(theirs)) {
    const alike = base.length === mine.length && base.length === theirs.length;
    return alike ? mine.map((item, index) => mergeDrafts(base[index], item, theirs[index])) : mine;
  }
  return mine;
}

/** Whatever the order of their fields. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  }
  if (isDraft(a) && isDraft(b)) {
    const names = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...names].every((name) => isSame(a[name], b[name]));
  }
  return Object.is(a, b);
}
