/**
 * Where about somebody lives. A point is kept in ten-thousandths of a degree (11 m), and only on a
 * grid of about 300 m: nothing that is kept, sorted by or shown tells which house it is.
 */

/** Ten-thousandths of a degree; whole numbers. */
export type Point = { latitude: number; longitude: number };

/** 300 m northward: 27 ten-thousandths of a degree. */
const STEP = 27;
/** The grid stops widening eastward at about 87° of latitude. */
const LEAST_COSINE = 0.05;
export const MAX_LATITUDE = 900_000;
export const MAX_LONGITUDE = 1_800_000;
/** Kilometres that one can look within. */
export const distances = [1, 3, 10] as const;
export type Within = (typeof distances)[number];

/** The mean radius of the earth in metres. */
export const EARTH = 6_371_000;
const radians = (tenThousandths: number) => (tenThousandths / 10_000) * (Math.PI / 180);

/** How far apart the meridians of the grid are at a latitude of the grid; as in the table's rule. */
export const stepEastward = (latitude: number): number =>
  Math.round(STEP / Math.max(Math.cos(radians(latitude)), LEAST_COSINE));

const nearestOn = (value: number, step: number, most: number): number => {
  const bounded = Math.min(Math.max(value, -most), most);
  const steps = Math.min(Math.round(Math.abs(bounded) / step), Math.floor(most / step));
  // Not -0, which a column cannot hold.
  return steps === 0 ? 0 : Math.sign(bounded) * steps * step;
};

/** The nearest point of the grid, at most about 215 m away. */
export function coarse({ latitude, longitude }: Point): Point {
  const north = nearestOn(latitude, STEP, MAX_LATITUDE);
  return { latitude: north, longitude: nearestOn(longitude, stepEastward(north), MAX_LONGITUDE) };
}

/** A place in degrees, as browsers give it, on the grid. */
export const coarseFromDegrees = (latitude: number, longitude: number): Point =>
  coarse({ latitude: latitude * 10_000, longitude: longitude * 10_000 });

export const isSamePoint = (one: Point | null, other: Point | null): boolean =>
  one?.latitude === other?.latitude && one?.longitude === other?.longitude;

/** South-west and north-east of all that a point of the grid stands for. */
export function cellOf({ latitude, longitude }: Point): [Point, Point] {
  const [north, east] = [STEP / 2, stepEastward(latitude) / 2];
  return [
    { latitude: latitude - north, longitude: longitude - east },
    { latitude: latitude + north, longitude: longitude + east },
  ];
}

/** Metres between two points, over the ground (haversine). */
export function metresBetween(one: Point, other: Point): number {
  const [north, south] = [radians(one.latitude), radians(other.latitude)];
  const half =
    Math.sin((south - north) / 2) ** 2 +
    Math.cos(north) * Math.cos(south) * Math.sin(radians(other.longitude - one.longitude) / 2) ** 2;
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(half)));
}

/** The point of somebody who has set one. */
export const pointOf = (member: {
  latitude: number | null;
  longitude: number | null;
}): Point | null =>
  member.latitude === null || member.longitude === null
    ? null
    : { latitude: member.latitude, longitude: member.longitude };

/**
 * What is shown of a distance: whole 100 m up to 10 km, then whole kilometres, in metres. Points
 * of the grid that lie side by side are as good as the same.
 */
export function shownMetres(metres: number): number {
  const step = metres < 10_000 ? 100 : 1000;
  return Math.max(300, Math.round(metres / step) * step);
}
