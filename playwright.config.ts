import { defineConfig } from "@playwright/test";
import { CHROMIUM_ARGS } from "./e2e/support/chromium.ts";

export default defineConfig({
  testDir: "e2e/browser",
  globalSetup: "./e2e/support/browser-setup.ts",
  // Each has a server of its own, and runs a file from its first test to its last.
  workers: 2,
  retries: 0,
  // Waited for in full only by what fails: a busy machine is slow, and that is no fault of the console's.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: [["list"], ["json", { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ?? "test-results/report.json" }]],
  use: {
    browserName: "chromium",
    // The global setup finds or installs one and names it here, before the workers read this file.
    launchOptions: { executablePath: process.env.CHROMIUM_PATH, args: [...CHROMIUM_ARGS] },
    screenshot: "only-on-failure",
    // A fifth of the time, for tests that nearly always pass: `--trace retain-on-failure` has one made.
    trace: "off",
  },
});
