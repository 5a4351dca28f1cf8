/** Fails when a dependency is older than the version that fixed a relevant vulnerability. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** The minimum version of each dependency, with the vulnerability fixed there. */
const floors: Record<string, { version: string; because: string }> = {
  next: { version: "16.0.10", because: "CVE-2025-55182 and its two followers, CVE-2025-29927" },
  react: { version: "19.2.3", because: "CVE-2025-55182, code from a request is run" },
  "react-dom": { version: "19.2.3", because: "goes with react" },
  "next-auth": { version: "4.24.12", because: "GHSA-5jpx-9hw9-2fx4, mail to a second address" },
  "@trpc/server": { version: "11.8.0", because: "CVE-2025-68130, prototype pollution" },
  prisma: { version: "7.0.0", because: "the engine without a native binary" },
  "@prisma/client": { version: "7.0.0", because: "goes with prisma" },
  nodemailer: { version: "7.0.11", because: "CVE-2025-14874 and GHSA-mm7p-fcc7-pg87" },
  pg: { version: "8.11.4", because: "unhandled errors of idle connections" },
  undici: { version: "6.21.2", because: "CVE-2025-47279 and CVE-2025-22150" },
};

type Lock = { packages: Record<string, { version?: string }> };
const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as Lock;

/** The versions of all copies, nested ones included. */
const copiesOf = (name: string): string[] =>
  Object.entries(packages).flatMap(([path, { version }]) =>
    path.endsWith(`node_modules/${name}`) && version ? [version] : [],
  );

const parts = (version: string) => version.split("-")[0]?.split(".").map(Number) ?? [];
const isAtLeast = (version: string, floor: string): boolean => {
  const [is, must] = [parts(version), parts(floor)];
  const place = must.findIndex((part, index) => part !== is[index]);
  return place < 0 || (is[place] ?? 0) > (must[place] ?? 0);
};

describe("minimum versions of dependencies", () => {
  it.each(Object.entries(floors))("%s", (name, { version }) => {
    for (const copy of copiesOf(name)) {
      expect(isAtLeast(copy, version), `${name} ${copy} is below ${version}`).toBe(true);
    }
  });

  it("cover the product's main dependencies", () => {
    for (const name of ["next", "next-auth", "@trpc/server", "prisma", "nodemailer"]) {
      expect(copiesOf(name).length, name).toBeGreaterThan(0);
    }
  });

  it("are compared numerically, and prereleases count as their release", () => {
    expect(isAtLeast("16.0.9", "16.0.10")).toBe(false);
    expect(isAtLeast("15.9.99", "16.0.10")).toBe(false);
    expect(isAtLeast("16.0.10", "16.0.10")).toBe(true);
    expect(isAtLeast("16.1.0-canary.2", "16.0.10")).toBe(true);
  });

  it("are of packages from the registry, each with its checksum", () => {
    const locked = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
      packages: Record<string, { resolved?: string; integrity?: string; link?: boolean }>;
    };
    for (const [path, { resolved, integrity }] of Object.entries(locked.packages)) {
      // The checksum of a package covers the packages bundled in it.
      if (path === "" || !resolved) continue;
      expect(resolved, path).toMatch(/^https:\/\/registry\.npmjs\.org\//);
      expect(integrity, path).toMatch(/^sha512-/);
    }
  });
});
