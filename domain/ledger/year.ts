/** Twelve months of an account, in the community's time zone. All amounts are in minutes. */
import { Temporal } from "temporal-polyfill";
import { localOf } from "../kernel/calendar";

/** A month such as "2026-11". */
export type Month = string;

/** `balance` is that at the end of the month. */
export type MonthFigures = { month: Month; given: number; received: number; balance: number };

const MONTHS = 12;

/**
 * The months of a calendar year up to the present one; without a year, the last twelve.
 * @returns an empty list for a future year
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

/** The instant at which the month that comes `after` months later starts. */
export function monthStart(month: Month, timeZone: string, after = 0): Date {
  const day = Temporal.PlainYearMonth.from(month).add({ months: after }).toPlainDate({ day: 1 });
  return new Date(day.toZonedDateTime(timeZone).epochMilliseconds);
}

/**
 * Adds the months without transfers, in which the balance stays the same.
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
