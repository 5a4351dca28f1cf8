import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cellOf,
  coarse,
  coarseFromDegrees,
  MAX_LATITUDE,
  MAX_LONGITUDE,
  metresBetween,
  pointOf,
  shownMetres,
  stepEastward,
} from "./distance";

const point = fc.record({
  latitude: fc.integer({ min: -MAX_LATITUDE, max: MAX_LATITUDE }),
  longitude: fc.integer({ min: -MAX_LONGITUDE, max: MAX_LONGITUDE }),
});
/** Latitudes at which people live. */
const inhabited = fc.record({
  latitude: fc.integer({ min: -800_000, max: 800_000 }),
  longitude: fc.integer({ min: -MAX_LONGITUDE + 2000, max: MAX_LONGITUDE - 2000 }),
});

describe("coarse", () => {
  it("returns a point on the grid and within the valid range", () =>
    fc.assert(
      fc.property(point, (exact) => {
        const { latitude, longitude } = coarse(exact);
        expect(Math.abs(latitude % 27)).toBe(0);
        expect(Math.abs(longitude % stepEastward(latitude))).toBe(0);
        expect(Math.abs(latitude)).toBeLessThanOrEqual(MAX_LATITUDE);
        expect(Math.abs(longitude)).toBeLessThanOrEqual(MAX_LONGITUDE);
        expect(Object.is(latitude, -0) || Object.is(longitude, -0)).toBe(false);
      }),
    ));

  it("maps every position within a cell to its point", () =>
    fc.assert(
      fc.property(inhabited, fc.constantFrom(0.02, 0.5, 0.98), (exact, share) => {
        const here = coarse(exact);
        const [southWest, northEast] = cellOf(here);
        const within = (from: number, to: number) => from + (to - from) * share;
        const somewhere = {
          latitude: within(southWest.latitude, northEast.latitude),
          longitude: within(southWest.longitude, northEast.longitude),
        };
        expect(coarse(somewhere)).toEqual(here);
      }),
    ));

  it("changes nothing the second time", () =>
    fc.assert(
      fc.property(point, (exact) => {
        expect(coarse(coarse(exact))).toEqual(coarse(exact));
      }),
    ));

  it("returns a point at most 230 m away", () =>
    fc.assert(
      fc.property(inhabited, (exact) => {
        expect(metresBetween(exact, coarse(exact))).toBeLessThan(230);
      }),
    ));

  it("has about 300 m between neighbouring points in every direction", () =>
    fc.assert(
      fc.property(inhabited, (exact) => {
        const here = coarse(exact);
        const step = stepEastward(here.latitude);
        const east = { ...here, longitude: here.longitude + step };
        const north = { ...here, latitude: here.latitude + 27 };
        for (const there of [east, north]) {
          expect(metresBetween(here, there)).toBeGreaterThan(290);
          expect(metresBetween(here, there)).toBeLessThan(310);
        }
      }),
    ));

  it("returns the same point for neighbouring houses", () => {
    expect(coarseFromDegrees(40.4161, -3.7031)).toEqual(coarseFromDegrees(40.4162, -3.7033));
  });
});

describe("a distance", () => {
  const madrid = coarseFromDegrees(40.4168, -3.7038);
  const valencia = coarseFromDegrees(39.4699, -0.3763);

  it("matches a known one", () => {
    expect(metresBetween(madrid, valencia) / 1000).toBeCloseTo(302, 0);
    expect(metresBetween(madrid, madrid)).toBe(0);
  });

  it("is symmetric, also across the date line", () => {
    fc.assert(
      fc.property(point, point, (one, other) => {
        expect(metresBetween(one, other)).toBeCloseTo(metresBetween(other, one), 3);
      }),
    );
    const west = { latitude: 0, longitude: -1_799_982 };
    expect(metresBetween(west, { latitude: 0, longitude: 1_799_982 })).toBeLessThan(500);
  });

  it("is rounded when shown", () => {
    expect([0, 340, 1234, 9949, 12_345].map(shownMetres)).toEqual([300, 300, 1200, 9900, 12_000]);
  });
});

it("pointOf returns null for a member without a point", () => {
  expect(pointOf({ latitude: null, longitude: null })).toBeNull();
  expect(pointOf({ latitude: 0, longitude: 0 })).toEqual({ latitude: 0, longitude: 0 });
});
