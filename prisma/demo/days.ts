/** The demo's calendar: dates are given in days before today, in the community's time zone. */
import { instantOf, localOf } from "../../domain/kernel/calendar";

export const TIME_ZONE = "Europe/Berlin";

export type Days = {
  /** The local date a number of days ago; negative for future days. */
  date: (ago: number) => string;
  at: (ago: number, time: string) => Date;
};

export function daysBefore(now: Date): Days {
  const today = Date.parse(`${localOf(now, TIME_ZONE).date}T00:00:00Z`);
  const date = (ago: number) => new Date(today - ago * 86_400_000).toISOString().slice(0, 10);
  return { date, at: (ago, time) => instantOf(date(ago), time, TIME_ZONE) };
}
