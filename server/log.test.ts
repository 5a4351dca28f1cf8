import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";

const file = join(mkdtempSync(join(tmpdir(), "evenhour-log-")), "deep", "security.log");
Object.assign(process.env, { EVENHOUR_SECURITY_LOG: file, AUTH_SECRET: "x".repeat(32) });
const { logSecurity } = await import("./log");

it("writes a line an event, for its owner's eyes, that nobody can break into two", () => {
  const at = new Date("2026-11-25T10:00:00Z");
  logSecurity({ event: "refused", what: 'a\n{"event":"forged"}', why: "notFound" }, at);
  logSecurity({ event: "signedIn", what: "password", userId: "u", address: "10.0.0.1" }, at);
  const lines = readFileSync(file, "utf8").trim().split("\n");
  expect(lines.map((line) => JSON.parse(line).event)).toEqual(["refused", "signedIn"]);
  expect(JSON.parse(lines[1] ?? "").at).toBe("2026-11-25T10:00:00.000Z");
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it("begins anew when it has grown, and keeps the one before", () => {
  writeFileSync(file, "x".repeat(10_000_001));
  logSecurity({ event: "signedOut", what: "session" });
  expect(readFileSync(file, "utf8").trim().split("\n")).toHaveLength(1);
  expect(statSync(`${file}.1`).size).toBe(10_000_001);
});
