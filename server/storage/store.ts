import type { Readable } from "node:stream";

/** The first and the last byte wanted, counted from 0, both included. */
export interface ByteRange {
  start: number;
  end: number;
}

export interface StoredFile {
  /** Of the whole file, also when only a range of it is read. */
  sizeBytes: number;
  modifiedAt: Date;
  /** Differs whenever the content does; quoted, as the HTTP header wants it. */
  etag: string;
}

export interface OpenFile extends StoredFile {
  /** Whoever opens it reads it to its end or destroys it; until then it holds a file descriptor. */
  stream: Readable;
}

/**
 * Where media and outputs lie. Keys are made by layout.ts, checked by key.ts and cannot leave the root.
 * What is put appears whole or not at all: a reader never meets half a file, nor does a crash leave one behind a key.
 */
export interface Store {
  /** Moves a local file to a key; what was there before is replaced. */
  putFile(localPath: string, key: string): Promise<void>;
  /** Moves the files of a flat local folder below a prefix nothing was put to before. Answers what it moved, by name. */
  putFolder(localDir: string, prefix: string): Promise<{ name: string; sizeBytes: number }[]>;
  /** Gives a stored file another key; what was there before is replaced. Throws FileMissing. */
  move(fromKey: string, toKey: string): Promise<void>;
  /**
   * A local path ffmpeg may read, and nobody may write: the stored file itself where it is local, otherwise a copy in `intoDir`.
   * Throws FileMissing.
   */
  materialise(key: string, intoDir: string): Promise<string>;
  /** Null when there is no such file. A range must lie inside the file; ask `stat` first. */
  open(key: string, range?: ByteRange): Promise<OpenFile | null>;
  stat(key: string): Promise<StoredFile | null>;
  /** Removes the file of that key and everything below it; `a/b` does not touch `a/bc`. Nothing there is fine. */
  remove(prefix: string): Promise<void>;
}

export class FileMissing extends Error {
  override name = "FileMissing";
  constructor(key: string) {
    super(`Nothing is stored under ${key}`);
  }
}
