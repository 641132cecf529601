import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { ffmpeg, lavfi, probe, QUICK_H264, runCommand, scratchDir } from "../ffmpeg/test-media.ts";
import { aContext } from "../operations/test-plans.ts";
import { complexityCommand, readComplexity } from "./complexity.ts";

async function lookAt(...source: string[]) {
  const dir = await scratchDir();
  const path = await ffmpeg(...source, `${dir}/clip.mp4`);
  const media = await probe(path);
  const command = complexityCommand(media, path, dir);
  if (command === null) throw new Error("Nothing to look at");
  await runCommand(command);
  return readComplexity(media, dir, (list) => readFile(list, "utf8"));
}

test("noise has more to encode than colour bars, in key frames, between them, and in pictures", async () => {
  const bars = await lookAt(...lavfi("smptebars=size=640x360:rate=25:duration=2"), ...QUICK_H264);
  const noisy = "testsrc2=size=640x360:rate=25:duration=2,noise=alls=20:allf=t";
  const noise = await lookAt(...lavfi(noisy), ...QUICK_H264);
  if (bars === null || noise === null) throw new Error("Nothing was seen");
  expect(noise.large.film.keyBytes).toBeGreaterThan(5 * bars.large.film.keyBytes);
  expect(noise.large.film.otherBytes).toBeGreaterThan(20 * bars.large.film.otherBytes);
  expect(noise.large.pictureBytes).toBeGreaterThan(3 * bars.large.pictureBytes);
  expect(noise.poor.otherBytes).toBeLessThan(noise.small.film.otherBytes);
  expect(noise.soundBps).toBeNull();
});

test("a longer film is looked at in four places, and its sound is heard", async () => {
  const look = await lookAt(
    ...[...lavfi("testsrc2=size=320x180:rate=10:duration=20"), ...lavfi("sine=duration=20")],
    ...[...QUICK_H264, "-c:a", "aac"],
  );
  expect(look).toMatchObject({
    large: { widthPx: 320, heightPx: 180 },
    small: { widthPx: 160, heightPx: 90 },
  });
  expect(look?.soundBps).toBeGreaterThan(20_000);
});

test("sound and still pictures have no film to look at", () => {
  expect(complexityCommand(aContext({ video: null }).media, "/run/source", "/run")).toBeNull();
  expect(complexityCommand(aContext({ durationSeconds: 0 }).media, "/run/source", "/run")).toBeNull();
});
