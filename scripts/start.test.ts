/** What `npm start` says before it needs a database: started as its users do, with one that is away. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "evenhour-start-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** @returns what it said until it gave up */
function start(settings: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, ["scripts/start.mjs", "start"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      ...{ HOST: "127.0.0.1", PORT: "0", EVENHOUR_DATA_DIR: join(folder, "data") },
      DATABASE_URL: "postgresql://nobody:nothing@127.0.0.1:1/nowhere",
      ...settings,
    },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  }
  return new Promise((done, failed) => {
    child.once("error", failed);
    child.once("close", () => done(said));
  });
}

describe("the start behind a web server", () => {
  const PUBLIC_URL = "https://evenhour.example.org";

  it("warns when no web server in front is trusted", async () => {
    expect(await start({ PUBLIC_URL, TRUST_PROXY: "0" })).toMatch(
      /^· PUBLIC_URL is https.*TRUST_PROXY is 0.*everybody counts as one address\.\nThe database .* cannot be reached/m,
    );
  });

  it("says nothing of it when one is, nor without one", async () => {
    for (const settings of [
      { PUBLIC_URL, TRUST_PROXY: "1" },
      { PUBLIC_URL: "http://localhost:3000", TRUST_PROXY: "0" },
    ]) {
      const said = await start(settings);
      expect(said).toMatch(/^The database .* cannot be reached/m);
      expect(said).not.toContain("TRUST_PROXY");
    }
  });
});
