/**
 * Dates and times as people in the community write them, and the instants that they mean.
 * Everything here takes the community's time zone (IANA name); nothing reads the machine's.
 */
import { Temporal } from "temporal-polyfill";
import { DomainError } from "./errors";

/** Proposals reach at most this far ahead, and records this far back. */
export const REACH_DAYS = 366;

/** Whether the name is a time zone that dates can be reckoned in. */
export function isTimeZone(name: string): boolean {
  try {
    Temporal.Now.zonedDateTimeISO(name);
    // Offsets such as "+01:00" have no daylight saving; only named zones are a place.
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

/**
 * The instant of a local date (`2026-11-25`) and time (`15:30`). A time that daylight saving
 * skips moves forward, one that comes twice is the first (Temporal's "compatible").
 * @throws DomainError dateNotReal
 */
export function instantOf(date: string, time: string, timeZone: string): Date {
  // PostgreSQL has no year zero, and a slip must not become a day in the Middle Ages.
  if (date < "1900") throw new DomainError("dateNotReal", {}, "date");
  try {
    const local = Temporal.PlainDateTime.from(`${date}T${time}`, { overflow: "reject" });
    return new Date(local.toZonedDateTime(timeZone).epochMilliseconds);
  } catch {
    throw new DomainError("dateNotReal", {}, "date");
  }
}

/**
 * The last millisecond of a local day. An hour that comes twice before midnight (Santiago, Cairo) is of
 * that day both times.
 * @throws DomainError dateNotReal
 */
export function endOfDay(date: string, timeZone: string): Date {
  instantOf(date, "12:00", timeZone);
  const next = Temporal.PlainDate.from(date).add({ days: 1 }).toString();
  return new Date(instantOf(next, "00:00", timeZone).getTime() - 1);
}

/** The local date and time of an instant, as date and time fields want them. */
export function localOf(instant: Date, timeZone: string): { date: string; time: string } {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(
    timeZone,
  );
  return {
    date: zoned.toPlainDate().toString(),
    time: zoned.toPlainTime().toString({ smallestUnit: "minute" }),
  };
}

/**
 * The beginning of help that is still to come.
 * @throws DomainError dateNotReal, dateInPast, dateTooFar
 */
export function comingInstant(date: string, time: string, timeZone: string, now: Date): Date {
  const at = instantOf(date, time, timeZone);
  // "Today, an hour ago" is a slip or a form left open; people still mean to meet.
  if (at.getTime() < now.getTime() - 60 * 60_000) throw new DomainError("dateInPast", {}, "date");
  if (at.getTime() > now.getTime() + REACH_DAYS * 86_400_000) {
    throw new DomainError("dateTooFar", { days: REACH_DAYS }, "date");
  }
  return at;
}

/**
 * The time of help that already happened.
 * @throws DomainError dateNotReal, dateInFuture, dateTooOld
 */
export function pastInstant(date: string, time: string, timeZone: string, now: Date): Date {
  const at = instantOf(date, time, timeZone);
  const today = localOf(now, timeZone).date;
  if (date > today) throw new DomainError("dateInFuture", {}, "date");
  if (at.getTime() < now.getTime() - REACH_DAYS * 86_400_000) {
    throw new DomainError("dateTooOld", { days: REACH_DAYS }, "date");
  }
  return at;
}
