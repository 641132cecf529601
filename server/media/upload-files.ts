/** Files on their way in. What has arrived is on disk; everything else about an upload is its row in the database. */
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Env } from "../env.ts";
import type { Store } from "../storage/store.ts";

/** Ids are ours, but they come back in addresses, and a folder may hold anything. */
const UPLOAD_ID = /^[0-9a-z]+$/;

export class UploadFiles {
  readonly folder: string;
  readonly #handingOver = new Map<string, Promise<void>>();

  constructor(env: Pick<Env, "DATA_DIR">) {
    this.folder = join(env.DATA_DIR, "uploads");
  }

  async prepare(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
  }

  pathOf(uploadId: string): string {
    if (!UPLOAD_ID.test(uploadId)) throw new Error(`Not an upload's id: ${JSON.stringify(uploadId)}`);
    return join(this.folder, uploadId);
  }

  /** Null when there is no file. */
  async received(uploadId: string): Promise<{ sizeBytes: number; lastAt: Date } | null> {
    try {
      const { size, mtime } = await stat(this.pathOf(uploadId));
      return { sizeBytes: size, lastAt: mtime };
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
      throw error;
    }
  }

  /**
   * Moves a file that has arrived whole into the store. Where that is another file system it takes minutes, and whoever
   * asks meanwhile waits for the same move: a second copy would arrive after the first has become a media, and stay.
   */
  async handOver(store: Store, uploadId: string, key: string): Promise<void> {
    const moving =
      this.#handingOver.get(uploadId) ??
      store.putFile(this.pathOf(uploadId), key).finally(() => this.#handingOver.delete(uploadId));
    this.#handingOver.set(uploadId, moving);
    await moving;
  }

  async remove(uploadId: string): Promise<void> {
    await rm(this.pathOf(uploadId), { force: true });
  }

  async ids(): Promise<string[]> {
    return (await readdir(this.folder)).filter((name) => UPLOAD_ID.test(name));
  }
}
