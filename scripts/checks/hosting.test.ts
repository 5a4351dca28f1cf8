/** The files in hosting/, as far as they can be checked without running them; e2e/hosting.spec.ts runs the others. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { validate } from "dockerfile-utils";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const read = (name: string) => readFileSync(join("hosting", name), "utf8");
const files = readdirSync("hosting");

const ANALYZE = "/usr/bin/systemd-analyze";

describe("docs/hosting.md", () => {
  const page = readFileSync("docs/hosting.md", "utf8");

  it("names every file in hosting/, and no other", () => {
    const named = [...page.matchAll(/hosting\/([\w.-]+[\w])/g)].map(([, name]) => name);
    // Named by the timer.
    const started = "evenhour-copy-backups.service";
    expect([...new Set([...named, started])].sort()).toEqual(files.sort());
  });

  it("names npm scripts that exist", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
    const commands = [...page.matchAll(/npm run ([\w-]+)/g)].map(([, name]) => name);
    expect(commands.length).toBeGreaterThan(3);
    for (const name of commands) expect(Object.keys(scripts)).toContain(name);
  });
});

describe("the example of the configuration", () => {
  it("sets variables that Evenhour or the script reads", () => {
    const readme = readFileSync("README.md", "utf8") + read("copy-backups.sh");
    const names = [...read("evenhour.env.example").matchAll(/^#?([A-Z_]+)=/gm)];
    expect(names.length).toBeGreaterThan(3);
    for (const [, name] of names) expect(readme).toContain(name);
  });
});

describe.skipIf(!existsSync(ANALYZE))("the units of systemd", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "evenhour-units-"));
    for (const name of files.filter((each) => /\.(service|timer)$/.test(each))) {
      // The paths of this machine: systemd-analyze looks for the programs.
      const unit = read(name)
        .replaceAll("/usr/bin/node", process.execPath)
        .replaceAll("/opt/evenhour", resolve("."));
      writeFileSync(join(folder, name), unit);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What systemd-analyze says of a unit; empty when it is valid. */
  const verify = (name: string): string => {
    try {
      return execFileSync(ANALYZE, ["verify", "--man=no", join(folder, name)], {
        stdio: "pipe",
      }).toString();
    } catch (error) {
      return String(error instanceof Error && "stderr" in error ? error.stderr : error);
    }
  };

  it.each(files.filter((name) => /\.(service|timer)$/.test(name)))("%s is valid", (name) => {
    expect(verify(name)).toBe("");
  });

  it("are checked: an unknown setting and a missing program are found", () => {
    const unit = read("evenhour.service").replace("ProtectHome=", "ProtectHouse=");
    writeFileSync(join(folder, "spoiled.service"), unit.replace("/usr/bin/node", "/usr/bin/nodd"));
    expect(verify("spoiled.service")).toMatch(/ProtectHouse/);
    expect(verify("spoiled.service")).toMatch(/nodd is not executable/);
  });

  it("confine the service", () => {
    const flags = ["security", "--offline=yes", "--no-pager", "--threshold=25"];
    execFileSync(ANALYZE, [...flags, join(folder, "evenhour.service")], { stdio: "pipe" });
  });
});

describe("the Containerfile", () => {
  it("is valid", () => {
    expect(validate(read("Containerfile"))).toEqual([]);
  });

  it("is checked: an unknown instruction is found", () => {
    const faults = validate(read("Containerfile").replace("WORKDIR", "WORKDIRECTORY"));
    expect(faults.map(({ message }) => message)).toEqual(["Unknown instruction: WORKDIRECTORY"]);
  });

  it("leaves out what the repository ignores", () => {
    const left = read(".containerignore").split("\n");
    for (const name of ["node_modules", ".next", "build", "data", ".git", ".env*"]) {
      expect(left).toContain(name);
    }
  });
});
