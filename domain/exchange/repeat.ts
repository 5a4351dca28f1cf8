/**
 * The days of help that repeats. Days are the community's (`2026-12-01`); nothing here knows of time
 * zones, so that forms can show them without loading calendars.
 */

/** Exchanges in a series. */
export const MAX_REPEATS = 12;
export const MAX_WEEKS_APART = 8;
export const MAX_MONTHS_APART = 3;

/** What stays the same from month to month: the day's number, the n-th weekday, or the last one. */
export const monthlyKinds = ["date", "weekday", "last"] as const;
export type MonthlyKind = (typeof monthlyKinds)[number];

export type Repeat =
  | { weeks: number; times: number }
  | { months: number; on: MonthlyKind; times: number };

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
const atOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
/** Days in a month; months count from 0, and may be past the end of the year. */
const lengthOf = (year: number, month: number): number =>
  new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
/** Which of its weekday in the month a day is: 1 for the first. */
const nthOf = (date: number): number => Math.ceil(date / WEEK_DAYS);

/** The day in a month that is like the first one. */
function inMonth(first: Date, after: number, on: MonthlyKind): string {
  const [year, month] = [first.getUTCFullYear(), first.getUTCMonth() + after];
  const length = lengthOf(year, month);
  const date = first.getUTCDate();
  // The 31st is the last day of a shorter month.
  if (on === "date") return dayOf(Date.UTC(year, month, Math.min(date, length)));
  const weekdayOfFirst = new Date(Date.UTC(year, month, 1)).getUTCDay();
  const earliest = 1 + ((first.getUTCDay() - weekdayOfFirst + WEEK_DAYS) % WEEK_DAYS);
  const wanted = earliest + (on === "last" ? 4 : nthOf(date) - 1) * WEEK_DAYS;
  // A month without a fifth has its fourth for the last.
  return dayOf(Date.UTC(year, month, wanted <= length ? wanted : wanted - WEEK_DAYS));
}

/** The days of help that begins on `date` and repeats; as many as `times`, that one included. */
export function repeatDays(date: string, repeat: Repeat): string[] {
  const first = atOf(date);
  return Array.from({ length: repeat.times }, (_, index) => {
    if (index === 0) return date;
    return "weeks" in repeat
      ? dayOf(first + index * repeat.weeks * WEEK_DAYS * DAY_MS)
      : inMonth(new Date(first), index * repeat.months, repeat.on);
  });
}

/** How help on that day can repeat by the month: with which weekday of the month it is. */
export function monthlyOf(date: string): {
  kinds: MonthlyKind[];
  /** 1 for the first of its weekday in the month. */
  nth: number;
  /** 1 for Monday to 7 for Sunday. */
  weekday: number;
  day: number;
} | null {
  const at = atOf(date);
  if (Number.isNaN(at)) return null;
  const first = new Date(at);
  const day = first.getUTCDate();
  const nth = nthOf(day);
  const isLast = day + WEEK_DAYS > lengthOf(first.getUTCFullYear(), first.getUTCMonth());
  const kinds: MonthlyKind[] = ["date"];
  // Few months have a fifth; who means it means the last.
  if (nth < 5) kinds.push("weekday");
  if (isLast) kinds.push("last");
  return { kinds, nth, weekday: first.getUTCDay() || WEEK_DAYS, day };
}
