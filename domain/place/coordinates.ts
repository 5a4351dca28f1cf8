/** Coordinates as people type and paste them, such as "40.417, -3.703". */
import { coarseFromDegrees, MAX_LATITUDE, MAX_LONGITUDE, type Point } from "./distance";

/** What is longer is no pair of coordinates. */
const MAX_LENGTH = 100;
const NUMBER = String.raw`([+-]?\d{1,3}(?:[.,]\d{1,20})?)\s*°?\s*([NSEWO]?)`;
const PAIR = new RegExp(String.raw`^${NUMBER}(?:\s*[,;]\s*|\s+)${NUMBER}$`, "i");
const ARABIC_ZEROS = [0x0660, 0x06f0];

/** Digits, commas and minuses of other scripts as the ones of ours. */
const plain = (text: string): string =>
  text
    .replace(/[\u200e\u200f\u061c\u2066-\u2069]/g, "")
    .replace(/[٠-٩۰-۹]/g, (digit) => {
      const code = digit.charCodeAt(0);
      return String(code - (ARABIC_ZEROS.findLast((zero) => code >= zero) ?? 0));
    })
    .replace(/٫/g, ".")
    .replace(/[،，]/g, ",")
    .replace(/[؛；]/g, ";")
    .replace(/[−–]/g, "-")
    .trim();

/** A number with the side of the world that may stand behind it; null where the two disagree. */
function degrees(number: string, side: string, [plus, minus]: [string, string]): number | null {
  const value = Number(number.replace(",", "."));
  if (side === "") return value;
  if (!(plus + minus).includes(side.toUpperCase()) || /^[+-]/.test(number)) return null;
  return minus.includes(side.toUpperCase()) ? -value : value;
}

/**
 * The point of the grid that is nearest to what a text says: latitude, then longitude, in degrees
 * with a point or a comma, with or without the side of the world (W is O in Spanish). Null for
 * anything else.
 */
export function pointFromText(text: string): Point | null {
  if (text.length > MAX_LENGTH) return null;
  const [, north = "", northSide = "", east = "", eastSide = ""] = PAIR.exec(plain(text)) ?? [];
  if (!north) return null;
  const latitude = degrees(north, northSide, ["N", "S"]);
  const longitude = degrees(east, eastSide, ["E", "WO"]);
  if (latitude === null || Math.abs(latitude) > MAX_LATITUDE / 10_000) return null;
  if (longitude === null || Math.abs(longitude) > MAX_LONGITUDE / 10_000) return null;
  return coarseFromDegrees(latitude, longitude);
}

/** A point of the grid in degrees, as `pointFromText` reads it. */
export const textOfPoint = ({ latitude, longitude }: Point): string =>
  `${(latitude / 10_000).toFixed(4)}, ${(longitude / 10_000).toFixed(4)}`;
