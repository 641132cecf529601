/** Makes sure of ffmpeg and ffprobe, new enough and with the encoders the operations use. */
import { run } from "./command.ts";
import { Refusal } from "./refusal.ts";
import { installPackages, type PackageNames } from "./system-packages.ts";

const OLDEST_MAJOR = 5;
const ENCODERS = ["libx264", "aac", "libmp3lame"] as const;

const PACKAGES: PackageNames = {
  "apt-get": ["ffmpeg"],
  dnf: ["ffmpeg"],
  apk: ["ffmpeg"],
  pacman: ["ffmpeg"],
  brew: ["ffmpeg"],
};

/** Answers ffmpeg's version. */
export async function requireFfmpeg(): Promise<string> {
  let found = await lookAtFfmpeg();
  let advice: string | null = null;
  if ("problem" in found) {
    advice = await installPackages("Installing ffmpeg", PACKAGES);
    found = await lookAtFfmpeg();
  }
  if ("version" in found) return found.version;
  throw new Refusal(
    `${found.problem}\n${advice ?? "What the system's package manager installs is not enough; builds with everything: https://ffmpeg.org/download.html"}`,
  );
}

async function lookAtFfmpeg(): Promise<{ version: string } | { problem: string }> {
  const [ffmpeg, ffprobe, encoders] = await Promise.all([
    run("ffmpeg", ["-hide_banner", "-version"]),
    run("ffprobe", ["-hide_banner", "-version"]),
    run("ffmpeg", ["-hide_banner", "-encoders"]),
  ]);
  if (ffmpeg.code !== 0) return { problem: "ffmpeg is missing." };
  if (ffprobe.code !== 0) return { problem: "ffprobe is missing; it usually comes with ffmpeg." };
  const version = versionOf(ffmpeg.stdout);
  if (!isRecentEnough(version)) {
    return { problem: `ffmpeg ${OLDEST_MAJOR} or newer is needed; this is ${version}.` };
  }
  const missing = missingEncoders(encoders.stdout);
  if (missing.length > 0) return { problem: `This ffmpeg (${version}) lacks encoders we need: ${missing.join(", ")}.` };
  return { version };
}

/** From the first line of `ffmpeg -version`, for example "ffmpeg version 5.1.9-0+deb12u1 Copyright …". */
export function versionOf(text: string): string {
  return /^ff\w+ version (\S+)/.exec(text)?.[1] ?? "an unknown version";
}

/** Builds from the development branch ("N-118000-g…", "git-…") are named by commit and newer than any release we ask for. */
export function isRecentEnough(version: string): boolean {
  const major = /^n?(\d+)\./.exec(version)?.[1];
  return major === undefined ? /^(N-|git)/.test(version) : Number(major) >= OLDEST_MAJOR;
}

/** From the lines of `ffmpeg -encoders`, for example " V....D libx264   libx264 H.264 / AVC …". */
export function missingEncoders(text: string): string[] {
  const present = new Set([...text.matchAll(/^ [VAS][A-Z.]{5} (\S+)/gm)].map((match) => match[1]));
  return ENCODERS.filter((encoder) => !present.has(encoder));
}
