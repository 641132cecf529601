/** The secrets of endpoints, as they are stored and as they are used. */
import { randomBytes } from "node:crypto";
import { deriveKey } from "../derive-key.ts";
import { seal, unseal } from "../seal.ts";

type Use = "secret" | "sign key";

const SECRET_BYTES = 32;

/** As Standard Webhooks wants it, and its libraries take it. */
export function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;
}

export class EndpointSecrets {
  readonly #key: Buffer;

  constructor(secretKey: string) {
    this.#key = deriveKey(secretKey, "endpoint secrets");
  }

  seal(endpointId: string, use: Use, secret: string): Buffer<ArrayBuffer> {
    return seal(this.#key, `${endpointId} ${use}`, Buffer.from(secret));
  }

  /** Throws where it was sealed under another SECRET_KEY: unsigned is not how it may go out. */
  open(endpointId: string, use: Use, sealed: Uint8Array): string {
    const secret = unseal(this.#key, `${endpointId} ${use}`, sealed);
    if (secret === null) throw new Error(`The ${use} of endpoint ${endpointId} was sealed under another SECRET_KEY`);
    return secret.toString("utf8");
  }
}
