import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, vi } from "vitest";

const file = join(mkdtempSync(join(tmpdir(), "evenhour-security-log-")), "deep", "security.log");
vi.stubEnv("EVENHOUR_SECURITY_LOG", file);
vi.stubEnv("AUTH_SECRET", "x".repeat(32));
afterAll(() => vi.unstubAllEnvs());
const { logSecurity } = await import("./security-log");

it("writes one line an event to a private file, and escapes line breaks in values", () => {
  const at = new Date("2026-11-25T10:00:00Z");
  logSecurity({ event: "refused", what: 'a\n{"event":"forged"}', why: "notFound" }, at);
  logSecurity({ event: "signedIn", what: "password", userId: "u", address: "10.0.0.1" }, at);
  const lines = readFileSync(file, "utf8").trim().split("\n");
  expect(lines.map((line) => JSON.parse(line).event)).toEqual(["refused", "signedIn"]);
  expect(JSON.parse(lines[1] ?? "").at).toBe("2026-11-25T10:00:00.000Z");
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it("rotates the log above its limit, and retains the previous one", () => {
  writeFileSync(file, "x".repeat(10_000_001));
  logSecurity({ event: "signedOut", what: "session" });
  expect(readFileSync(file, "utf8").trim().split("\n")).toHaveLength(1);
  expect(statSync(`${file}.1`).size).toBe(10_000_001);
});

it("summarizes repeated events of one source, so that it cannot crowd out other entries", () => {
  const count = () => readFileSync(file, "utf8").trim().split("\n").length;
  const start = new Date("2026-11-25T12:00:00Z");
  logSecurity({ event: "signedIn", what: "password", userId: "b", address: "10.0.0.3" }, start);
  const before = count();
  for (let index = 0; index < 5000; index += 1) {
    const address = `10.0.${index % 250}.9`;
    logSecurity(
      { event: "refused", what: "exchange.get", why: "notFound", userId: "a", address },
      start,
    );
  }
  expect(count() - before).toBe(40);
  // Entries of other sources are still written; the summary follows at the end of the window.
  logSecurity({ event: "refused", what: "x", why: "notFound", address: "10.0.0.2" }, start);
  expect(count() - before).toBe(41);
  const later = new Date(start.getTime() + 600_000);
  logSecurity({ event: "signedOut", what: "session", userId: "b" }, later);
  const lines = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .slice(before + 41);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { event: "refused", userId: "a", repeated: 4960, since: start.toISOString() },
    { event: "signedOut" },
  ]);
});
