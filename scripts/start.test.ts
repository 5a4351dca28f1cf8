/** `npm start` with an unreachable database: what it does before it needs one. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build, transform } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashOf, isBuilt, SERVER } from "./sources.mjs";
import { asNode, outputOf, WITHOUT_TYPESCRIPT } from "./testing";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "evenhour-start-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** @returns its output until it ended */
const start = (settings: Record<string, string>, clone = ".") =>
  outputOf(
    "start",
    {
      HOST: "127.0.0.1",
      PORT: "0",
      EVENHOUR_DATA_DIR: join(folder, "data"),
      DATABASE_URL: "postgresql://nobody:nothing@127.0.0.1:1/nowhere",
      ...settings,
    },
    { clone },
  );

describe("npm start behind a reverse proxy", () => {
  const PUBLIC_URL = "https://evenhour.example.org";

  it("warns when PUBLIC_URL is https and TRUST_PROXY is 0", async () => {
    expect(await start({ PUBLIC_URL, TRUST_PROXY: "0" })).toMatch(
      /^· PUBLIC_URL is https.*TRUST_PROXY is 0.*everybody counts as one address\.\nThe database .* cannot be reached/m,
    );
  });

  it("does not warn when TRUST_PROXY is set or PUBLIC_URL is http", async () => {
    for (const settings of [
      { PUBLIC_URL, TRUST_PROXY: "1" },
      { PUBLIC_URL: "http://localhost:3000", TRUST_PROXY: "0" },
    ]) {
      const output = await start(settings);
      expect(output).toMatch(/^The database .* cannot be reached/m);
      expect(output).not.toContain("TRUST_PROXY");
    }
  });
});

describe("an old Node", () => {
  it("is refused with a sentence that says what to do", async () => {
    for (const version of ["16.20.2", "20.18.3"]) {
      const output = await start({ NODE_OPTIONS: asNode(version) });
      expect(output).toMatch(
        new RegExp(`^Evenhour needs Node 20\\.19 or newer.*this is ${version}\\..*nodejs\\.org`),
      );
    }
  });

  it.each(["start.mjs", "install.mjs", "sources.mjs", "tool.mjs"])(
    "from 16 on can read scripts/%s, which prints that sentence",
    async (file) => {
      const source = readFileSync(join("scripts", file), "utf8");
      const options = { format: "esm", platform: "node", minify: true } as const;
      const { code } = await transform(source, { ...options, target: "esnext" });
      // The same code: nothing in it is newer than Node 16.
      expect((await transform(source, { ...options, target: "node16" })).code).toBe(code);
    },
  );
});

describe("the bundle of the server", () => {
  it("is the only code of the server that a start loads", async () => {
    await start({});
    const output = await start({ NODE_OPTIONS: WITHOUT_TYPESCRIPT });
    expect(output).toMatch(/^The database .* cannot be reached/);
  });

  it("is built once, and again when a source has changed", async () => {
    const clone = join(folder, "clone");
    for (const path of SERVER.sources) cpSync(path, join(clone, path), { recursive: true });
    symlinkSync(resolve("node_modules"), join(clone, "node_modules"), "junction");
    const bundled = /^· Bundling the server/m;
    expect(await start({}, clone)).toMatch(bundled);
    expect(await start({}, clone)).not.toMatch(bundled);

    const source = join(clone, "scripts/lib/database.ts");
    const text = readFileSync(source, "utf8");
    writeFileSync(source, text.replace("cannot be reached", "is far away"));
    const output = await start({}, clone);
    expect(output).toMatch(bundled);
    expect(output).toMatch(/^The database .* is far away/m);
  });

  it("contains only files whose changes cause a new build", async () => {
    const { metafile } = await build({
      entryPoints: ["scripts/serve.ts"],
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
      outdir: folder,
      write: false,
      metafile: true,
    });
    const inputs = Object.keys(metafile.inputs);
    expect(inputs).toContain("server/api/http/trpc-http.ts");
    const others = inputs.filter(
      (file) =>
        !file.startsWith("server/platform/db/generated/") &&
        !SERVER.sources.some((path) => file === path || file.startsWith(`${path}/`)),
    );
    expect(others).toEqual([]);
  });
});

describe("isBuilt", () => {
  const target = () => ({ sources: [join(folder, "made")], stamp: join(folder, "stamp") });

  it("depends on the names and contents of the sources, except tests", () => {
    cpSync("scripts/testing.ts", join(folder, "made/a.ts"));
    expect(isBuilt(target())).toBe(false);
    writeFileSync(target().stamp, hashOf(target().sources));
    expect(isBuilt(target())).toBe(true);
    writeFileSync(join(folder, "made/a.test.ts"), "a test");
    expect(isBuilt(target())).toBe(true);
    writeFileSync(join(folder, "made/b.ts"), "");
    expect(isBuilt(target())).toBe(false);
  });
});
