import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { makeClip, makeFile } from "./support/clips.ts";
import { chooseFiles, upload, uploadRow } from "./support/console.ts";

test("what is not a whole media file is refused with the reason, and what came with it is not lost", async ({
  page,
}) => {
  const whole = await readFile(await makeClip("whole.mp4", { seconds: 3 }));
  const secret = await makeFile("secret.txt", "not for others");
  const files = [
    await makeFile("letter.mp4", "Dear reader, this is a letter.\n".repeat(50)),
    // The index of an ordinary MP4 stands at its end.
    await makeFile("cut.mp4", whole.subarray(0, Math.floor(whole.length / 3))),
    await makeFile("playlist.mp4", `#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfile://${secret}\n#EXT-X-ENDLIST\n`),
    await makeFile("script.mp4", `ffconcat version 1.0\nfile '${secret}'\n`),
    await makeClip("good.mp4", { seconds: 1 }),
  ];
  await upload(page, files);
  await expect(uploadRow(page, "letter.mp4")).toContainText("not", { timeout: 120_000 });
  for (const name of ["letter.mp4", "cut.mp4", "playlist.mp4", "script.mp4"]) {
    await expect(uploadRow(page, name).locator(".text-danger-text").first()).toBeVisible({ timeout: 120_000 });
  }
  await expect(uploadRow(page, "good.mp4")).toContainText("Added to your media", { timeout: 120_000 });
});

test("an empty file is refused before anything is sent", async ({ page }) => {
  await page.goto("/upload");
  await chooseFiles(page, [await makeFile("empty.mp4", "")]);
  await expect(uploadRow(page, "empty.mp4").locator(".text-danger-text").first()).toBeVisible();
});
