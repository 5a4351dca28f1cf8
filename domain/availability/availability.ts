/**
 * When a member can: the week, the days that differ from it, and the free slots that are left.
 * Days and times are the community's; minutes count from local midnight. A weekly 09:00 stays 09:00
 * by the clock on the wall, whatever daylight saving does to it.
 */
import { Temporal } from "temporal-polyfill";
import { instantOf, localOf } from "../kernel/calendar";
import { DomainError } from "../kernel/errors";

/**
 * A stretch of each week; `weekday` is 1 for Monday to 7 for Sunday (ISO 8601). It belongs to the day on
 * which it begins: 22:00 to 02:00 is 1320 to 1560. At most a day long.
 */
export type WeekWindow = { weekday: number; starts: number; ends: number };
/** Days (`2026-12-24`, both included) that differ: away without times, else only between them. */
export type AvailabilityOverride = {
  firstDay: string;
  lastDay: string;
  starts: number | null;
  ends: number | null;
};
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
export const MAX_WINDOWS_PER_DAY = 3;

/** How far ahead pages look for free times. */
export const SLOT_DAYS = 21;

/** "09:30" as 570; "24:00" is the end of the day. */
export function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/**
 * The end of a stretch as forms write it: at or before its beginning it is on the next day. A stretch
 * from 00:00 to 00:00 is the whole day; any other that ends as it begins is none.
 */
export function endingAt(starts: number, time: string): number {
  const ends = minuteOf(time);
  return ends < starts || (ends === 0 && starts === 0) ? ends + DAY_MINUTES : ends;
}

/** Whether a stretch has a length, and one of at most a day. */
const isStretch = ({ starts, ends }: { starts: number; ends: number }): boolean =>
  starts < DAY_MINUTES && starts < ends && ends <= starts + DAY_MINUTES;

/** 570 as "09:30". */
export const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/**
 * A week in order, with stretches that touch or overlap joined.
 * @throws DomainError windowBackwards — on the weekday's field (`day1` to `day7`)
 */
export function normalizeWeek(week: readonly WeekWindow[]): WeekWindow[] {
  const tidy: WeekWindow[] = [];
  for (const window of [...week].sort((a, b) => a.weekday - b.weekday || a.starts - b.starts)) {
    if (!isStretch(window)) {
      throw new DomainError("windowBackwards", {}, `day${window.weekday}`);
    }
    const last = tidy.at(-1);
    const ends = Math.max(last?.ends ?? 0, window.ends);
    const touches = last?.weekday === window.weekday && window.starts <= last.ends;
    if (touches && isStretch({ starts: last.starts, ends })) last.ends = ends;
    else tidy.push({ ...window });
  }
  return tidy;
}

/** @throws DomainError dateNotReal, daysBackwards, windowHalf, windowBackwards */
export function requireOverride({ firstDay, lastDay, starts, ends }: AvailabilityOverride): void {
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
  if (starts !== null && ends !== null && !isStretch({ starts, ends })) {
    throw new DomainError("windowBackwards", {}, "ends");
  }
}

type Stretch = { starts: number; ends: number };

const covers = ({ firstDay, lastDay }: AvailabilityOverride, date: string): boolean =>
  firstDay <= date && date <= lastDay;

/** The stretches that begin on a day: what the exceptions say of it, else what the week says. */
export function windowsOn(
  date: string,
  week: readonly WeekWindow[],
  exceptions: readonly AvailabilityOverride[],
): Stretch[] {
  const differing = exceptions.filter((each) => covers(each, date));
  if (differing.length === 0) {
    const { dayOfWeek } = Temporal.PlainDate.from(date);
    const tomorrow = exceptions.some((each) => covers(each, dayAfter(date)));
    return week
      .filter(({ weekday }) => weekday === dayOfWeek)
      .map((window) => (tomorrow ? untilMidnight(window) : window));
  }
  // Away on a day is away, whatever else was written about it.
  if (differing.some(({ starts }) => starts === null)) return [];
  return differing.map((own) => {
    const stretch = { starts: own.starts ?? 0, ends: own.ends ?? 0 };
    // The next day says for itself what it is like, unless the same words are about it.
    const others = exceptions.filter((each) => covers(each, dayAfter(date)));
    const goesOn = others.every(({ starts }) => starts !== null) && covers(own, dayAfter(date));
    return others.length === 0 || goesOn ? stretch : untilMidnight(stretch);
  });
}

const dayAfter = (date: string): string =>
  Temporal.PlainDate.from(date).add({ days: 1 }).toString();
const untilMidnight = <Window extends Stretch>(window: Window): Window => ({
  ...window,
  ends: Math.min(window.ends, DAY_MINUTES),
});

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
  exceptions: readonly AvailabilityOverride[];
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
  // The night before reaches into the first day, and the day after goes on from the last.
  const spans = Array.from({ length: days + 2 }, (_, day) => {
    const date = first.add({ days: day - 1 }).toString();
    return windowsOn(date, week, exceptions).map((window) => spanOf(date, window, timeZone));
  }).flat();
  const until = first.add({ days }).toString();
  const slots: Slot[] = [];
  for (const { opens, closes } of joined(spans)) {
    for (const slot of halfHours(opens, closes, timeZone)) {
      const { date, startsAt } = slot;
      const fits = startsAt.getTime() + minutes * MINUTE <= closes;
      const isAsked = from <= date && date < until && startsAt.getTime() >= earliest;
      if (fits && isAsked && !meets(startsAt, minutes, margin, busy)) slots.push(slot);
    }
  }
  return slots;
}

/** Milliseconds since 1970. */
type Span = { opens: number; closes: number };

/** The instants between which a stretch of a day is open. */
const spanOf = (date: string, { starts, ends }: Stretch, timeZone: string): Span => ({
  opens: wallInstant(date, starts, timeZone).getTime(),
  closes: wallInstant(date, ends, timeZone).getTime(),
});

/** Spans in order, with those that touch or overlap as one: Friday night goes on into Saturday. */
function joined(spans: readonly Span[]): Span[] {
  const whole: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.opens - b.opens)) {
    const last = whole.at(-1);
    if (last && span.opens <= last.closes) last.closes = Math.max(last.closes, span.closes);
    else whole.push({ ...span });
  }
  return whole;
}

/** The half hours by the wall's clock from one instant to another. */
function* halfHours(opens: number, closes: number, timeZone: string): Generator<Slot> {
  const begin = localOf(new Date(opens), timeZone);
  for (let minute = roundUp(minuteOf(begin.time)); ; minute += SLOT_STEP) {
    const startsAt = wallInstant(begin.date, minute, timeZone);
    if (startsAt.getTime() >= closes) return;
    const { date, time } = localOf(startsAt, timeZone);
    // A beginning that daylight saving skips is none.
    if (startsAt.getTime() >= opens && time === timeOf(minute % DAY_MINUTES))
      yield { date, time, startsAt };
  }
}

const roundUp = (minute: number) => Math.ceil(minute / SLOT_STEP) * SLOT_STEP;

/** The instant of a minute that counts from a day's midnight, and may be past the next ones. */
function wallInstant(date: string, minute: number, timeZone: string): Date {
  const day = Temporal.PlainDate.from(date).add({ days: Math.floor(minute / DAY_MINUTES) });
  return instantOf(day.toString(), timeOf(minute % DAY_MINUTES), timeZone);
}
