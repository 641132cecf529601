import { expect, type Page, test } from "@playwright/test";
import { makeClip } from "./support/clips.ts";
import { chooseFromMenu, pick, taskRow, upload, uploadRow } from "./support/console.ts";

/** Adds one step each for templates found by these numbers. */
async function addSteps(page: Page, ...definitions: string[]): Promise<void> {
  await page.getByRole("button", { name: "Add steps" }).click();
  const picker = page.getByRole("dialog");
  for (const definition of definitions) {
    await picker.getByPlaceholder("Search templates by name or number").fill(definition);
    await picker.getByRole("button", { name: definition }).first().click();
  }
  await picker.getByRole("button", { name: "Done" }).click();
}

test("a flow with a condition is written in four views, tried, run, changed, compared, rolled back and run as it was", async ({
  page,
}) => {
  await page.goto("/procedures/new");
  await page.getByLabel("Name", { exact: true }).fill("Deciding");
  await addSteps(page, "100010", "100040");
  const steps = page.getByRole("listitem").filter({ hasText: "Transcode" });
  await steps.nth(1).getByRole("button", { name: "Adjust this step" }).click();
  await steps.nth(1).getByRole("button", { name: "Add a condition" }).click();
  await expect(steps.nth(1)).toContainText("Only if: Short side is at least 1,080 px");

  // The same thing as a graph, where the condition leads to the second step alone.
  await page.getByRole("radio", { name: "Graph" }).click();
  await expect(page.locator(".react-flow__node")).toHaveCount(4);
  await page.locator(".react-flow__node").filter({ hasText: "MP4-FLU-360P" }).click();
  await expect(steps.filter({ hasText: "MP4-FLU-360P" })).toBeVisible();
  // As JSON, what is wrong with it is marked with its place.
  await page.getByRole("radio", { name: "JSON" }).click();
  const code = page.locator(".cm-content");
  await expect(code).toContainText('"shortSidePx"');
  const text = (await code.locator(".cm-line").allTextContents()).join("\n").replace("100010", "-1");
  await code.click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText(text);
  await expect(page.getByRole("status").filter({ hasText: "steps.0.template" })).toContainText("Line 5");
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText(text.replace("-1", "100010"));
  await page.getByRole("radio", { name: "Lua" }).click();
  await expect(page.locator(".cm-content")).toContainText("media.shortSidePx");

  // Nothing here is tall enough for the second step.
  await page.getByRole("button", { name: "Create procedure" }).click();
  await expect(page.getByText("Procedure created")).toBeVisible();
  await upload(page, [await makeClip("deciding.mp4", { seconds: 2 })], "Deciding");
  await expect(uploadRow(page, "deciding.mp4")).toContainText("its task created", { timeout: 120_000 });
  await page.goto("/tasks?search=deciding");
  await expect(taskRow(page, "deciding")).toContainText("1/1", { timeout: 120_000 });

  // A second version says something else for one parameter of the first step.
  await page.goto("/procedures/Deciding/edit");
  await steps.first().getByRole("button", { name: "Adjust this step" }).click();
  await steps.first().getByRole("button", { name: "Change parameters for this step only" }).click();
  await steps.first().getByLabel("Height").first().fill("240");
  await page.keyboard.press("Tab");
  await expect(steps.first().getByText("with changed parameters")).toBeVisible();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved as version 2")).toBeVisible();

  await page.getByRole("tab", { name: "Versions" }).click();
  await page.getByRole("button", { name: "Compare version 1 with the current one" }).click();
  await expect(page.getByRole("figure")).toContainText('"heightPx": 240');
  await page.getByRole("button", { name: "Roll back to version 1" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Roll back" }).click();
  await expect(page.getByText("Rolled back: saved as version 3")).toBeVisible();

  // The task of the first version is run again through the second.
  await page.goto("/tasks?search=deciding");
  await chooseFromMenu(taskRow(page, "deciding"), "Run again with…");
  const dialog = page.getByRole("dialog", { name: "New task" });
  await pick(page, dialog.getByLabel("Version"), "Version 2");
  await dialog.getByRole("button", { name: "Create task" }).click();
  await expect(page.getByText("Task created")).toBeVisible();
  await page.goto("/tasks?search=deciding");
  await expect(page.locator("tr[data-row]")).toHaveCount(2);
  await expect(taskRow(page, "deciding")).toContainText("1/1", { timeout: 120_000 });
  await taskRow(page, "deciding").click();
  await expect(page.locator("tr[data-row-of]")).toContainText("240");

  // And once more with one parameter of one step said otherwise, for that task alone.
  await chooseFromMenu(taskRow(page, "deciding"), "Run again with…");
  await dialog.getByRole("button", { name: "Change for this task…" }).click();
  const own = dialog.getByRole("listitem").filter({ hasText: "MP4-FLU-360P" });
  await own.getByRole("button", { name: "Adjust this step" }).click();
  if ((await own.getByLabel("Height").count()) === 0)
    await own.getByRole("button", { name: "Change parameters for this step only" }).click();
  await own.getByLabel("Height").first().fill("180");
  await page.keyboard.press("Tab");
  await dialog.getByRole("button", { name: "Create task" }).click();
  await page.goto("/tasks?search=deciding");
  await expect(page.locator("tr[data-row]")).toHaveCount(3);
  await expect(taskRow(page, "deciding")).toContainText("1/1", { timeout: 120_000 });
  await taskRow(page, "deciding").click();
  await expect(page.locator("tr[data-row-of]")).toContainText("180");
});

test("a script decides for each media; a wrong one is refused with its line, and text runs for one task alone", async ({
  page,
}) => {
  await page.goto("/procedures/new?as=script");
  await page.getByLabel("Name", { exact: true }).fill("Scripted");
  const code = page.locator(".cm-content");
  await code.click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText("local steps = {\nreturn steps");
  await expect(page.getByRole("status").filter({ hasText: "Lua" })).toContainText("Line 2");
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText("if media.durationSeconds < 10 then return { cover(10) } end\nreturn { sprite(10) }");
  await expect(page.getByRole("cell", { name: "Cover" }).first()).toBeVisible();
  await page.getByRole("button", { name: "Create procedure" }).click();
  await expect(page.getByText("Procedure created")).toBeVisible();

  await upload(page, [await makeClip("scripted.mp4", { seconds: 2 })], "Scripted");
  await expect(uploadRow(page, "scripted.mp4")).toContainText("its task created", { timeout: 120_000 });
  await page.goto("/tasks?search=scripted");
  await expect(taskRow(page, "scripted")).toContainText("1/1", { timeout: 120_000 });

  await chooseFromMenu(taskRow(page, "scripted"), "Run again with…");
  const dialog = page.getByRole("dialog", { name: "New task" });
  await dialog.getByRole("radio", { name: "Text" }).click();
  await dialog.getByLabel("Procedure as text").fill("QCVB_SimpleProcessFile({100010},,10)");
  await expect(dialog.getByText("Line 1, column 33")).toBeVisible();
  await dialog.getByLabel("Procedure as text").fill("QCVB_SimpleProcessFile({100010},0,10)");
  await dialog.getByRole("button", { name: "Create task" }).click();
  await page.goto("/tasks?search=scripted");
  await expect(taskRow(page, "scripted")).toContainText("2/2", { timeout: 120_000 });
});
