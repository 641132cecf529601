import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { isInstalled } from "./installed.mjs";

const lock = {
  packages: {
    "": {},
    "node_modules/next": { version: "16.4.6" },
    "node_modules/vitest": { version: "5.1.1", dev: true },
    "node_modules/sharp-for-elsewhere": { version: "1.0.0", optional: true },
  },
};
const complete = {
  packages: { "node_modules/next": { version: "16.4.6" }, "node_modules/vitest": { version: "5.1.1", dev: true } },
};
const withoutTools = { packages: { "node_modules/next": { version: "16.4.6" } } };
const older = { packages: { ...complete.packages, "node_modules/next": { version: "16.4.5" } } };

describe("what is in node_modules", () => {
  test("is complete without the optional packages of other platforms", () => {
    expect(isInstalled(lock, complete, { dev: true })).toBe(true);
  });

  test("is enough to start without the development tools, and not enough to test", () => {
    expect(isInstalled(lock, withoutTools, { dev: false })).toBe(true);
    expect(isInstalled(lock, withoutTools, { dev: true })).toBe(false);
  });

  test("is not enough when a version differs, or after an interrupted installation", () => {
    expect(isInstalled(lock, older, { dev: false })).toBe(false);
    expect(isInstalled(lock, null, { dev: false })).toBe(false);
  });
});

const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), optionalDependencies: z.record(z.string(), z.string()).optional() }),
  ),
});

test("the lock file names every optional package of every platform, without which `npm ci` refuses it", async () => {
  const { packages } = lockFile.parse(JSON.parse(await readFile("package-lock.json", "utf8")));
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isResolvable(path, name)),
  );
  expect(missing).toEqual([]);

  /** Looks where Node looks: in the package's own node_modules, then in those of the folders above. */
  function isResolvable(path: string, name: string): boolean {
    const inside = `${path === "" ? "" : `${path}/`}node_modules/${name}`;
    if (inside in packages) return true;
    if (path === "") return false;
    return isResolvable(path.slice(0, Math.max(0, path.lastIndexOf("/node_modules/"))), name);
  }
});
