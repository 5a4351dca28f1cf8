/** What is said of variables that are wrong. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { readEnvironment } from "./env";

afterEach(() => vi.unstubAllEnvs());

const said = (variables: Record<string, string>): string => {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  try {
    readEnvironment();
    return "";
  } catch (error) {
    return String(error);
  }
};

describe("the map's tiles", () => {
  const credit = { EVENHOUR_MAP_CREDIT: "Us" };

  it("have an address with three places", () => {
    for (const tiles of [
      "https://tile.example.org/{z}/{x}/{y}.png",
      "http://127.0.0.1:8080/{z}/{y}/{x}?key=a",
    ]) {
      expect([tiles, said({ ...credit, EVENHOUR_MAP_TILES: tiles })]).toEqual([tiles, ""]);
    }
  });

  it("have no other address", () => {
    for (const tiles of [
      "tile.example.org/{z}/{x}/{y}.png",
      "ftp://tile.example.org/{z}/{x}/{y}.png",
      "https://tile.example.org/{z}/{x}.png",
      "https://{s}.example.org/{z}/{x}/{y}.png",
      "https://{z}.example.org/{x}/{y}.png",
      "https://tile.example.org/{z}/{x}/{y}{r}.png",
      "https://tile.example.org/{z}/{x}/{y}/{y}.png",
    ]) {
      expect([tiles, said({ ...credit, EVENHOUR_MAP_TILES: tiles })]).toEqual([
        tiles,
        expect.stringContaining("EVENHOUR_MAP_TILES must be"),
      ]);
    }
  });

  it("come with the name of who made them", () => {
    const tiles = { EVENHOUR_MAP_TILES: "https://tile.example.org/{z}/{x}/{y}.png" };
    expect(said({ ...tiles, EVENHOUR_MAP_CREDIT: "" })).toContain("together");
  });
});

it("takes seven nightly backups, and one before an upgrade, unless told otherwise", () => {
  const { EVENHOUR_BACKUP_KEEP, EVENHOUR_UPGRADE_BACKUP } = readEnvironment();
  expect({ EVENHOUR_BACKUP_KEEP, EVENHOUR_UPGRADE_BACKUP }).toEqual({
    EVENHOUR_BACKUP_KEEP: 7,
    EVENHOUR_UPGRADE_BACKUP: true,
  });
});
