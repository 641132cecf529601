/** Room for files in the making: DATA_DIR/scratch/<worker>/<run>/, on the file system of the store's default place. */
import { mkdir, readdir, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";

/** A living worker touches its folder every few seconds; by this time its leases have expired as well. */
const ABANDONED_AFTER_MS = 30_000;

export interface Workspace {
  path: string;
  /** Makes a folder in it. Names are ours. */
  folder: (...names: string[]) => Promise<string>;
  remove: () => Promise<void>;
}

/** The scratch folder of one worker process. */
export class Scratch {
  readonly #root: string;
  readonly path: string;

  private constructor(root: string, path: string) {
    this.#root = root;
    this.path = path;
  }

  static async open(dataDir: string, workerId: string): Promise<Scratch> {
    const root = join(dataDir, "scratch");
    const path = join(root, workerId);
    await mkdir(path, { recursive: true });
    return new Scratch(root, path);
  }

  async openWorkspace(name: string): Promise<Workspace> {
    const path = join(this.path, name);
    const remove = () => rm(path, { recursive: true, force: true });
    // Of an earlier try of the same job.
    await remove();
    const folder = async (...names: string[]) => {
      const made = join(path, ...names);
      await mkdir(made, { recursive: true });
      return made;
    };
    await folder();
    return { path, folder, remove };
  }

  /** Says that the worker of this folder lives, whatever its process id, container or machine. */
  async touch(): Promise<void> {
    // While the machine slept, another may have taken us for dead.
    await mkdir(this.path, { recursive: true });
    const now = new Date();
    await utimes(this.path, now, now);
  }

  /** Removes the folders of workers that died. Answers their names. */
  async removeAbandoned(): Promise<string[]> {
    const removed: string[] = [];
    for (const name of await readdir(this.#root)) {
      const path = join(this.#root, name);
      // We live, however long ago we could say so.
      if (path === this.path) continue;
      const touched = await stat(path).catch(() => null);
      if (touched === null || Date.now() - touched.mtimeMs < ABANDONED_AFTER_MS) continue;
      await rm(path, { recursive: true, force: true });
      removed.push(name);
    }
    return removed;
  }

  async close(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}
