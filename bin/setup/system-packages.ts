/** Programs that come from the system's package manager: which one there is, and whether we may use it. */
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { run } from "./command.ts";
import { step } from "./step.mjs";

const MANAGERS = {
  "apt-get": {
    refresh: ["apt-get", "update"],
    install: ["apt-get", "install", "--yes", "--no-install-recommends"],
    needsRoot: true,
  },
  dnf: { refresh: null, install: ["dnf", "install", "--assumeyes"], needsRoot: true },
  apk: { refresh: null, install: ["apk", "add", "--no-cache"], needsRoot: true },
  pacman: { refresh: null, install: ["pacman", "-Sy", "--noconfirm", "--needed"], needsRoot: true },
  // Homebrew refuses to run as root.
  brew: { refresh: null, install: ["brew", "install"], needsRoot: false },
} as const satisfies Record<
  string,
  { refresh: readonly string[] | null; install: readonly string[]; needsRoot: boolean }
>;

export type PackageManager = keyof typeof MANAGERS;
/** What one thing is called by each package manager; an empty list where the system brings it. */
export type PackageNames = Record<PackageManager, readonly string[]>;

export interface Machine {
  managers: readonly PackageManager[];
  isRoot: boolean;
  /** `sudo` without a question. */
  canSudo: boolean;
}

/** The commands that install something, in order; `mayRun` says whether they would work without the user. */
export interface InstallPlan {
  commands: readonly (readonly string[])[];
  mayRun: boolean;
}

export function planInstall(names: PackageNames, machine: Machine): InstallPlan | null {
  const [name] = machine.managers;
  if (name === undefined) return null;
  const packages = names[name];
  if (packages.length === 0) return { commands: [], mayRun: true };
  const { refresh, install, needsRoot } = MANAGERS[name];
  const prefix = needsRoot && !machine.isRoot ? ["sudo"] : [];
  return {
    commands: [...(refresh === null ? [] : [[...prefix, ...refresh]]), [...prefix, ...install, ...packages]],
    mayRun: needsRoot ? machine.isRoot || machine.canSudo : !machine.isRoot,
  };
}

export async function thisMachine(): Promise<Machine> {
  const names = Object.keys(MANAGERS).filter((name): name is PackageManager => name in MANAGERS);
  const found = await Promise.all(names.map(async (name) => ((await findProgram(name)) === null ? [] : [name])));
  const isRoot = process.getuid?.() === 0;
  return { managers: found.flat(), isRoot, canSudo: !isRoot && (await run("sudo", ["-n", "true"])).code === 0 };
}

/**
 * Installs when we may and otherwise changes nothing. Answers the sentence that tells the user what to type, or null when
 * all went well; whether the thing now works is for the caller to see.
 */
export async function installPackages(title: string, names: PackageNames): Promise<string | null> {
  const plan = planInstall(names, await thisMachine());
  if (plan === null) return "No package manager that we know (apt-get, dnf, apk, pacman, brew) is on this system.";
  const typed = plan.commands.map((command) => command.join(" ")).join(" && ");
  if (!plan.mayRun) return `This user may not install it. Type:\n\n  ${typed}`;
  return step(title, async () => {
    for (const [program = "", ...args] of plan.commands) {
      const { code, output } = await run(program, args, { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
      if (code !== 0) return `\`${typed}\` did not work:\n\n${output.trim().split("\n").slice(-15).join("\n")}`;
    }
    return null;
  });
}

/** Where a program lies on PATH. */
export async function findProgram(name: string): Promise<string | null> {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const path = join(folder, name);
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (folder !== "" && isThere) return path;
  }
  return null;
}
