/**
 * The days of a series of exchanges. Days are local dates (`2026-12-01`); no time zones are needed
 * here, so that forms can show the days without loading Temporal.
 */

/** Exchanges in a series. */
export const MAX_REPEATS = 12;
export const MAX_WEEKS_APART = 8;
export const MAX_MONTHS_APART = 3;

/** What stays the same from month to month: the day of the month, the n-th weekday, or the last one. */
export const monthlyKinds = ["date", "weekday", "last"] as const;
export type MonthlyKind = (typeof monthlyKinds)[number];

export type Repeat =
  | { weeks: number; times: number }
  | { months: number; on: MonthlyKind; times: number };

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
const atOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
/** Days in a month; `month` counts from 0 and may be past the end of the year. */
const lengthOf = (year: number, month: number): number =>
  new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
/** 1 for the first of its weekday in the month. */
const nthOf = (date: number): number => Math.ceil(date / WEEK_DAYS);

/** The series' day in the month that comes `after` months later. */
function inMonth(first: Date, after: number, on: MonthlyKind): string {
  const [year, month] = [first.getUTCFullYear(), first.getUTCMonth() + after];
  const length = lengthOf(year, month);
  const date = first.getUTCDate();
  // In a shorter month the 31st becomes its last day.
  if (on === "date") return dayOf(Date.UTC(year, month, Math.min(date, length)));
  const weekdayOfFirst = new Date(Date.UTC(year, month, 1)).getUTCDay();
  const earliest = 1 + ((first.getUTCDay() - weekdayOfFirst + WEEK_DAYS) % WEEK_DAYS);
  const wanted = earliest + (on === "last" ? 4 : nthOf(date) - 1) * WEEK_DAYS;
  // In a month without a fifth one, the fourth is the last.
  return dayOf(Date.UTC(year, month, wanted <= length ? wanted : wanted - WEEK_DAYS));
}

/** The days of a series that starts on `date`: `times` of them, the first one included. */
export function repeatDays(date: string, repeat: Repeat): string[] {
  const first = atOf(date);
  return Array.from({ length: repeat.times }, (_, index) => {
    if (index === 0) return date;
    return "weeks" in repeat
      ? dayOf(first + index * repeat.weeks * WEEK_DAYS * DAY_MS)
      : inMonth(new Date(first), index * repeat.months, repeat.on);
  });
}

/** The ways in which a series from that day can repeat monthly; null if it is not a date. */
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
  // Few months have a fifth one: offer "the last" instead.
  if (nth < 5) kinds.push("weekday");
  if (isLast) kinds.push("last");
  return { kinds, nth, weekday: first.getUTCDay() || WEEK_DAYS, day };
}
