/** The checksums S3 clients send with their bytes, in a header or behind them. */
import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

interface Checksum {
  update: (bytes: Uint8Array) => void;
  /** Base 64, as in the header. */
  digest: () => string;
}

const CHECKSUMS: Readonly<Record<string, () => Checksum>> = {
  "x-amz-checksum-crc32": () => {
    let value = 0;
    return {
      update: (bytes) => {
        value = crc32(bytes, value);
      },
      digest: () => base64Of(value),
    };
  },
  "x-amz-checksum-crc32c": () => {
    let value = 0xffffffff;
    return {
      update: (bytes) => {
        for (const byte of bytes) value = (value >>> 8) ^ (CASTAGNOLI[(value ^ byte) & 0xff] ?? 0);
      },
      digest: () => base64Of((value ^ 0xffffffff) >>> 0),
    };
  },
  "x-amz-checksum-sha1": () => digestOf("sha1"),
  "x-amz-checksum-sha256": () => digestOf("sha256"),
  "content-md5": () => digestOf("md5"),
};

export const CHECKSUM_HEADERS: readonly string[] = Object.keys(CHECKSUMS);

/** Null for a name that is no checksum, or one (CRC-64/NVME) that is not looked at: the ETag tells the client the same. */
export function checksumOf(name: string): Checksum | null {
  return CHECKSUMS[name.toLowerCase()]?.() ?? null;
}

function digestOf(algorithm: string): Checksum {
  const hash = createHash(algorithm);
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest("base64") };
}

function base64Of(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes.toString("base64");
}

/** Of CRC-32C, byte by byte, reflected. */
const CASTAGNOLI = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value;
});
