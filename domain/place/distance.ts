/**
 * Approximate locations. Points are stored in ten-thousandths of a degree (11 m), and only on a grid of
 * about 300 m, so that nothing that is stored, sorted by or shown identifies a house.
 */

/** In whole ten-thousandths of a degree. */
export type Point = { latitude: number; longitude: number };

/** 300 m from north to south, in ten-thousandths of a degree. */
const STEP = 27;
/** Beyond about 87° of latitude the grid does not widen further from west to east. */
const MIN_COSINE = 0.05;
export const MAX_LATITUDE = 900_000;
export const MAX_LONGITUDE = 1_800_000;
/** The distances of the search filter, in kilometres. */
export const distances = [1, 3, 10] as const;

/** The mean radius. */
export const EARTH_RADIUS_METRES = 6_371_000;
const radians = (tenThousandths: number) => (tenThousandths / 10_000) * (Math.PI / 180);

/** The grid's step in longitude at a latitude, in ten-thousandths of a degree; the table's CHECK has the same rule. */
export const stepEastward = (latitude: number): number =>
  Math.round(STEP / Math.max(Math.cos(radians(latitude)), MIN_COSINE));

const nearestOn = (value: number, step: number, max: number): number => {
  const bounded = Math.min(Math.max(value, -max), max);
  const steps = Math.min(Math.round(Math.abs(bounded) / step), Math.floor(max / step));
  // Avoids -0, which an integer column would return as 0.
  return steps === 0 ? 0 : Math.sign(bounded) * steps * step;
};

/** The nearest point of the grid, at most about 215 m away. */
export function coarse({ latitude, longitude }: Point): Point {
  const north = nearestOn(latitude, STEP, MAX_LATITUDE);
  return { latitude: north, longitude: nearestOn(longitude, stepEastward(north), MAX_LONGITUDE) };
}

/** The nearest point of the grid to a position in degrees, as browsers report it. */
export const coarseFromDegrees = (latitude: number, longitude: number): Point =>
  coarse({ latitude: latitude * 10_000, longitude: longitude * 10_000 });

export const isSamePoint = (one: Point | null, other: Point | null): boolean =>
  one?.latitude === other?.latitude && one?.longitude === other?.longitude;

/** The south-west and north-east corners of the cell around a point of the grid. */
export function cellOf({ latitude, longitude }: Point): [Point, Point] {
  const [north, east] = [STEP / 2, stepEastward(latitude) / 2];
  return [
    { latitude: latitude - north, longitude: longitude - east },
    { latitude: latitude + north, longitude: longitude + east },
  ];
}

/** Metres between two points along the surface (haversine). */
export function metresBetween(one: Point, other: Point): number {
  const [north, south] = [radians(one.latitude), radians(other.latitude)];
  const half =
    Math.sin((south - north) / 2) ** 2 +
    Math.cos(north) * Math.cos(south) * Math.sin(radians(other.longitude - one.longitude) / 2) ** 2;
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(half)));
}

/** A member's point; null if they have not set one. */
export const pointOf = (member: {
  latitude: number | null;
  longitude: number | null;
}): Point | null =>
  member.latitude === null || member.longitude === null
    ? null
    : { latitude: member.latitude, longitude: member.longitude };

/**
 * A distance to show, in metres, at least 300: rounded to 100 m below 10 km, and to kilometres above.
 * Points of the grid may be up to 300 m off, so that nothing nearer is meaningful.
 */
export function shownMetres(metres: number): number {
  const step = metres < 10_000 ? 100 : 1000;
  return Math.max(300, Math.round(metres / step) * step);
}
