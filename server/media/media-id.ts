import { createHash } from "node:crypto";

/** 19 decimal digits, as every media id, and always the same for one text: a second try finds what a first one stored. */
export function mediaIdFrom(text: string): string {
  const hash = createHash("sha256").update(text).digest();
  return String(10n ** 18n + (hash.readBigUInt64BE() % (9n * 10n ** 18n)));
}
