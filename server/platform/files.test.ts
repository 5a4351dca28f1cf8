import {
  appendFileSync,
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  statSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { freeBytes, makePrivateFolder, rotateLog } from "./files";

const root = mkdtempSync(join(tmpdir(), "evenhour-files-"));
const modeOf = (path: string) => statSync(path).mode & 0o7777;
const before = process.umask();
afterEach(() => void process.umask(before));

it.each([0o000, 0o022, 0o077])("makes a private folder under the umask %o", (umask) => {
  process.umask(umask);
  const folder = join(root, `new-${umask}`);
  expect(makePrivateFolder(folder)).toBe(true);
  expect(modeOf(folder)).toBe(0o700);
});

it("tightens a folder that others could read", () => {
  const folder = join(root, "open");
  mkdirSync(folder);
  chmodSync(folder, 0o777);
  expect(makePrivateFolder(folder)).toBe(true);
  expect(modeOf(folder)).toBe(0o700);
});

it("leaves a shared folder and the folders that contain the program unchanged", () => {
  const shared = join(root, "shared");
  mkdirSync(shared);
  chmodSync(shared, 0o1777);
  expect(makePrivateFolder(shared)).toBe(false);
  expect(modeOf(shared)).toBe(0o1777);
  const mode = modeOf(process.cwd());
  expect(makePrivateFolder(process.cwd(), 0o711)).toBe(false);
  expect(makePrivateFolder(join(process.cwd(), ".."), 0o711)).toBe(false);
  expect(modeOf(process.cwd())).toBe(mode);
});

it("returns the free bytes for a folder that does not exist yet", async () => {
  expect(await freeBytes(join(root, "not", "yet"))).toBeGreaterThan(0);
});

it("rotates a log that exceeds its limit, and retains the given number of older logs", () => {
  const file = join(root, "a.log");
  for (const text of ["1111", "2222", "3333", "4444"]) {
    appendFileSync(file, text);
    rotateLog(file, { limit: 3, generations: 2 });
  }
  expect(statSync(file, { throwIfNoEntry: false })).toBeUndefined();
  expect([1, 2].map((age) => readFileSync(`${file}.${age}`, "utf8"))).toEqual(["4444", "3333"]);
  expect(statSync(`${file}.3`, { throwIfNoEntry: false })).toBeUndefined();
});

it("rotates a log that another process has open", () => {
  const file = join(root, "held.log");
  const held = openSync(file, "a", 0o600);
  writeSync(held, "before");
  rotateLog(file, { limit: 3, generations: 2, isHeld: true });
  writeSync(held, "after");
  closeSync(held);
  expect(readFileSync(file, "utf8")).toBe("after");
  expect(readFileSync(`${file}.1`, "utf8")).toBe("before");
  expect(modeOf(`${file}.1`)).toBe(0o600);
});
