import { expect, type Page, test } from "@playwright/test";
import { type ApiKey, vodClient } from "./support/api.ts";
import { makeClip } from "./support/clips.ts";
import { upload, uploadRow } from "./support/console.ts";

/** What the dialog shows, this once. */
async function shownKey(page: Page): Promise<ApiKey> {
  const dialog = page.getByRole("dialog", { name: "Your new key" });
  await expect(dialog.locator("code")).toHaveCount(2);
  const [secretId = "", secretKey = ""] = await dialog.locator("code").allTextContents();
  await dialog.getByRole("button", { name: "I have saved it" }).click();
  await expect(dialog).toBeHidden();
  return { secretId, secretKey };
}

async function chooseFor(page: Page, secretId: string, item: string): Promise<void> {
  const row = page.getByRole("listitem").filter({ has: page.getByRole("button", { name: `Copy id ${secretId}` }) });
  await row.getByRole("button", { name: /^Actions for/ }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

test("a key made in the console lets a program process a media, is rotated without a gap, and stops when disabled", async ({
  page,
  baseURL,
}) => {
  const address = baseURL ?? "";
  await page.goto("/api-keys");
  await page.getByRole("button", { name: "Create key" }).first().click();
  await page.getByRole("textbox", { name: "Name" }).fill("Backend");
  await page.keyboard.press("Enter");
  const first = await shownKey(page);
  await page.reload();
  await expect(page.getByText(first.secretId).first()).toBeVisible();
  await expect(page.getByText(first.secretKey)).toHaveCount(0);

  await upload(page, [await makeClip("from-a-program.mp4", { seconds: 2 })]);
  const link = uploadRow(page, "from-a-program.mp4").getByRole("link", { name: "View media" });
  await expect(link).toBeVisible({ timeout: 120_000 });
  const FileId = (await link.getAttribute("href"))?.split("/").at(-1) ?? "";

  const client = vodClient(address, first);
  const { TaskId = "" } = await client.ProcessMedia({
    FileId,
    MediaProcessTask: { CoverBySnapshotTaskSet: [{ Definition: 10, PositionType: "Time", PositionValue: 1 }] },
  });
  await expect
    .poll(async () => (await client.DescribeTaskDetail({ TaskId })).Status, { timeout: 60_000 })
    .toBe("FINISH");
  const { ProcedureTask } = await client.DescribeTaskDetail({ TaskId });
  const { CoverUrl = "" } = ProcedureTask?.MediaProcessResultSet?.[0]?.CoverBySnapshotTask?.Output ?? {};
  expect((await fetch(CoverUrl)).headers.get("content-type")).toBe("image/jpeg");

  await page.goto("/api-keys");
  await chooseFor(page, first.secretId, "Rotate…");
  await page.getByRole("button", { name: "Create second key" }).click();
  const second = await shownKey(page);
  for (const key of [first, second]) {
    // A path in the endpoint is signed, and survives every rewriting of the address.
    expect((await vodClient(address, key, "/vod").DescribeTasks({ FileId })).TaskSet).toHaveLength(1);
  }

  await chooseFor(page, first.secretId, "Disable…");
  await expect(page.getByRole("alertdialog")).toContainText("refused within seconds");
  await page.getByRole("button", { name: "Disable key" }).click();
  await expect
    .poll(() =>
      client.DescribeTasks({}).then(
        () => "answered",
        ({ code }) => code,
      ),
    )
    .toBe("AuthFailure.SecretIdNotFound");
  expect((await vodClient(address, second).DescribeTasks({ FileId })).TaskSet).toHaveLength(1);
});

test("what is no request of the API is answered in its words, and browsers get the console", async ({
  request,
  page,
}) => {
  const answer = await request.post("/", { data: {} });
  expect(answer.status()).toBe(200);
  expect(await answer.json()).toMatchObject({ Response: { Error: { Code: "InvalidAction" } } });
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Tasks", level: 1 })).toBeVisible();
});
