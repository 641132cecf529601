import { describe, expect, test } from "vitest";
import { type PackageNames, planInstall } from "./system-packages.ts";

const names: PackageNames = {
  "apt-get": ["ffmpeg"],
  dnf: ["ffmpeg-free"],
  apk: ["ffmpeg"],
  pacman: ["ffmpeg"],
  brew: [],
};

describe("installing through the system's package manager", () => {
  test("root on Debian installs without asking", () => {
    expect(planInstall(names, { managers: ["apt-get"], isRoot: true, canSudo: false })).toEqual({
      commands: [
        ["apt-get", "update"],
        ["apt-get", "install", "--yes", "--no-install-recommends", "ffmpeg"],
      ],
      mayRun: true,
    });
  });

  test("a user who may sudo without a password installs with it", () => {
    const plan = planInstall(names, { managers: ["dnf"], isRoot: false, canSudo: true });
    expect(plan).toEqual({ commands: [["sudo", "dnf", "install", "--assumeyes", "ffmpeg-free"]], mayRun: true });
  });

  test("any other user is shown what to type, and nothing is run", () => {
    const plan = planInstall(names, { managers: ["pacman"], isRoot: false, canSudo: false });
    expect(plan).toEqual({
      commands: [["sudo", "pacman", "-Sy", "--noconfirm", "--needed", "ffmpeg"]],
      mayRun: false,
    });
  });

  test("Homebrew needs no root and refuses it", () => {
    const ffmpeg = { ...names, brew: ["ffmpeg"] };
    expect(planInstall(ffmpeg, { managers: ["brew"], isRoot: false, canSudo: false })?.mayRun).toBe(true);
    expect(planInstall(ffmpeg, { managers: ["brew"], isRoot: true, canSudo: false })?.mayRun).toBe(false);
  });

  test("what the system brings by itself needs no command", () => {
    expect(planInstall(names, { managers: ["brew"], isRoot: false, canSudo: false })?.commands).toEqual([]);
  });

  test("an unknown system has no plan", () => {
    expect(planInstall(names, { managers: [], isRoot: true, canSudo: false })).toBeNull();
  });
});
