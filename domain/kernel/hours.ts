/** Hours are stored as whole minutes and shown as hours and minutes, never as decimals. */
import { DomainError } from "./errors";

/** The largest transfer: 1,000 hours. */
export const MAX_MINUTES = 60_000;

/** The steps in minutes from which a community chooses; nearly every time bank uses 15. */
export const GRANULARITIES = [5, 10, 15, 30, 60] as const;

/** The parts in which an amount is shown; `sign` is −1, 0 or 1. */
export function hourParts(minutes: number): { sign: number; hours: number; minutes: number } {
  const absolute = Math.abs(minutes);
  return { sign: Math.sign(minutes), hours: Math.floor(absolute / 60), minutes: absolute % 60 };
}

/** @throws DomainError minutesOutOfRange, minutesNotAStep on `field` unless the amount can be recorded */
export function requireMinutes(minutes: number, granularity: number, field = "minutes"): void {
  if (!Number.isSafeInteger(minutes) || minutes < 1 || minutes > MAX_MINUTES) {
    throw new DomainError("minutesOutOfRange", { max: MAX_MINUTES / 60 }, field);
  }
  if (minutes % granularity !== 0) {
    throw new DomainError("minutesNotAStep", { granularity }, field);
  }
}

/** The wording for an amount: hours and minutes, or one of them alone. */
export function hoursWording(minutes: number): "both" | "hours" | "minutes" {
  const parts = hourParts(minutes);
  if (parts.hours === 0) return "minutes";
  return parts.minutes === 0 ? "hours" : "both";
}
