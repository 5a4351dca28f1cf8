/** Parses coordinates as people type and paste them, such as "40.417, -3.703". */
import { coarseFromDegrees, MAX_LATITUDE, MAX_LONGITUDE, type Point } from "./distance";

/** In characters. */
const MAX_TEXT_LENGTH = 100;
const NUMBER = String.raw`([+-]?\d{1,3}(?:[.,]\d{1,20})?)\s*°?\s*([NSEWO]?)`;
const PAIR = new RegExp(String.raw`^${NUMBER}(?:\s*[,;]\s*|\s+)${NUMBER}$`, "i");
const ARABIC_ZEROS = [0x0660, 0x06f0];

/** Replaces digits, commas and minus signs of other scripts by those of ASCII. */
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

/** The value of a number and an optional compass direction; null if the two contradict each other. */
function degrees(number: string, side: string, [plus, minus]: [string, string]): number | null {
  const value = Number(number.replace(",", "."));
  if (side === "") return value;
  if (!(plus + minus).includes(side.toUpperCase()) || /^[+-]/.test(number)) return null;
  return minus.includes(side.toUpperCase()) ? -value : value;
}

/**
 * The nearest point of the grid to the coordinates in a text: latitude, then longitude, in degrees with
 * a decimal point or comma, with or without compass directions (W is O in Spanish). Null for any other
 * text.
 */
export function pointFromText(text: string): Point | null {
  if (text.length > MAX_TEXT_LENGTH) return null;
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
