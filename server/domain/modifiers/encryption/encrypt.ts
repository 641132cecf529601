import type { ContentKeyPaths, OutputFacts, Plan } from "../../plan.ts";
import type { Encryption } from "./schema.ts";

/** What encryption adds to the options of the muxer, to the plan, and to what is known of the output. */
export interface Encrypting {
  args: readonly string[];
  planned: Pick<Plan, "contentKey">;
  facts: Pick<OutputFacts, "encryption">;
}

/** What is not encrypted. */
export const IN_CLEAR: Encrypting = { args: [], planned: {}, facts: {} };

export function encrypting(encryption: Encryption, scratchDir: string): Encrypting {
  if (encryption === "none") return IN_CLEAR;
  const contentKey = { path: `${scratchDir}/content.key`, infoPath: `${scratchDir}/key-info.txt` };
  return {
    args: [
      ...["-hls_key_info_file", contentKey.infoPath],
      // An initialization vector is to serve once (RFC 8216, 5.2: each segment's own number). ffmpeg begins with that of the
      // first segment and keeps it, unless it reads the file anew for every segment. It names each one in the playlist.
      ...["-hls_flags", "+periodic_rekey"],
    ],
    planned: { contentKey },
    facts: { encryption },
  };
}

/**
 * Where players ask for a key: `api/keys/<id>`, seen from `files/<token>/<name>`, where playlists are served. Relative, so
 * that it holds under every address the product has now or later, below a folder of a proxy too.
 */
export function contentKeyAddress(keyId: string): string {
  return `../../api/keys/${keyId}`;
}

/** What ffmpeg's muxer reads: the address for players, then the place of the 16 bytes. */
export function keyInfoText(keyId: string, { path }: ContentKeyPaths): string {
  return `${contentKeyAddress(keyId)}\n${path}\n`;
}

/** The initialization vector of a segment: its number, big-endian. Ours have it in their names and count from 0. */
export function segmentVector(segmentName: string): Uint8Array {
  const number = /-(\d+)\.ts$/.exec(segmentName)?.[1];
  if (number === undefined) throw new Error(`${segmentName} is not the name of a numbered segment`);
  const vector = new DataView(new ArrayBuffer(16));
  vector.setUint32(12, Number(number));
  return new Uint8Array(vector.buffer);
}
