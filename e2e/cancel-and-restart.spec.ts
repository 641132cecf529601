import { expect, test } from "@playwright/test";
import { makeClip } from "./support/clips.ts";
import { chooseFromMenu, taskRow, upload, uploadRow } from "./support/console.ts";

test("a running task is cancelled, says so, and runs to its end when it is restarted", async ({ page }) => {
  const path = await makeClip("marathon.mp4", { seconds: 40, size: "1280x720" });
  await upload(page, [path], "Starter");
  await expect(uploadRow(page, "marathon.mp4")).toContainText("its task created", { timeout: 120_000 });

  await page.goto("/tasks?search=marathon");
  const row = taskRow(page, "marathon");
  await expect(row).toContainText("Processing", { timeout: 120_000 });
  await chooseFromMenu(row, "Cancel task");
  const confirmation = page.getByRole("alertdialog").or(page.getByRole("dialog"));
  await expect(confirmation).toContainText("marathon");
  await confirmation.getByRole("button", { name: "Cancel task" }).click();
  await expect(row).toContainText("Cancelled", { timeout: 40_000 });

  await chooseFromMenu(row, "Restart all");
  await confirmation.getByRole("button", { name: "Restart all" }).click();
  await expect(row).toContainText("Succeeded", { timeout: 240_000 });
  await expect(row).toContainText("6/6");
});
