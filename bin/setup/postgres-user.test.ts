import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { run } from "./command.ts";
import { asDatabaseUser, type DatabaseUser, databaseUserFor } from "./postgres-user.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "reelflow-user-"));
});
afterEach(() => rm(folder, { recursive: true }));

function as(user: DatabaseUser, command: string, ...args: string[]): ReturnType<typeof run> {
  const launch = asDatabaseUser(user, command, args);
  return run(launch.command, launch.args, { ...launch, cwd: "/" });
}

describe.runIf(process.getuid?.() === 0)("started by root, the database's user", () => {
  test("is not root", async () => {
    await chmod(folder, 0o755);
    const user = await databaseUserFor(folder, folder);
    expect((await as(user, "id", "-u")).stdout.trim()).toBe(String(user?.uid));
    expect(user?.uid).not.toBe(0);
    expect(user?.walksThroughPrivateFolders).toBe(false);
  });

  test("gets through a private folder to run and read what lies there, and writes nothing", async () => {
    const program = join(folder, "program");
    // PostgreSQL asks access(2) before it runs a program of its own, and access(2) has rules of its own.
    await writeFile(program, '#!/bin/sh\n[ -x "$0" ] && [ -r "$0" ] && echo runs\n', { mode: 0o755 });
    const user = await databaseUserFor(folder, folder);
    expect((await as(user, program)).stdout.trim()).toBe("runs");
    expect((await as(user, "touch", join(folder, "written"))).code).not.toBe(0);
  });
});

test.runIf(process.getuid?.() !== 0)("started by anybody else, the database runs as they do", async () => {
  expect(await databaseUserFor(folder, folder)).toBeNull();
});
