import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { chain, filter, graph } from "./filter.ts";
import { ffmpeg, lavfi, scratchDir } from "./test-media.ts";

test("a chain reads as its steps, and empty steps fall out", () => {
  expect(chain([filter("scale", [640, 360]), null, filter("fps", { fps: "1/10", round: "up" }), filter("null")])).toBe(
    "scale=640:360,fps=fps=1/10:round=up,null",
  );
});

test("numbers are plain decimals", () => {
  expect(filter("trim", { start: 0.1 + 0.2, end: 1e-7 })).toBe("trim=start=0.3:end=0");
});

test("a graph joins labelled chains", () => {
  expect(
    graph([
      { steps: "split", to: ["a", "b"] },
      { from: ["a", "b"], steps: "overlay" },
    ]),
  ).toBe("split[a][b];[a][b]overlay");
});

test("ffmpeg reads back any text that was put in as a value", async () => {
  const dir = await scratchDir();
  const text = "a,b;c:d'e\\f[g]=h%";
  const key = filter("metadata", { mode: "add", key: "note", value: text });
  const print = filter("metadata", { mode: "print", file: `${dir}/note.txt` });
  await ffmpeg(...lavfi("color=size=16x16:duration=0.1"), "-vf", chain([key, print]), "-f", "null", "-");
  expect(await readFile(`${dir}/note.txt`, "utf8")).toContain(`note=${text}\n`);
});
