import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { atPoints, creditOf, groupByCell, mapTiles } from "./map";

describe("creditOf", () => {
  it("returns the attribution, with a link if it contains a URL", () => {
    const href = "https://www.openstreetmap.org/copyright";
    expect(creditOf(`© OpenStreetMap contributors ${href}`)).toEqual({
      text: "© OpenStreetMap contributors",
      href,
    });
    expect(creditOf("The town's own map")).toEqual({ text: "The town's own map", href: null });
    expect(creditOf(href)).toEqual({ text: href, href });
  });
});

it("mapTiles returns null without a tile server", () => {
  expect(mapTiles(undefined, "x")).toBeNull();
  expect(mapTiles("https://tile.example.org/{z}/{x}/{y}.png", "Us")?.host).toBe("tile.example.org");
});

describe("atPoints and groupByCell", () => {
  const items = fc.array(
    fc.record({
      name: fc.string(),
      point: fc.record({
        latitude: fc.integer({ min: -30, max: 30 }),
        longitude: fc.integer({ min: -30, max: 30 }),
      }),
    }),
    { maxLength: 30 },
  );
  const pixels = ({ latitude, longitude }: { latitude: number; longitude: number }) => ({
    x: longitude,
    y: -latitude,
  });
  const byName = (some: readonly { name: string }[]) => some.map(({ name }) => name).sort();

  it("group the items of each point, and lose none", () =>
    fc.assert(
      fc.property(items, (some) => {
        const groups = atPoints(some);
        expect(byName(groups.flatMap((group) => group.items))).toEqual(byName(some));
        const points = groups.map(({ point }) => JSON.stringify(point));
        expect(new Set(points).size).toBe(points.length);
        for (const group of groups) {
          for (const { point } of group.items) expect(point).toEqual(group.point);
        }
      }),
    ));

  it("leave a minimum distance between groups, each at the point of one of its items", () =>
    fc.assert(
      fc.property(items, fc.integer({ min: 1, max: 40 }), (some, least) => {
        const groups = groupByCell(atPoints(some), pixels, least);
        expect(byName(groups.flatMap((group) => group.items))).toEqual(byName(some));
        for (const one of groups) {
          expect(some.map(({ point }) => point)).toContainEqual(one.point);
          for (const other of groups) {
            if (one === other) continue;
            const [a, b] = [pixels(one.point), pixels(other.point)];
            expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThanOrEqual(least);
          }
        }
      }),
    ));

  it("do not change their input", () => {
    const groups = atPoints([
      { point: { latitude: 0, longitude: 0 } },
      { point: { latitude: 0, longitude: 1 } },
    ]);
    groupByCell(groups, pixels, 10);
    expect(groups.map((group) => group.items.length)).toEqual([1, 1]);
  });
});
