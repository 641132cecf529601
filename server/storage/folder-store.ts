/** A store in a folder of this machine, or of a network file system every machine mounts. */
import type { BigIntStats } from "node:fs";
import { cp, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { newId } from "../domain/id.ts";
import { segmentsOf } from "./key.ts";
import { type ByteRange, FileMissing, type OpenFile, type Store, type StoredFile } from "./store.ts";

/** Holds copies in progress. No key begins with a dot, so no key leads here. */
const INCOMING = ".incoming";
/** A copy this old was left by a crash. */
const STALE_AFTER_MS = 24 * 3600 * 1000;
const SYNCED_AT_ONCE = 8;

export class FolderStore implements Store {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async putFile(localPath: string, key: string): Promise<void> {
    await this.#move(localPath, this.#pathOf(key), syncToDisk);
  }

  async putFolder(localDir: string, prefix: string): Promise<{ name: string; sizeBytes: number }[]> {
    const target = this.#pathOf(prefix);
    const files = await filesOf(localDir);
    // A rename would silently replace an empty folder, and fail on a full one with a message that says less.
    if ((await unlessMissing(stat(target))) !== null) throw new Error(`Something is stored under ${prefix} already`);
    await this.#move(localDir, target, syncFolderToDisk);
    return files;
  }

  async move(fromKey: string, toKey: string): Promise<void> {
    const target = this.#pathOf(toKey);
    // Its content was written to the disk when it was put.
    await this.#move(await this.materialise(fromKey), target, async () => undefined);
  }

  async materialise(key: string): Promise<string> {
    if ((await this.stat(key)) === null) throw new FileMissing(key);
    return this.#pathOf(key);
  }

  async open(key: string, range?: ByteRange): Promise<OpenFile | null> {
    const handle = await unlessMissing(open(this.#pathOf(key)));
    if (handle === null) return null;
    try {
      // Asked of the open file, so that size and content belong together even while the key is being replaced.
      const file = describeFile(await handle.stat({ bigint: true }));
      if (file === null) {
        await handle.close();
        return null;
      }
      if (range !== undefined && !(0 <= range.start && range.start <= range.end && range.end < file.sizeBytes)) {
        throw new RangeError(`Bytes ${range.start}-${range.end} of ${file.sizeBytes}`);
      }
      return { ...file, stream: handle.createReadStream(range) };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async stat(key: string): Promise<StoredFile | null> {
    const stats = await unlessMissing(stat(this.#pathOf(key), { bigint: true }));
    return stats && describeFile(stats);
  }

  async remove(prefix: string): Promise<void> {
    await rm(this.#pathOf(prefix), { recursive: true, force: true });
  }

  #pathOf(key: string): string {
    return join(this.#root, ...segmentsOf(key));
  }

  /**
   * A rename is the only step anybody sees. It cannot cross file systems: then a temporary name in ours is filled first,
   * and a crash before the rename leaves nothing but that. `sync` runs before, because the database is about to say that
   * the files exist, and must not be wrong after a power cut.
   */
  async #move(source: string, target: string, sync: (path: string) => Promise<void>): Promise<void> {
    const folder = dirname(target);
    await mkdir(folder, { recursive: true });
    await sync(source);
    try {
      await rename(source, target);
    } catch (error) {
      if (!hasCode(error, "EXDEV")) throw error;
      await this.#copyInto(target, source, sync);
      await rm(source, { recursive: true, force: true });
    }
    await syncToDisk(folder);
  }

  async #copyInto(target: string, source: string, sync: (path: string) => Promise<void>): Promise<void> {
    const incoming = join(this.#root, INCOMING);
    await mkdir(incoming, { recursive: true });
    await removeStale(incoming);
    const copy = join(incoming, newId());
    try {
      await cp(source, copy, { recursive: true });
      await sync(copy);
      await rename(copy, target);
    } catch (error) {
      await rm(copy, { recursive: true, force: true });
      throw error;
    }
  }
}

function describeFile(stats: BigIntStats): StoredFile | null {
  if (!stats.isFile()) return null;
  return {
    sizeBytes: Number(stats.size),
    modifiedAt: stats.mtime,
    etag: `"${[stats.ino, stats.size, stats.mtimeNs].map((part) => part.toString(36)).join("-")}"`,
  };
}

/** Outputs are plain files in one folder. A link could lead anywhere, so it is refused rather than followed. */
async function filesOf(folder: string): Promise<{ name: string; sizeBytes: number }[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const odd = entries.find((entry) => !entry.isFile());
  if (odd !== undefined) throw new Error(`Not a plain file: ${join(folder, odd.name)}`);
  const names = entries.map((entry) => entry.name).sort();
  return Promise.all(names.map(async (name) => ({ name, sizeBytes: (await stat(join(folder, name))).size })));
}

async function removeStale(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const copy = join(incoming, name);
    const stats = await unlessMissing(stat(copy));
    if (stats !== null && Date.now() - stats.mtimeMs > STALE_AFTER_MS) await rm(copy, { recursive: true, force: true });
  }
}

async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolderToDisk(folder: string): Promise<void> {
  const names = (await readdir(folder)).values();
  // The iterator is shared: each of these takes the next name when it is done with one.
  const syncNext = async () => {
    for (const name of names) await syncToDisk(join(folder, name));
  };
  await Promise.all(Array.from({ length: SYNCED_AT_ONCE }, syncNext));
  await syncToDisk(folder);
}

async function unlessMissing<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    // ENOTDIR: a segment in the middle of the key is a file.
    if (hasCode(error, "ENOENT") || hasCode(error, "ENOTDIR")) return null;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
