/** Crockford's base 32: no i, l, o, u, so ids read aloud and never spell a word. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** A random id of 16 characters (80 bits). The first characters already tell it apart, so a prefix finds it. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => ALPHABET[byte % 32]).join("");
}

/** A media id: 19 decimal digits, the shape the wire's `FileId` has. */
export function newMediaId(): string {
  const digits = crypto.getRandomValues(new Uint32Array(19));
  return Array.from(digits, (value, place) => (place === 0 ? 1 + (value % 9) : value % 10)).join("");
}
