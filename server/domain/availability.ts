/**
 * When a member can: the week, the days that differ from it, and the free slots that are left.
 * Days and times are the community's; minutes count from local midnight. A weekly 09:00 stays 09:00
 * by the clock on the wall, whatever daylight saving does to it.
 */
import { Temporal } from "temporal-polyfill";
import { instantOf, localOf } from "./calendar";
import { DomainError } from "./errors";

/** A stretch of each week; `weekday` is 1 for Monday to 7 for Sunday (ISO 8601). */
export type WeekWindow = { weekday: number; starts: number; ends: number };
/** Days (`2026-12-24`, both included) that differ: away without times, else only between them. */
export type DayException = {
  firstDay: string;
  lastDay: string;
  starts: number | null;
  ends: number | null;
};
/** Monday to Sunday (ISO 8601). */
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
export type Weekday = (typeof weekdays)[number];
/** Time that is promised already. */
export type Busy = { startsAt: Date; endsAt: Date };
/** A beginning that can be had, as forms write it and as an instant. */
export type Slot = { date: string; time: string; startsAt: Date };

const MINUTE = 60_000;
export const DAY_MINUTES = 1440;
/** Slots begin on the half hour: finer ones would be a list that nobody reads. */
export const SLOT_STEP = 30;
/** Nobody is surprised by a visitor within the hour. */
export const SLOT_LEAD_MINUTES = 60;
/** Stretches a day, so that a week fits on a screen. */
export const MOST_WINDOWS_A_DAY = 3;

/** How far ahead pages look for free times. */
export const SLOT_DAYS = 21;
/** Exchanges in a series. */
export const MOST_REPEATS = 12;

/** "09:30" as 570; "24:00" is the end of the day. */
export function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/** 570 as "09:30". */
export const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/**
 * A week in order, with stretches that touch or overlap joined.
 * @throws DomainError windowBackwards — on the weekday's field (`day1` to `day7`)
 */
export function tidyWeek(week: readonly WeekWindow[]): WeekWindow[] {
  const tidy: WeekWindow[] = [];
  for (const window of [...week].sort((a, b) => a.weekday - b.weekday || a.starts - b.starts)) {
    if (window.starts >= window.ends) {
      throw new DomainError("windowBackwards", {}, `day${window.weekday}`);
    }
    const last = tidy.at(-1);
    if (last?.weekday === window.weekday && window.starts <= last.ends) {
      last.ends = Math.max(last.ends, window.ends);
    } else tidy.push({ ...window });
  }
  return tidy;
}

/** @throws DomainError dateNotReal, daysBackwards, windowHalf, windowBackwards */
export function requireException({ firstDay, lastDay, starts, ends }: DayException): void {
  for (const [field, day] of Object.entries({ firstDay, lastDay })) {
    try {
      instantOf(day, "12:00", "UTC");
    } catch {
      throw new DomainError("dateNotReal", {}, field);
    }
  }
  if (lastDay < firstDay) throw new DomainError("daysBackwards", {}, "lastDay");
  if ((starts === null) !== (ends === null)) {
    throw new DomainError("windowHalf", {}, starts === null ? "starts" : "ends");
  }
  if (starts !== null && ends !== null && starts >= ends) {
    throw new DomainError("windowBackwards", {}, "ends");
  }
}

/** The stretches of one day: what the exceptions say of it, else what the week says. */
export function windowsOn(
  date: string,
  week: readonly WeekWindow[],
  exceptions: readonly DayException[],
): { starts: number; ends: number }[] {
  const differing = exceptions.filter(
    ({ firstDay, lastDay }) => firstDay <= date && date <= lastDay,
  );
  if (differing.length === 0) {
    const { dayOfWeek } = Temporal.PlainDate.from(date);
    return week.filter(({ weekday }) => weekday === dayOfWeek);
  }
  // Away on a day is away, whatever else was written about it.
  return differing.every(({ starts }) => starts !== null)
    ? differing.map(({ starts, ends }) => ({ starts: starts ?? 0, ends: ends ?? 0 }))
    : [];
}

/** Whether help of so many minutes would meet something promised, `margin` minutes around it. */
export const meets = (startsAt: Date, minutes: number, margin: number, busy: readonly Busy[]) =>
  busy.some(
    (taken) =>
      startsAt.getTime() - margin * MINUTE < taken.endsAt.getTime() &&
      taken.startsAt.getTime() < startsAt.getTime() + (minutes + margin) * MINUTE,
  );

/**
 * The free beginnings for help of `minutes`, in order.
 * @param margin minutes kept free around what is promised, for the way
 * @param days how many of the community's days to look at, beginning with `from` (`2026-12-01`)
 */
export function freeSlots({
  week,
  exceptions,
  busy,
  timeZone,
  minutes,
  margin,
  now,
  from,
  days,
}: {
  week: readonly WeekWindow[];
  exceptions: readonly DayException[];
  busy: readonly Busy[];
  timeZone: string;
  minutes: number;
  margin: number;
  now: Date;
  from: string;
  days: number;
}): Slot[] {
  const earliest = now.getTime() + SLOT_LEAD_MINUTES * MINUTE;
  const first = Temporal.PlainDate.from(from);
  const slots: Slot[] = [];
  for (let day = 0; day < days; day += 1) {
    const date = first.add({ days: day }).toString();
    const found = new Map<number, Slot>();
    for (const { starts, ends } of windowsOn(date, week, exceptions)) {
      const closes = endOf(date, ends, timeZone);
      for (let minute = roundUp(starts); minute < ends; minute += SLOT_STEP) {
        const time = timeOf(minute);
        const startsAt = instantOf(date, time, timeZone);
        // A beginning that daylight saving skips is none, and an hour that it takes is not there.
        const isReal = localOf(startsAt, timeZone).time === time;
        const fits = startsAt.getTime() + minutes * MINUTE <= closes.getTime();
        if (!isReal || !fits || startsAt.getTime() < earliest) continue;
        if (!meets(startsAt, minutes, margin, busy)) found.set(minute, { date, time, startsAt });
      }
    }
    slots.push(...[...found].sort(([a], [b]) => a - b).map(([, slot]) => slot));
  }
  return slots;
}

const roundUp = (minute: number) => Math.ceil(minute / SLOT_STEP) * SLOT_STEP;

/** The instant at which a stretch closes; the end of the day is the next one's midnight. */
function endOf(date: string, ends: number, timeZone: string): Date {
  if (ends < DAY_MINUTES) return instantOf(date, timeOf(ends), timeZone);
  return instantOf(Temporal.PlainDate.from(date).add({ days: 1 }).toString(), "00:00", timeZone);
}

/** The beginnings of help that repeats at the same local time every so many weeks. */
export function repeated(
  { date, time }: { date: string; time: string },
  { weeks, times }: { weeks: number; times: number },
  timeZone: string,
): Date[] {
  const first = Temporal.PlainDate.from(date);
  return Array.from({ length: times }, (_, index) =>
    instantOf(first.add({ weeks: weeks * index }).toString(), time, timeZone),
  );
}
