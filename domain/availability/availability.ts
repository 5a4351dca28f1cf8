/**
 * A member's availability: the usual week, the overrides of single days, and the free slots that are
 * left. Days and times are in the community's time zone; minutes count from local midnight. A weekly
 * 09:00 stays 09:00 local time across changes of daylight saving.
 */
import { Temporal } from "temporal-polyfill";
import { dayAfter, instantOf, localOf } from "../kernel/calendar";
import { DomainError } from "../kernel/errors";

/**
 * A weekly window; `weekday` is 1 for Monday to 7 for Sunday (ISO 8601). It belongs to the day on which
 * it starts: 22:00 to 02:00 is 1320 to 1560. At most a day long.
 */
export type WeekWindow = { weekday: number; starts: number; ends: number };
/** Days (`2026-12-24`, both included) that differ from the week: away if the times are null, else available between them. */
export type AvailabilityOverride = {
  firstDay: string;
  lastDay: string;
  starts: number | null;
  ends: number | null;
};
/** Time that is already promised. */
export type Busy = { startsAt: Date; endsAt: Date };
/** A free start time, as forms write it and as an instant. */
export type Slot = { date: string; time: string; startsAt: Date };

const MINUTE_MS = 60_000;
export const DAY_MINUTES = 1440;
/** Slots start on the half hour; a finer step would make the list too long to read. */
export const SLOT_STEP_MINUTES = 30;
/** No slot starts sooner than this from now. */
export const SLOT_LEAD_MINUTES = 60;
/** A week with this many fits on a screen. */
export const MAX_WINDOWS_PER_DAY = 3;

/** How far ahead pages look for free slots. */
export const SLOT_DAYS = 21;

/** "09:30" as 570; "24:00" is the end of the day. */
export function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/**
 * The end of a window as forms write it: a time before its start is on the next day. From 00:00 to
 * 00:00 is the whole day; any other window that ends when it starts is empty, and invalid.
 */
export function endingAt(starts: number, time: string): number {
  const ends = minuteOf(time);
  return ends < starts || (ends === 0 && starts === 0) ? ends + DAY_MINUTES : ends;
}

/** Whether a window is longer than nothing and at most a day long. */
const isValidWindow = ({ starts, ends }: { starts: number; ends: number }): boolean =>
  starts < DAY_MINUTES && starts < ends && ends <= starts + DAY_MINUTES;

/** 570 as "09:30". */
export const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/**
 * The week in order, with windows that touch or overlap merged.
 * @throws DomainError windowBackwards, on the weekday's field (`day1` to `day7`)
 */
export function normalizeWeek(week: readonly WeekWindow[]): WeekWindow[] {
  const normalized: WeekWindow[] = [];
  for (const window of [...week].sort((a, b) => a.weekday - b.weekday || a.starts - b.starts)) {
    if (!isValidWindow(window)) {
      throw new DomainError("windowBackwards", {}, `day${window.weekday}`);
    }
    const last = normalized.at(-1);
    const ends = Math.max(last?.ends ?? 0, window.ends);
    const touches = last?.weekday === window.weekday && window.starts <= last.ends;
    if (touches && isValidWindow({ starts: last.starts, ends })) last.ends = ends;
    else normalized.push({ ...window });
  }
  return normalized;
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
  if (starts !== null && ends !== null && !isValidWindow({ starts, ends })) {
    throw new DomainError("windowBackwards", {}, "ends");
  }
}

type DayWindow = { starts: number; ends: number };

const covers = ({ firstDay, lastDay }: AvailabilityOverride, date: string): boolean =>
  firstDay <= date && date <= lastDay;

/** The windows that start on a day: those of its overrides if it has any, else those of the week. */
export function windowsOn(
  date: string,
  week: readonly WeekWindow[],
  exceptions: readonly AvailabilityOverride[],
): DayWindow[] {
  const ofDay = exceptions.filter((each) => covers(each, date));
  const ofNextDay = exceptions.filter((each) => covers(each, dayAfter(date)));
  if (ofDay.length === 0) {
    const { dayOfWeek } = Temporal.PlainDate.from(date);
    return week
      .filter(({ weekday }) => weekday === dayOfWeek)
      .map((window) => (ofNextDay.length > 0 ? untilMidnight(window) : window));
  }
  // An override "away" wins over all others of the same day.
  if (ofDay.some(({ starts }) => starts === null)) return [];
  return ofDay.map((own) => {
    const window = { starts: own.starts ?? 0, ends: own.ends ?? 0 };
    // Overrides of the next day end this window at midnight, unless this override covers that day too.
    const continues =
      ofNextDay.every(({ starts }) => starts !== null) && covers(own, dayAfter(date));
    return ofNextDay.length === 0 || continues ? window : untilMidnight(window);
  });
}
const untilMidnight = <Window extends DayWindow>(window: Window): Window => ({
  ...window,
  ends: Math.min(window.ends, DAY_MINUTES),
});

/** Whether help of `minutes` overlaps busy time, with `margin` minutes free before and after it. */
export const overlapsBusy = (
  startsAt: Date,
  minutes: number,
  margin: number,
  busy: readonly Busy[],
): boolean =>
  busy.some(
    (taken) =>
      startsAt.getTime() - margin * MINUTE_MS < taken.endsAt.getTime() &&
      taken.startsAt.getTime() < startsAt.getTime() + (minutes + margin) * MINUTE_MS,
  );

/**
 * The free slots for help of `minutes`, in order.
 * @param margin minutes left free before and after busy time, for travel
 * @param days how many local days to search, starting with `from` (`2026-12-01`)
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
  const earliest = now.getTime() + SLOT_LEAD_MINUTES * MINUTE_MS;
  const first = Temporal.PlainDate.from(from);
  // The day before, whose night reaches into the first day, and the day after the last one.
  const spans = Array.from({ length: days + 2 }, (_, day) => {
    const date = first.add({ days: day - 1 }).toString();
    return windowsOn(date, week, exceptions).map((window) => spanOf(date, window, timeZone));
  }).flat();
  const until = first.add({ days }).toString();
  const slots: Slot[] = [];
  for (const { opens, closes } of merged(spans)) {
    for (const slot of halfHours(opens, closes, timeZone)) {
      const { date, startsAt } = slot;
      const fits = startsAt.getTime() + minutes * MINUTE_MS <= closes;
      const isInRange = from <= date && date < until && startsAt.getTime() >= earliest;
      if (fits && isInRange && !overlapsBusy(startsAt, minutes, margin, busy)) slots.push(slot);
    }
  }
  return slots;
}

/** Milliseconds since 1970. */
type Span = { opens: number; closes: number };

const spanOf = (date: string, { starts, ends }: DayWindow, timeZone: string): Span => ({
  opens: localInstant(date, starts, timeZone).getTime(),
  closes: localInstant(date, ends, timeZone).getTime(),
});

/** Spans in order, with those that touch or overlap merged: Friday night continues into Saturday. */
function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.opens - b.opens)) {
    const last = result.at(-1);
    if (last && span.opens <= last.closes) last.closes = Math.max(last.closes, span.closes);
    else result.push({ ...span });
  }
  return result;
}

/** The half hours of local time between two instants. */
function* halfHours(opens: number, closes: number, timeZone: string): Generator<Slot> {
  const first = localOf(new Date(opens), timeZone);
  for (let minute = roundUp(minuteOf(first.time)); ; minute += SLOT_STEP_MINUTES) {
    const startsAt = localInstant(first.date, minute, timeZone);
    if (startsAt.getTime() >= closes) return;
    const { date, time } = localOf(startsAt, timeZone);
    // Skips local times that do not exist because of daylight saving.
    if (startsAt.getTime() >= opens && time === timeOf(minute % DAY_MINUTES))
      yield { date, time, startsAt };
  }
}

const roundUp = (minute: number) => Math.ceil(minute / SLOT_STEP_MINUTES) * SLOT_STEP_MINUTES;

/** @param minute from the day's midnight; may be on a later day */
function localInstant(date: string, minute: number, timeZone: string): Date {
  const day = Temporal.PlainDate.from(date).add({ days: Math.floor(minute / DAY_MINUTES) });
  return instantOf(day.toString(), timeOf(minute % DAY_MINUTES), timeZone);
}
