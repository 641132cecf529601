import { randomInt } from "node:crypto";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const LENGTH = 32;

/** What a client signs with. It looks like the vendor's, as some tools look for `AKID`. */
export interface KeyPair {
  id: string;
  secret: string;
}

export function newKeyPair(): KeyPair {
  return { id: `AKID${randomText()}`, secret: randomText() };
}

function randomText(): string {
  return Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join("");
}
