import { writeFile } from "node:fs/promises";
import { keyInfoText } from "#domain/modifiers/encryption/encrypt.ts";
import type { ContentKeyPaths } from "#domain/plan.ts";
import { makeContentKey, type SealedContentKey } from "#server/content-keys/make-content-key.ts";

export interface PlacedContentKey {
  bytes: Buffer;
  stored: SealedContentKey;
}

/** Makes a key where the plan wants one. It is in clear here, in these files, and in ffmpeg; it goes with the scratch folder. */
export async function placeContentKey(paths: ContentKeyPaths, secretKey: string): Promise<PlacedContentKey> {
  const key = makeContentKey(secretKey);
  const forUsOnly = { mode: 0o600 };
  await writeFile(paths.path, key.bytes, forUsOnly);
  await writeFile(paths.infoPath, keyInfoText(key.stored.id, paths), forUsOnly);
  return key;
}
