import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { shellLine, shellLines } from "./shell-quote.ts";

const ARGV = [
  "-i",
  '/in/it\'s a "clip" $HOME `x`.mp4',
  "-vf",
  "scale=-2:720,fps=25",
  "-map",
  "0:v?",
  "-t",
  "-1",
  "",
  "é\n한.mp4",
];

test.each([shellLine, shellLines])("a shell reads back exactly the arguments that were given", (print) => {
  const script = `printf '%s\\0' ${print(["x", ...ARGV]).slice(2)}`;
  expect(execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1)).toEqual(ARGV);
});

test("what needs no quotes gets none", () => {
  expect(shellLine(["ffmpeg", "-y", "-i", "/data/a.mp4", "-b:v", "800k"])).toBe("ffmpeg -y -i /data/a.mp4 -b:v 800k");
});

test("each option starts a line, and negative numbers stay with theirs", () => {
  expect(shellLines(["ffmpeg", "-ss", "-1", "-i", "a.mp4", "b.mp4"])).toBe("ffmpeg \\\n  -ss -1 \\\n  -i a.mp4 b.mp4");
});
