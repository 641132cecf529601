import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";

// Playwright reads this file once more in every worker: the first reading names the run's folder, and the others find it.
process.env.E2E_FOLDER ??= mkdtempSync(join(tmpdir(), "reelflow-e2e-"));

/** Chromium as the system has it: nothing is downloaded. The flags keep it from calling home on closed networks. */
const launchOptions = {
  // Without a language of UTF-8 Chromium does not find files whose names are not ASCII.
  env: { LANG: "C.UTF-8", ...process.env },
  executablePath: process.env.CHROMIUM_PATH || "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

export default defineConfig({
  testDir: ".",
  outputDir: "./results",
  // One product instance serves all journeys, as it would serve its users.
  globalSetup: "./support/start-product.ts",
  fullyParallel: false,
  workers: 2,
  retries: 0,
  forbidOnly: process.env.CI === "true",
  // Encoding is real work, and machines differ: what hangs for ever must end, what is slow may be slow.
  timeout: 360_000,
  expect: { timeout: 15_000 },
  use: {
    // Set by the global set-up, once the product has told its address.
    baseURL: process.env.E2E_BASE_URL,
    launchOptions,
    locale: "en-US",
    timezoneId: "UTC",
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "first-minutes", testMatch: "first-minutes.spec.ts" },
    {
      name: "api",
      testMatch: "api/*.spec.ts",
      testIgnore: "api/every-action.spec.ts",
      dependencies: ["first-minutes"],
    },
    // Looks at what the others have asked for.
    { name: "api-complete", testMatch: "api/every-action.spec.ts", dependencies: ["api"] },
    {
      name: "journeys",
      testIgnore: ["first-minutes.spec.ts", "api/*.spec.ts"],
      dependencies: ["first-minutes"],
      // The administrator whom the first minutes made.
      use: { storageState: join(process.env.E2E_FOLDER, "admin.json") },
    },
  ],
});
