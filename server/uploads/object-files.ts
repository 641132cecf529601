/**
 * Files that S3 clients send, as they lie on disk until their upload is committed. The folder is all there is to know: an
 * object is a file named after its ETag, and so is each part of one that comes in pieces. A restart loses nothing.
 *
 *     objects/<upload>/media~<etag>              whole
 *     objects/<upload>/media~parts~<multipart>/00007~<etag>
 *     objects/<upload>/tmp~<random>              being written
 */
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { newId } from "#domain/id.ts";
import type { Env } from "../env.ts";

export const OBJECT_NAMES = ["media", "cover"] as const;
export type ObjectName = (typeof OBJECT_NAMES)[number];

const ID = /^[0-9a-z]{16}$/;

export interface StoredObject {
  path: string;
  /** Without quotes: an MD5, or one of several parts' with their number behind it. */
  etag: string;
  sizeBytes: number;
  modifiedAt: Date;
}

export interface StoredPart extends StoredObject {
  number: number;
}

export class ObjectFiles {
  readonly folder: string;

  constructor(env: Pick<Env, "DATA_DIR">) {
    this.folder = join(env.DATA_DIR, "objects");
  }

  async freeBytes(): Promise<number> {
    await mkdir(this.folder, { recursive: true });
    const { bavail, bsize } = await statfs(this.folder);
    return bavail * bsize;
  }

  /** Seen when it is whole. */
  async put(uploadId: string, name: ObjectName, body: Body): Promise<StoredObject> {
    const folder = await this.#folderOf(uploadId);
    const written = await this.#write(folder, body);
    await this.#publish(folder, written, name);
    return this.#require(uploadId, name);
  }

  async find(uploadId: string, name: ObjectName): Promise<StoredObject | null> {
    const [newest] = await filesNamed(this.#pathOf(uploadId), name);
    return newest ?? null;
  }

  /** Moves an object to another path of this disk. Nothing there, or somebody else has just taken it, is fine. */
  async take(uploadId: string, name: ObjectName, path: string): Promise<void> {
    const found = await this.find(uploadId, name);
    if (found !== null) await unlessMissing(rename(found.path, path));
  }

  async beginMultipart(uploadId: string, name: ObjectName): Promise<string> {
    const multipartId = newId();
    await mkdir(this.#partsFolder(uploadId, name, multipartId), { recursive: true });
    return multipartId;
  }

  async hasMultipart(uploadId: string, name: ObjectName, multipartId: string): Promise<boolean> {
    if (!ID.test(multipartId)) return false;
    const there = await unlessMissing(stat(this.#partsFolder(uploadId, name, multipartId)));
    return there !== null;
  }

  /** A part that comes again takes the place of the earlier one. */
  async putPart(uploadId: string, name: ObjectName, part: { multipartId: string; number: number }, body: Body) {
    const folder = this.#partsFolder(uploadId, name, part.multipartId);
    const written = await this.#write(this.#pathOf(uploadId), body);
    return this.#publish(folder, written, partName(part.number));
  }

  /** In the order of their numbers. */
  async parts(uploadId: string, name: ObjectName, multipartId: string): Promise<StoredPart[]> {
    const folder = this.#partsFolder(uploadId, name, multipartId);
    const files = (await unlessMissing(readdir(folder))) ?? [];
    const numbers = [...new Set(files.map((file) => Number(file.split("~")[0])))].sort((a, b) => a - b);
    const parts: StoredPart[] = [];
    for (const number of numbers) {
      const [newest] = await filesNamed(folder, partName(number));
      if (newest !== undefined) parts.push({ ...newest, number });
    }
    return parts;
  }

  /** Those parts, one behind the other, become the object. */
  async joinParts(uploadId: string, name: ObjectName, multipartId: string, parts: readonly StoredPart[]) {
    const folder = this.#pathOf(uploadId);
    const path = join(folder, `tmp~${newId()}`);
    try {
      await pipeline(Readable.from(bytesOf(parts)), createWriteStream(path));
      await this.#publish(folder, { path, etag: etagOf(parts) }, name);
    } finally {
      await rm(path, { force: true });
    }
    await this.abortMultipart(uploadId, name, multipartId);
    return this.#require(uploadId, name);
  }

  async abortMultipart(uploadId: string, name: ObjectName, multipartId: string): Promise<void> {
    await rm(this.#partsFolder(uploadId, name, multipartId), { recursive: true, force: true });
  }

  async remove(uploadId: string): Promise<void> {
    await rm(this.#pathOf(uploadId), { recursive: true, force: true });
  }

  /** Uploads that have files here, with the time of the last change. */
  async list(): Promise<{ uploadId: string; lastAt: Date }[]> {
    const names = (await unlessMissing(readdir(this.folder))) ?? [];
    const found: { uploadId: string; lastAt: Date }[] = [];
    for (const uploadId of names.filter((name) => ID.test(name))) {
      const stats = await unlessMissing(stat(join(this.folder, uploadId)));
      if (stats !== null) found.push({ uploadId, lastAt: stats.mtime });
    }
    return found;
  }

  async #require(uploadId: string, name: ObjectName): Promise<StoredObject> {
    const found = await this.find(uploadId, name);
    if (found === null) throw new Error(`Object ${name} of upload ${uploadId} has gone`);
    return found;
  }

  async #folderOf(uploadId: string): Promise<string> {
    const folder = this.#pathOf(uploadId);
    await mkdir(folder, { recursive: true });
    return folder;
  }

  #pathOf(uploadId: string): string {
    if (!ID.test(uploadId)) throw new Error(`Not an upload's id: ${JSON.stringify(uploadId)}`);
    return join(this.folder, uploadId);
  }

  #partsFolder(uploadId: string, name: ObjectName, multipartId: string): string {
    if (!ID.test(multipartId)) throw new Error(`Not a multipart upload's id: ${JSON.stringify(multipartId)}`);
    return join(this.#pathOf(uploadId), `${name}~parts~${multipartId}`);
  }

  async #write(folder: string, { bytes, check }: Body): Promise<{ path: string; etag: string }> {
    const path = join(folder, `tmp~${newId()}`);
    const hash = createHash("md5");
    try {
      await pipeline(bytes, hashing(hash), createWriteStream(path));
      check();
      return { path, etag: hash.digest("hex") };
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  async #publish(folder: string, written: { path: string; etag: string }, name: string): Promise<{ etag: string }> {
    const earlier = await filesNamed(folder, name);
    const path = join(folder, `${name}~${written.etag}`);
    await rename(written.path, path);
    for (const old of earlier) if (old.path !== path) await rm(old.path, { force: true });
    return { etag: written.etag };
  }
}

export interface Body {
  bytes: AsyncIterable<Uint8Array>;
  /** Called after the last byte; throws when they are not what they should be. */
  check: () => void;
}

/** The MD5 of the parts' MD5s, and how many there are. */
export function etagOf(parts: readonly { etag: string }[]): string {
  const digests = parts.map(({ etag }) => Buffer.from(etag, "hex"));
  return `${createHash("md5").update(Buffer.concat(digests)).digest("hex")}-${parts.length}`;
}

function partName(number: number): string {
  return String(number).padStart(5, "0");
}

function hashing(hash: ReturnType<typeof createHash>) {
  return async function* (source: AsyncIterable<Uint8Array>) {
    for await (const chunk of source) {
      hash.update(chunk);
      yield chunk;
    }
  };
}

async function* bytesOf(parts: readonly StoredPart[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield* createReadStream(part.path);
}

/** `<name>~<etag>`, newest first: two can be there when the process ended between writing one and removing the other. */
async function filesNamed(folder: string, name: string): Promise<StoredObject[]> {
  const files = (await unlessMissing(readdir(folder))) ?? [];
  const pattern = new RegExp(`^${name}~([0-9a-f]{32}(?:-\\d+)?)$`);
  const found: StoredObject[] = [];
  for (const file of files) {
    const etag = pattern.exec(file)?.[1];
    const path = join(folder, file);
    const stats = etag === undefined ? null : await unlessMissing(stat(path));
    if (etag !== undefined && stats !== null)
      found.push({ path, etag, sizeBytes: stats.size, modifiedAt: stats.mtime });
  }
  return found.sort((a, b) => b.modifiedAt.getTime() - a.modifiedAt.getTime());
}

async function unlessMissing<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
