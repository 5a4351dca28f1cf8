/**
 * Hours are whole minutes everywhere; they are shown as hours and minutes, never as decimals.
 */
import { DomainError } from "./errors";

/** The most that one transfer may move: 1,000 hours. */
export const MAX_MINUTES = 60_000;

/** Steps that a community may choose; a quarter hour is what nearly every time bank uses. */
export const GRANULARITIES = [5, 10, 15, 30, 60] as const;

/** The parts in which an amount is shown; `sign` is −1, 0 or 1. */
export function hourParts(minutes: number): { sign: number; hours: number; minutes: number } {
  const absolute = Math.abs(minutes);
  return { sign: Math.sign(minutes), hours: Math.floor(absolute / 60), minutes: absolute % 60 };
}

/**
 * Throws unless `minutes` is an amount that may be recorded.
 * @throws DomainError minutesOutOfRange, minutesNotAStep — on `field`
 */
export function requireMinutes(minutes: number, granularity: number, field = "minutes"): void {
  if (!Number.isSafeInteger(minutes) || minutes < 1 || minutes > MAX_MINUTES) {
    throw new DomainError("minutesOutOfRange", { max: MAX_MINUTES / 60 }, field);
  }
  if (minutes % granularity !== 0) {
    throw new DomainError("minutesNotAStep", { granularity }, field);
  }
}

/** Which wording fits an amount: hours and minutes, or one of them alone. */
export function hoursWording(minutes: number): "both" | "hours" | "minutes" {
  const parts = hourParts(minutes);
  if (parts.hours === 0) return "minutes";
  return parts.minutes === 0 ? "hours" : "both";
}
