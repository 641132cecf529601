import { TEMPLATE_NAME_MAX } from "#domain/template.ts";

/**
 * A name for a duplicate that none has yet: `X copy`, then `X copy 2`. `copyOf` says "copy" in the user's language; what is
 * too long for it loses its end.
 */
export function copyName(name: string, taken: readonly string[], copyOf: (name: string) => string): string {
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? "" : ` ${number}`;
    let kept = name;
    while (copyOf(kept).length + suffix.length > TEMPLATE_NAME_MAX) kept = kept.slice(0, -1).trimEnd();
    const copy = `${copyOf(kept)}${suffix}`;
    if (!taken.includes(copy)) return copy;
  }
}
