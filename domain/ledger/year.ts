/** Twelve months of an account, as people in the community count them. Minutes throughout. */
import { Temporal } from "temporal-polyfill";
import { localOf } from "../kernel/calendar";

/** A month such as "2026-11". */
export type Month = string;

/** What went in and out in a month, and the balance at its end. */
export type MonthFigures = { month: Month; given: number; received: number; balance: number };

const MONTHS = 12;

/**
 * The months of a calendar year, up to the present one; without a year, the last twelve.
 * @returns none for a year that is still to come
 */
export function monthsOf(year: number | undefined, timeZone: string, now: Date): Month[] {
  const present = Temporal.PlainYearMonth.from(localOf(now, timeZone).date.slice(0, 7));
  const first =
    year === undefined
      ? present.subtract({ months: MONTHS - 1 })
      : Temporal.PlainYearMonth.from({ year, month: 1 });
  return Array.from({ length: MONTHS }, (_, index) => first.add({ months: index }))
    .filter((month) => Temporal.PlainYearMonth.compare(month, present) <= 0)
    .map(String);
}

/** The moment in which a month begins; `after` so many months later. */
export function monthStart(month: Month, timeZone: string, after = 0): Date {
  const day = Temporal.PlainYearMonth.from(month).add({ months: after }).toPlainDate({ day: 1 });
  return new Date(day.toZonedDateTime(timeZone).epochMilliseconds);
}

/**
 * Each month with its figures: where nothing moved there is none, and the balance stays.
 * @param opening the balance before the first month
 */
export function withEmptyMonths(
  months: readonly Month[],
  found: readonly MonthFigures[],
  opening: number,
): MonthFigures[] {
  const known = new Map(found.map((figures) => [figures.month, figures]));
  let balance = opening;
  return months.map((month) => {
    const figures = known.get(month) ?? { month, given: 0, received: 0, balance };
    balance = figures.balance;
    return figures;
  });
}
