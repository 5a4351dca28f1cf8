import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { lockDataFolder, makeDataFolderPrivate } from "./data-folder";

let root: string;
const before = process.umask();
const modeOf = (...path: string[]) => statSync(join(root, ...path)).mode & 0o777;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "evenhour-data-"));
});
afterEach(() => {
  process.umask(before);
  rmSync(root, { recursive: true, force: true });
});

it.each([0o000, 0o022, 0o077])(
  "locks a data folder with a private file under the umask %o",
  (umask) => {
    process.umask(umask);
    expect(lockDataFolder(join(root, "data"))).toBeNull();
    expect(modeOf("data")).toBe(0o700);
    expect(modeOf("data", "evenhour.lock")).toBe(0o600);
  },
);

it("makes our files and backups private, and leaves other files unchanged", () => {
  const files = [
    "evenhour.lock",
    "auth-secret",
    "database.json",
    "security.log",
    "security.log.2",
    "postgres.log",
    "backups/2026-11-01.evenhour.gz",
  ];
  mkdirSync(join(root, "backups"));
  for (const file of [...files, "notes.txt", "backups/photo.jpg"]) {
    writeFileSync(join(root, file), "");
    chmodSync(join(root, file), 0o666);
  }
  chmodSync(join(root, "backups"), 0o777);
  const warnings: string[] = [];
  makeDataFolderPrivate(root, (line) => warnings.push(line));
  expect(warnings).toEqual([]);
  expect(modeOf("backups")).toBe(0o700);
  for (const file of files) expect([file, modeOf(file)]).toEqual([file, 0o600]);
  expect([modeOf("notes.txt"), modeOf("backups/photo.jpg")]).toEqual([0o666, 0o666]);
});
