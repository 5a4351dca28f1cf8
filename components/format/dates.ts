import type { useFormatter } from "next-intl";

type Format = ReturnType<typeof useFormatter>;

/** A day in the community's time zone, such as "Tuesday, December 1". */
export const dayText = (format: Format, at: Date, timeZone: string): string =>
  format.dateTime(at, { timeZone, weekday: "long", day: "numeric", month: "long" });

/** A day with its time in the community's time zone. */
export const momentText = (format: Format, at: Date, timeZone: string): string =>
  format.dateTime(at, {
    timeZone,
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "numeric",
    minute: "2-digit",
  });

/** A day with its year, short: for lists that reach back. */
export const shortDayText = (format: Format, at: Date, timeZone: string): string =>
  format.dateTime(at, { timeZone, day: "numeric", month: "short", year: "numeric" });

/** A short day with its time: for histories and notes. */
export const shortMomentText = (format: Format, at: Date, timeZone: string): string =>
  format.dateTime(at, {
    timeZone,
    day: "numeric",
    month: "short",
    hour: "numeric",
    minute: "2-digit",
  });
