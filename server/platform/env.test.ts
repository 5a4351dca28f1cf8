import { afterEach, describe, expect, it, vi } from "vitest";
import { readEnvironment } from "./env";

afterEach(() => vi.unstubAllEnvs());

/** The message about these variables; "" when they are valid. */
const problemsOf = (variables: Record<string, string>): string => {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  try {
    readEnvironment();
    return "";
  } catch (error) {
    return String(error);
  }
};

describe("EVENHOUR_MAP_TILES", () => {
  const credit = { EVENHOUR_MAP_CREDIT: "Us" };

  it("accepts a URL with {z}, {x} and {y}", () => {
    for (const tiles of [
      "https://tile.example.org/{z}/{x}/{y}.png",
      "http://127.0.0.1:8080/{z}/{y}/{x}?key=a",
    ]) {
      expect([tiles, problemsOf({ ...credit, EVENHOUR_MAP_TILES: tiles })]).toEqual([tiles, ""]);
    }
  });

  it("refuses a URL with a missing, repeated or unknown placeholder", () => {
    for (const tiles of [
      "tile.example.org/{z}/{x}/{y}.png",
      "ftp://tile.example.org/{z}/{x}/{y}.png",
      "https://tile.example.org/{z}/{x}.png",
      "https://{s}.example.org/{z}/{x}/{y}.png",
      "https://{z}.example.org/{x}/{y}.png",
      "https://tile.example.org/{z}/{x}/{y}{r}.png",
      "https://tile.example.org/{z}/{x}/{y}/{y}.png",
    ]) {
      expect([tiles, problemsOf({ ...credit, EVENHOUR_MAP_TILES: tiles })]).toEqual([
        tiles,
        expect.stringContaining("EVENHOUR_MAP_TILES must be"),
      ]);
    }
  });

  it("requires an attribution", () => {
    const tiles = { EVENHOUR_MAP_TILES: "https://tile.example.org/{z}/{x}/{y}.png" };
    expect(problemsOf({ ...tiles, EVENHOUR_MAP_CREDIT: "" })).toContain("together");
  });
});

it("keeps seven nightly backups and backs up before an upgrade by default", () => {
  const { EVENHOUR_BACKUP_KEEP, EVENHOUR_UPGRADE_BACKUP } = readEnvironment();
  expect({ EVENHOUR_BACKUP_KEEP, EVENHOUR_UPGRADE_BACKUP }).toEqual({
    EVENHOUR_BACKUP_KEEP: 7,
    EVENHOUR_UPGRADE_BACKUP: true,
  });
});

describe("EVENHOUR_LOG and EVENHOUR_LOG_LEVEL", () => {
  it("accept their values, and refuse others with a sentence", () => {
    expect(problemsOf({ EVENHOUR_LOG: "json", EVENHOUR_LOG_LEVEL: "debug" })).toBe("");
    expect(problemsOf({ EVENHOUR_LOG: "JSON", EVENHOUR_LOG_LEVEL: "verbose" })).toBe(
      "Error: EVENHOUR_LOG must be text or json.\nEVENHOUR_LOG_LEVEL must be error, warn, info or debug.",
    );
  });
});
