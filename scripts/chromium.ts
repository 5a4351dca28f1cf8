/** A Chromium for the browser tests: the system's, or one installed the way this system allows. */
import { existsSync } from "node:fs";
import { run, runNode } from "./run";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

const onSystem = (): string | undefined =>
  [process.env.CHROMIUM_PATH, ...PLACES].find((path) => path && existsSync(path));

/**
 * @returns the variables by which playwright.config.ts finds the browser: its path, or none when
 *   Playwright has its own; a sentence when there is no way
 */
export async function provideChromium(
  say: (line: string) => void,
): Promise<{ env: Record<string, string> } | { sentence: string }> {
  const found = onSystem() ?? (await installFromDebian(say));
  if (found) return { env: { CHROMIUM_PATH: found } };
  say("Downloading Playwright's Chromium…");
  const own = await runNode(["node_modules/@playwright/test/cli.js", "install", "chromium"]);
  if (own.code === 0) return { env: {} };
  return {
    sentence:
      "The browser tests need Chromium: install your system's package, or set CHROMIUM_PATH to one.",
  };
}

async function installFromDebian(say: (line: string) => void): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return undefined;
  say("Installing Debian's Chromium…");
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const packages = ["chromium", "fonts-dejavu-core"];
  await run("apt-get", ["update"], { env });
  const { code, output } = await run(
    "apt-get",
    ["install", "-y", "--no-install-recommends", ...packages],
    { env },
  );
  if (code !== 0) console.log(output.trim());
  return onSystem();
}
