import { z } from "zod";

/**
 * Whether segments can be read without a key. `aes-128` is the method that every HLS player knows (RFC 8216, 4.3.2.4): each
 * segment as a whole under AES-128-CBC, with one key for all playlists of an output.
 */
export const encryptionFields = { encryption: z.enum(["none", "aes-128"]).default("none") };

export type Encryption = z.output<(typeof encryptionFields)["encryption"]>;

interface Segments {
  encryption: Encryption;
  container: string;
  segmentType: "ts" | "fmp4";
}

export function refusalsOfEncryption(segments: Segments): { field: "encryption"; message: string }[] {
  if (segments.encryption === "none") return [];
  if (segments.container !== "hls") return [{ field: "encryption", message: "encryptionOnlyForHls" }];
  // "Encrypted fmp4 not yet supported", says ffmpeg's muxer.
  return segments.segmentType === "fmp4" ? [{ field: "encryption", message: "encryptionNeedsTs" }] : [];
}
