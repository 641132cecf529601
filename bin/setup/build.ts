/** What is made from the sources, and made again only when they changed: the database client and the production build. */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Finished, run } from "./command.ts";
import { Refusal } from "./refusal.ts";
import { readIfThere } from "./settings.ts";
import { step } from "./step.mjs";

/** What a product is made of, and the file that remembers what it was made of last time. */
interface Product {
  sources: readonly string[];
  stamp: string;
}

const CLIENT: Product = {
  sources: ["prisma/schema.prisma", "prisma.config.ts", "package-lock.json"],
  stamp: "prisma/generated/.made-of",
};
const BUILD: Product = {
  sources: [
    "app",
    "server",
    "public",
    "prisma/schema.prisma",
    "instrumentation.ts",
    "proxy.ts",
    "next.config.mjs",
    "postcss.config.mjs",
    "tsconfig.json",
    "package.json",
    "package-lock.json",
  ],
  stamp: ".next/.made-of",
};
const IS_TEST = /\.test\.tsx?$/;

/** Prisma's client, which plain Node loads as TypeScript. */
export async function generateClient(): Promise<void> {
  await makeUnlessCurrent("Generating the database client", CLIENT, () =>
    // Prisma looks for an engine that generating does not need, and would download it.
    runInstalled("prisma", ["generate"], { PRISMA_SCHEMA_ENGINE_BINARY: "/bin/true", PRISMA_HIDE_UPDATE_MESSAGE: "1" }),
  );
}

/** Answers whether there was something to build. */
export async function buildConsole(): Promise<boolean> {
  return makeUnlessCurrent("Building the console (takes a minute)", BUILD, () =>
    runInstalled("next", ["build"], { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" }),
  );
}

/** The path of a package's program, to be run with the Node that runs us. */
export function installedProgram(name: "prisma" | "next"): string {
  return { prisma: "node_modules/prisma/build/index.js", next: "node_modules/next/dist/bin/next" }[name];
}

function runInstalled(name: "prisma" | "next", args: string[], env: Record<string, string>): Promise<Finished> {
  return run(process.execPath, [installedProgram(name), ...args], { env: { ...process.env, ...env } });
}

async function makeUnlessCurrent(title: string, product: Product, make: () => Promise<Finished>): Promise<boolean> {
  const current = await hashOf(process.cwd(), product.sources);
  if ((await readIfThere(product.stamp)) === current) return false;
  await step(title, async () => {
    // Gone while it is being made: what an interrupted run leaves must not pass for a whole one.
    await rm(product.stamp, { force: true });
    const { code, output } = await make();
    if (code !== 0) throw new Refusal(`${title} failed:\n\n${output.trim()}`);
    await mkdir(dirname(product.stamp), { recursive: true });
    await writeFile(product.stamp, current);
  });
  return true;
}

/** One hash over the names and contents of files and folders; what is not there counts as empty, tests do not count. */
export async function hashOf(root: string, sources: readonly string[]): Promise<string> {
  const hash = createHash("sha256").update(`node ${process.versions.node}\n`);
  const files = (await Promise.all(sources.map((source) => filesBelow(root, source)))).flat().sort();
  for (const file of files) {
    const content = await readFile(join(root, file));
    // With its length, so that no two sets of files run together into the same bytes.
    hash.update(`${file} ${content.length}\n`).update(content);
  }
  return hash.digest("hex");
}

async function filesBelow(root: string, path: string): Promise<string[]> {
  let entries: { name: string; isDirectory: () => boolean }[];
  try {
    entries = await readdir(join(root, path), { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOTDIR") return [path];
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
  const found = await Promise.all(
    entries.map((entry) => {
      const inside = `${path}/${entry.name}`;
      if (entry.isDirectory()) return filesBelow(root, inside);
      return IS_TEST.test(entry.name) ? [] : [inside];
    }),
  );
  return found.flat();
}
