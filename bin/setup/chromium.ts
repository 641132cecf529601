/** Makes sure of a browser for the journeys of e2e/. */
import { access, constants } from "node:fs/promises";
import { Refusal } from "./refusal.ts";
import { findProgram, installPackages, type PackageNames } from "./system-packages.ts";

const PROGRAMS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC_APPLICATIONS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

const CHROMIUM: PackageNames = {
  "apt-get": ["chromium"],
  dnf: ["chromium"],
  apk: ["chromium"],
  pacman: ["chromium"],
  brew: ["--cask", "chromium"],
};

/** Answers the browser's path. */
export async function requireChromium(): Promise<string> {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (await isExecutable(given)) return given;
    throw new Refusal(`CHROMIUM_PATH: there is no program at ${given}.`);
  }
  const found = await findChromium();
  if (found !== null) return found;
  const advice = await installPackages("Installing Chromium", CHROMIUM);
  const installed = await findChromium();
  if (installed !== null) return installed;
  throw new Refusal(`Chromium is missing.\n${advice ?? ""}\nOr name one: CHROMIUM_PATH=/path/to/chrome npm test`);
}

async function findChromium(): Promise<string | null> {
  for (const name of PROGRAMS) {
    const path = await findProgram(name);
    if (path !== null) return path;
  }
  for (const path of process.platform === "darwin" ? MAC_APPLICATIONS : []) {
    if (await isExecutable(path)) return path;
  }
  return null;
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
