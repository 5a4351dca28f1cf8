import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { atPoints, creditOf, groupByCell, mapTiles } from "./map";

describe("who made the map", () => {
  it("is named, with a link where an address is given", () => {
    const href = "https://www.openstreetmap.org/copyright";
    expect(creditOf(`© OpenStreetMap contributors ${href}`)).toEqual({
      text: "© OpenStreetMap contributors",
      href,
    });
    expect(creditOf("The town's own map")).toEqual({ text: "The town's own map", href: null });
    expect(creditOf(href)).toEqual({ text: href, href });
  });
});

it("without tiles there is no map", () => {
  expect(mapTiles(undefined, "x")).toBeNull();
  expect(mapTiles("https://tile.example.org/{z}/{x}/{y}.png", "Us")?.host).toBe("tile.example.org");
});

describe("what is drawn together", () => {
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

  it("is what shares a point: nothing is lost, and no point is drawn twice", () =>
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

  it("is far enough apart to be pressed, at places where somebody is", () =>
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

  it("takes nothing away from what it was made of", () => {
    const groups = atPoints([
      { point: { latitude: 0, longitude: 0 } },
      { point: { latitude: 0, longitude: 1 } },
    ]);
    groupByCell(groups, pixels, 10);
    expect(groups.map((group) => group.items.length)).toEqual([1, 1]);
  });
});
