/** Makes sure of fonts that can write Chinese, Japanese and Korean: for text watermarks, and for the browser of e2e/. */
import { run } from "./command.ts";
import { installPackages, type PackageNames } from "./system-packages.ts";

const FONTS: PackageNames = {
  "apt-get": ["fontconfig", "fonts-noto-cjk"],
  dnf: ["fontconfig", "google-noto-sans-cjk-fonts"],
  apk: ["fontconfig", "font-noto-cjk"],
  pacman: ["fontconfig", "noto-fonts-cjk"],
  brew: [],
};

/**
 * Never fails: without them everything else works, and a watermark that cannot be written says so (FONT_MISSING) rather
 * than showing boxes.
 */
export async function ensureFonts(): Promise<void> {
  if (process.platform === "darwin" || (await hasFonts())) return;
  const advice = await installPackages("Installing fonts for Chinese and Korean", FONTS);
  if (advice !== null) console.log(`  ! Text watermarks in Chinese, Japanese or Korean will fail. ${advice}`);
}

async function hasFonts(): Promise<boolean> {
  const lists = await Promise.all(["zh-cn", "ko"].map((language) => run("fc-list", [`:lang=${language}`, "family"])));
  return lists.every(({ code, stdout }) => code === 0 && stdout.trim() !== "");
}
