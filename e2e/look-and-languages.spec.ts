import { expect, test } from "@playwright/test";

const PAGES = [
  "/tasks",
  "/media",
  "/upload",
  "/templates",
  "/procedures",
  "/pipelines",
  "/api-keys",
  "/api-reference",
  "/events",
  "/settings",
];
const LANGUAGES = { en: "Tasks", "zh-CN": "任务", ko: "작업" };

for (const [language, tasks] of Object.entries(LANGUAGES)) {
  test(`every page speaks ${language}, and fits phones, tablets and desks without scrolling sideways`, async ({
    page,
    context,
    baseURL,
  }) => {
    await context.addCookies([{ name: "locale", value: language, url: baseURL ?? "" }]);
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    for (const width of [1440, 1024, 390]) {
      await page.setViewportSize({ width, height: 900 });
      for (const path of PAGES) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        const sideways = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
        expect(await page.evaluate(sideways), `${path} at ${width} px`).toBeLessThanOrEqual(0);
      }
    }
    await page.goto("/tasks");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(tasks);
    await expect(page.locator("html")).toHaveAttribute("lang", language);
    expect(complaints).toEqual([]);
  });
}

test("the task list works from the keyboard alone", async ({ page }) => {
  await page.goto("/tasks");
  await page.locator("tr[data-row]").first().waitFor();
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  const row = page.locator("tr[data-row]").first();
  await expect(row).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(row).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Enter");
  await expect(row).toHaveAttribute("aria-expanded", "false");
});
