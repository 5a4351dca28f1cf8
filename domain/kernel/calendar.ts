/**
 * Converts between local dates and times and instants. Every function takes the community's time zone
 * (an IANA name); nothing here reads the time zone of the server.
 */
import { Temporal } from "temporal-polyfill";
import { DomainError } from "./errors";

/** How far ahead a proposal may be, and how far back a record. */
export const REACH_DAYS = 366;

/** Whether the name is a time zone of a place. */
export function isTimeZone(name: string): boolean {
  try {
    Temporal.Now.zonedDateTimeISO(name);
    // Offsets such as "+01:00" have no daylight saving.
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

/**
 * The instant of a local date (`2026-11-25`) and time (`15:30`). A time that daylight saving skips
 * moves forward; of one that occurs twice the first counts (Temporal's "compatible").
 * @throws DomainError dateNotReal
 */
export function instantOf(date: string, time: string, timeZone: string): Date {
  // PostgreSQL has no year zero, and no exchange happened before 1900: it is a typing error.
  if (date < "1900") throw new DomainError("dateNotReal", {}, "date");
  try {
    const local = Temporal.PlainDateTime.from(`${date}T${time}`, { overflow: "reject" });
    return new Date(local.toZonedDateTime(timeZone).epochMilliseconds);
  } catch {
    throw new DomainError("dateNotReal", {}, "date");
  }
}

/**
 * The last millisecond of a local day. An hour before midnight that occurs twice (Santiago, Cairo)
 * belongs to that day both times.
 * @throws DomainError dateNotReal
 */
export function endOfDay(date: string, timeZone: string): Date {
  instantOf(date, "12:00", timeZone);
  return new Date(instantOf(dayAfter(date), "00:00", timeZone).getTime() - 1);
}

/** The local day after a local day. */
export const dayAfter = (date: string): string =>
  Temporal.PlainDate.from(date).add({ days: 1 }).toString();

/** The local date and time of an instant, in the format of date and time fields. */
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
 * The start of an exchange in the future.
 * @throws DomainError dateNotReal, dateInPast, dateTooFar
 */
export function comingInstant(date: string, time: string, timeZone: string, now: Date): Date {
  const at = instantOf(date, time, timeZone);
  // Up to an hour ago is accepted: the form was open for a while.
  if (at.getTime() < now.getTime() - 60 * 60_000) throw new DomainError("dateInPast", {}, "date");
  if (at.getTime() > now.getTime() + REACH_DAYS * 86_400_000) {
    throw new DomainError("dateTooFar", { days: REACH_DAYS }, "date");
  }
  return at;
}

/**
 * The start of an exchange that already happened.
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
