/**
 * One running Reelflow for each DATA_DIR. The lock file names a process and when it began, so that a process number which
 * the system has since given to somebody else, after a crash or a power cut, does not count.
 */
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { run } from "./command.ts";
import { Refusal } from "./refusal.ts";
import { isErrorCode, readIfThere } from "./settings.ts";

const owner = z.object({ processId: z.int(), began: z.string(), address: z.string() });
type Owner = z.output<typeof owner>;

export interface DataLock {
  /** A former owner ended without letting go: what it started may need a moment to end too. */
  takenOver: boolean;
  release: () => Promise<void>;
}

export async function lockDataDir(dataDir: string, address: string): Promise<DataLock> {
  const path = join(dataDir, "running.json");
  const draft = `${path}.${process.pid}`;
  const began = await processBegan(process.pid);
  const mine = JSON.stringify({ processId: process.pid, began: began ?? "", address } satisfies Owner);
  await writeFile(draft, mine);
  try {
    let takenOver = false;
    for (;;) {
      try {
        await link(draft, path);
        return { takenOver, release: () => releaseIfMine(path, mine) };
      } catch (error) {
        if (!isErrorCode(error, "EEXIST")) throw error;
      }
      const found = await readIfThere(path);
      if (found === null) continue;
      const running = await runningOwner(found);
      if (running !== null) {
        throw new Refusal(
          `Reelflow already runs on ${dataDir} (process ${running.processId}, ${running.address}).\nStop it first, or give this one a folder and a port of its own: DATA_DIR=/some/folder PORT=3001 npm start`,
        );
      }
      takenOver = true;
      await removeStale(path, found);
    }
  } finally {
    await rm(draft, { force: true });
  }
}

async function runningOwner(content: string): Promise<Owner | null> {
  const parsed = owner.safeParse(parseJson(content));
  if (!parsed.success || parsed.data.processId === process.pid) return null;
  return (await processBegan(parsed.data.processId)) === parsed.data.began ? parsed.data : null;
}

/** Moves away exactly what was found stale: of two starts at the same moment, the second must not remove the first one's lock. */
async function removeStale(path: string, stale: string): Promise<void> {
  const aside = `${path}.${process.pid}.stale`;
  try {
    await rename(path, aside);
    if ((await readFile(aside, "utf8")) !== stale) await link(aside, path);
  } catch (error) {
    if (!isErrorCode(error, "ENOENT") && !isErrorCode(error, "EEXIST")) throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function releaseIfMine(path: string, mine: string): Promise<void> {
  if ((await readIfThere(path)) === mine) await rm(path, { force: true });
}

/** When a process began, in whatever words the system has for it; null when there is none of this number. */
export async function processBegan(processId: number): Promise<string | null> {
  if (process.platform === "linux") {
    const stat = await readIfThere(`/proc/${processId}/stat`);
    if (stat === null) return null;
    // The second field is the program's name in brackets and may hold anything; the 22nd is the start in ticks since boot.
    const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    const boot = await readIfThere("/proc/sys/kernel/random/boot_id");
    return `${boot?.trim()} ${ticks}`;
  }
  const { code, stdout } = await run("ps", ["-o", "lstart=", "-p", String(processId)]);
  return code === 0 ? stdout.trim() : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
