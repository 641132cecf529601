/** A key is a path of the store: segments joined by `/`, never absolute, never leading out of the root. */

/** S3's limit; a folder's is 4096. */
const KEY_BYTES_MAX = 1024;
/** The common limit of file systems. */
const SEGMENT_BYTES_MAX = 255;
// A leading dot is refused as a whole: `.`, `..`, and the folder store's own `.incoming`.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses
const SEGMENT = /^[^./\\\u0000-\u001f\u007f][^/\\\u0000-\u001f\u007f]*$/u;

export function isStorageKey(key: string): boolean {
  return Buffer.byteLength(key) <= KEY_BYTES_MAX && key.split("/").every(isSegment);
}

function isSegment(segment: string): boolean {
  return SEGMENT.test(segment) && Buffer.byteLength(segment) <= SEGMENT_BYTES_MAX;
}

/** The segments of a key. A wrong key is a bug of ours: what users name is checked with `isStorageKey` at the edge. */
export function segmentsOf(key: string): string[] {
  if (!isStorageKey(key)) throw new Error(`Not a storage key: ${JSON.stringify(key)}`);
  return key.split("/");
}

/** The folder a key lies in. */
export function folderOf(key: string): string {
  return segmentsOf(key).slice(0, -1).join("/");
}
