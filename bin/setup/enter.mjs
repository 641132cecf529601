/**
 * The way into every command. It runs on the Node the machine has, 20 or newer, before any package is there, so it
 * imports nothing but Node; it installs what the lock file says and goes on in Node 24, one of the installed packages.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import module from "node:module";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isInstalled } from "./installed.mjs";
import { step } from "./step.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const OLDEST_NODE = 20;
const NODE_IN_PACKAGE = join(ROOT, "node_modules", "node", "bin", "node");
/** Commands that need the development tools too. */
const DEVELOPMENT = new Set(["test", "dev"]);

/** @param {"start" | "dev" | "test" | "worker" | "generate"} command */
export async function enter(command) {
  process.chdir(ROOT);
  try {
    if (majorVersion(process.versions.node) < OLDEST_NODE) {
      throw new Error(
        `Node ${OLDEST_NODE} or newer is needed; this is ${process.versions.node}. See https://nodejs.org.`,
      );
    }
    // npm that is killed outright leaves its script behind, without a terminal to stop it from.
    if (process.env.npm_lifecycle_event !== undefined) await import("./follow-parent.mjs");
    await installPackages({ dev: DEVELOPMENT.has(command) });
    const node = await node24();
    // Saves each process the TypeScript compiler in memory, and half of the time it takes to start.
    process.env.NODE_COMPILE_CACHE ??= join(ROOT, ".cache", "node");
    module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE);
    process.env.PATH = [join(ROOT, "node_modules", ".bin"), pathOfTheSystem()].join(delimiter);
    const script = new URL(`../commands/${command}.ts`, import.meta.url);
    if (realpathSync(node) === realpathSync(process.execPath)) await import(script.href);
    else process.exitCode = await continueIn(node, fileURLToPath(script));
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  }
}

/** @param {{ dev: boolean }} needs */
async function installPackages(needs) {
  const lock = readJson(join(ROOT, "package-lock.json"));
  if (isInstalled(lock, readJson(join(ROOT, "node_modules", ".package-lock.json")), needs)) return;
  // Always with the development tools: they are a tenth of the whole, and `npm test` after `npm start` finds them there.
  await step("Installing packages (1.3 GB, takes a minute or two)", () =>
    runQuietly("npm", ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"], ROOT),
  );
}

/** Node 24 from the package `node`, or the system's when that is new enough and the package's does not run here. */
async function node24() {
  const runs = () => existsSync(NODE_IN_PACKAGE) && spawnSync(NODE_IN_PACKAGE, ["--version"]).status === 0;
  if (runs()) return NODE_IN_PACKAGE;
  // The package fetches its binary in an install script, which npm may have been told not to run.
  const script = join(ROOT, "node_modules", "node", "installArchSpecificPackage.js");
  const failure = await step("Fetching Node 24", () => runQuietly(process.execPath, [script], dirname(script))).catch(
    (error) => error,
  );
  if (runs()) return NODE_IN_PACKAGE;
  if (majorVersion(process.versions.node) >= 24) return process.execPath;
  throw new Error(
    `Node 24 could not be made to run on this system (${process.platform} ${process.arch}); musl-based systems such as Alpine need their own Node 24 or newer on the PATH.` +
      (failure instanceof Error ? `\n${failure.message}` : ""),
  );
}

/**
 * Runs the command in the other Node and answers its exit code. Signals are passed on; on Ctrl-C the terminal signals both
 * processes, which the command takes for one press.
 *
 * @param {string} node
 * @param {string} script
 * @returns {Promise<number>}
 */
function continueIn(node, script) {
  const followParent = new URL("./follow-parent.mjs", import.meta.url).href;
  const child = spawn(node, ["--import", followParent, script, ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  return exitCodeOf(child);
}

/**
 * Runs a program and shows its output only when it failed.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {string} cwd
 */
async function runQuietly(program, args, cwd) {
  const child = spawn(program, args, {
    cwd,
    // Without our own node_modules/.bin, which the installation is about to replace.
    env: { ...process.env, PATH: pathOfTheSystem() },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output = (output + chunk).slice(-8_000);
    });
  }
  /** @param {NodeJS.Signals} signal */
  const passOn = (signal) => child.kill(signal);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, passOn);
  const code = await exitCodeOf(child);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.off(signal, passOn);
  if (code > 128) process.exit(code);
  if (code !== 0) throw new Error(`${program} ${args.join(" ")} failed:\n${output.trim()}`);
}

/**
 * As a shell counts: the code, or 128 and the number of the signal that ended it.
 *
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<number>}
 */
function exitCodeOf(child) {
  return new Promise((resolveCode, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolveCode(code ?? 128 + (constants.signals[signal ?? "SIGTERM"] ?? 0)));
  });
}

/** PATH without node_modules/.bin, which npm puts in front for its scripts. */
function pathOfTheSystem() {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !folder.endsWith(join("node_modules", ".bin")))
    .join(delimiter);
}

/** @param {string} version */
function majorVersion(version) {
  return Number.parseInt(version, 10);
}

/** @param {string} path */
function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : null;
}
