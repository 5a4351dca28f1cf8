/** Finds or installs a Chromium for the browser tests. */
import { existsSync } from "node:fs";
import { run, runNode } from "./run";

/** Chromium without windows, as Debian packages it: the same pages in about three quarters of the time. */
const HEADLESS_SHELL = "/usr/bin/chromium-headless-shell";

const PLACES = [
  HEADLESS_SHELL,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * The browser for playwright.config.ts. Installs nothing.
 * @returns CHROMIUM_PATH or else the system's Chromium; undefined when there is neither, so that Playwright uses its own
 */
export const systemChromium = (): string | undefined =>
  [process.env.CHROMIUM_PATH, ...PLACES].find((path) => path && existsSync(path));

/** The browser for tests of notifications, which the headless shell refuses; undefined when there is none. */
export const fullChromium = (): string | undefined =>
  [process.env.CHROMIUM_PATH, ...PLACES].find(
    (path) => path && path !== HEADLESS_SHELL && existsSync(path),
  );

/**
 * Installs a browser where there is none, and on Debian the headless shell beside another Chromium.
 * @returns null, or a user-facing message when no browser could be installed
 */
export async function provideChromium(say: (line: string) => void): Promise<string | null> {
  const isFastest = process.env.CHROMIUM_PATH || existsSync(HEADLESS_SHELL);
  if (!isFastest) await installFromDebian(say);
  if (systemChromium()) return null;
  say("Downloading Playwright's Chromium…");
  const own = await runNode(["node_modules/@playwright/test/cli.js", "install", "chromium"]);
  if (own.code === 0) return null;
  return "The browser tests need Chromium: install your system's package, or set CHROMIUM_PATH to one.";
}

async function installFromDebian(say: (line: string) => void): Promise<void> {
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return;
  say("Installing Debian's Chromium…");
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update"], { env });
  const install = (...packages: string[]) =>
    run("apt-get", ["install", "-y", "--no-install-recommends", ...packages], { env });
  const shell = await install("chromium-headless-shell", "fonts-dejavu-core");
  if (shell.code === 0 || systemChromium()) return;
  // Older releases have no package of the shell.
  const { code, output } = await install("chromium", "fonts-dejavu-core");
  if (code !== 0) console.log(output.trim());
}
