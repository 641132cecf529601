import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lockDataDir, processBegan } from "./data-lock.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "reelflow-lock-"));
});
afterEach(() => rm(folder, { recursive: true }));

function lockOf(processId: number, began: string): string {
  return JSON.stringify({ processId, began, address: "http://127.0.0.1:3000" });
}

test("a folder that a living process holds is refused, with its number and address", async () => {
  const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  try {
    const began = other.pid === undefined ? null : await processBegan(other.pid);
    await writeFile(join(folder, "running.json"), lockOf(other.pid ?? 0, began ?? ""));
    await expect(lockDataDir(folder, "")).rejects.toThrow(
      new RegExp(`already runs on .*process ${other.pid}, http://127.0.0.1:3000`),
    );
  } finally {
    other.kill();
    await once(other, "exit");
  }
});

test("the lock of a process that has ended is taken over", async () => {
  const other = spawn(process.execPath, ["-e", ""], { stdio: "ignore" });
  const began = other.pid === undefined ? null : await processBegan(other.pid);
  await once(other, "exit");
  await writeFile(join(folder, "running.json"), lockOf(other.pid ?? 0, began ?? ""));
  const lock = await lockDataDir(folder, "");
  expect(lock.takenOver).toBe(true);
  await lock.release();
  expect(await readdir(folder)).toEqual([]);
});

test("a process number that belongs to somebody else since a reboot does not hold the folder", async () => {
  await writeFile(join(folder, "running.json"), lockOf(process.ppid, "another-boot 4711"));
  const lock = await lockDataDir(folder, "");
  expect(lock.takenOver).toBe(true);
  await lock.release();
});

test("a lock file that a power cut left in pieces does not hold the folder", async () => {
  await writeFile(join(folder, "running.json"), '{"processId":');
  await (await lockDataDir(folder, "")).release();
});
