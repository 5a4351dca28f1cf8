import { defineConfig, devices } from "@playwright/test";
import { systemChromium } from "./scripts/lib/chromium";
import { JOURNEY_LIMIT_MS, STEP_LIMIT_MS } from "./scripts/lib/test-limits";

const executablePath = systemChromium();

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/global-setup.ts",
  outputDir: "test-results",
  // A journey that fails sometimes is a failure; it is looked into, not repeated.
  retries: 0,
  // The browser, the product and its database already use two cores; a second worker made the run longer.
  workers: 1,
  timeout: JOURNEY_LIMIT_MS,
  expect: { timeout: STEP_LIMIT_MS },
  forbidOnly: Boolean(process.env.CI),
  use: {
    // Set by e2e/global-setup.ts before the workers read this file.
    baseURL: process.env.BASE_URL,
    // Recording costs a third of the time; `npx playwright test --trace on` records what failed.
    trace: "off",
    // Installing it costs each new browser context some seconds; offline.spec.ts tests it.
    serviceWorkers: "block",
    screenshot: "only-on-failure",
    locale: "en-GB",
    actionTimeout: STEP_LIMIT_MS,
    navigationTimeout: STEP_LIMIT_MS,
    launchOptions: {
      executablePath,
      args: [
        // Chromium's sandbox refuses root, which is who runs the tests in most containers.
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-sync",
        "--disable-background-networking",
        "--disable-component-update",
      ],
    },
  },
  projects: [{ name: "chromium", use: devices["Desktop Chrome"] }],
});
