import { randomBytes } from "node:crypto";
import { expect, test } from "@playwright/test";
import { makeFile } from "./support/clips.ts";
import { chooseFiles, upload, uploadRow } from "./support/console.ts";

test("an upload cut off by a reload goes on where it stopped when the same file is chosen again", async ({ page }) => {
  // Larger than one chunk, so that the reload finds a part of it on the server.
  const path = await makeFile("long-way.mp4", randomBytes(100 * 1024 * 1024));
  await page.route("**/api/uploads/*", async (route) => {
    const offset = Number(route.request().headers()["upload-offset"] ?? 0);
    if (route.request().method() === "PATCH" && offset > 0) await route.abort("connectionreset");
    else await route.continue();
  });
  await upload(page, [path]);
  const row = uploadRow(page, "long-way.mp4");
  await expect(row).toContainText("Connection lost", { timeout: 120_000 });

  await page.unroute("**/api/uploads/*");
  page.on("dialog", (dialog) => dialog.accept());
  await page.reload();
  await expect(row).toContainText("Interrupted at 6");

  const offsets: number[] = [];
  page.on("request", (request) => {
    if (request.method() === "PATCH") offsets.push(Number(request.headers()["upload-offset"]));
  });
  await chooseFiles(page, [path]);
  const start = page.getByRole("button", { name: /^Upload \d+ files?$/ });
  if (await start.isVisible()) await start.click();
  // Random bytes are no media: that the product could tell shows that every byte has arrived.
  await expect(row.locator(".text-danger-text").first()).toBeVisible({ timeout: 120_000 });
  expect(offsets[0]).toBeGreaterThan(0);
});
