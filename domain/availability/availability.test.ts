import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { instantOf } from "../kernel/calendar";
import {
  type AvailabilityOverride,
  type Busy,
  endingAt,
  freeSlots,
  minuteOf,
  normalizeWeek,
  overlapsBusy,
  requireOverride,
  SLOT_LEAD_MINUTES,
  SLOT_STEP_MINUTES,
  timeOf,
  type WeekWindow,
  windowsOn,
} from "./availability";

const madrid = "Europe/Madrid";
const early = new Date("2026-01-01T00:00:00Z");
const query = {
  week: [] as WeekWindow[],
  exceptions: [] as AvailabilityOverride[],
  busy: [] as Busy[],
  timeZone: madrid,
  minutes: 60,
  margin: 0,
  now: early,
  from: "2026-03-23",
  days: 7,
};
const mornings: WeekWindow[] = [{ weekday: 1, starts: 540, ends: 720 }];
const WEEK = 7 * 1440;
const timesOf = (slots: { time: string }[]) => slots.map(({ time }) => time);

describe("freeSlots and daylight saving", () => {
  // Both changes of 2026 in each zone; Lord Howe changes by half an hour.
  const zones: [zone: string, changes: string[], offsets: [before: number, after: number][]][] = [
    [
      "Europe/Madrid",
      ["2026-03-29", "2026-10-25"],
      [
        [60, 120],
        [120, 60],
      ],
    ],
    [
      "America/New_York",
      ["2026-03-08", "2026-11-01"],
      [
        [-300, -240],
        [-240, -300],
      ],
    ],
    [
      "Australia/Lord_Howe",
      ["2026-04-05", "2026-10-04"],
      [
        [660, 630],
        [630, 660],
      ],
    ],
  ];
  for (const [timeZone, changes, offsets] of zones) {
    for (const [index, change] of changes.entries()) {
      it(`keeps a weekly 09:00 at 09:00 local time: ${timeZone} around ${change}`, () => {
        const week = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts: 540, ends: 600 }));
        const from = Temporal.PlainDate.from(change).subtract({ days: 3 }).toString();
        const slots = freeSlots({ ...query, week, timeZone, from, days: 7 });
        expect(timesOf(slots)).toEqual(Array(7).fill("09:00"));
        const offset = (date: string) => {
          const slot = slots.find((each) => each.date === date);
          const local = Date.parse(`${date}T09:00:00Z`);
          return slot && (local - slot.startsAt.getTime()) / 60_000;
        };
        // The clocks did change in between: the same local time has another offset from UTC.
        const [before, after] = offsets[index] ?? [0, 0];
        expect([offset(from), offset(change)]).toEqual([before, after]);
        // Intl, which has its own implementation of time zones, agrees.
        const clock = new Intl.DateTimeFormat("en-GB", {
          timeZone,
          hour: "2-digit",
          minute: "2-digit",
        });
        expect(slots.map(({ startsAt }) => clock.format(startsAt))).toEqual(Array(7).fill("09:00"));
      });
    }
  }

  it("leaves out times that daylight saving skips, and shortens the night that loses an hour", () => {
    const week = [{ weekday: 7, starts: 60, ends: 240 }];
    const spring = freeSlots({ ...query, week, from: "2026-03-29", days: 1 });
    // 02:00 to 03:00 does not exist; 01:00 to 04:00 is two hours long.
    expect(timesOf(spring)).toEqual(["01:00", "01:30", "03:00"]);
    const autumn = freeSlots({ ...query, week, from: "2026-10-25", days: 1 });
    expect(new Set(timesOf(autumn)).size).toBe(autumn.length);
  });
});

describe("freeSlots", () => {
  it("offers half hours at which the whole help fits", () => {
    expect(timesOf(freeSlots({ ...query, week: mornings }))).toEqual([
      "09:00",
      "09:30",
      "10:00",
      "10:30",
      "11:00",
    ]);
  });

  it("leaves out busy time with the travel time around it", () => {
    const busy = [
      {
        startsAt: instantOf("2026-03-23", "10:00", madrid),
        endsAt: instantOf("2026-03-23", "10:30", madrid),
      },
    ];
    const week = [{ weekday: 1, starts: 540, ends: 780 }];
    expect(timesOf(freeSlots({ ...query, week, busy }))).toEqual([
      "09:00",
      "10:30",
      "11:00",
      "11:30",
      "12:00",
    ]);
    expect(timesOf(freeSlots({ ...query, week, busy, margin: 30 }))).toEqual([
      "11:00",
      "11:30",
      "12:00",
    ]);
  });

  it("leaves out the past and the coming hour", () => {
    const now = instantOf("2026-03-23", "09:15", madrid);
    expect(timesOf(freeSlots({ ...query, week: mornings, now }))).toEqual(["10:30", "11:00"]);
  });

  it("applies overrides: away, or available at other hours", () => {
    const away = { firstDay: "2026-03-20", lastDay: "2026-03-23", starts: null, ends: null };
    const other = { firstDay: "2026-03-23", lastDay: "2026-03-23", starts: 960, ends: 1020 };
    expect(freeSlots({ ...query, week: mornings, exceptions: [away] })).toEqual([]);
    expect(timesOf(freeSlots({ ...query, week: mornings, exceptions: [other] }))).toEqual([
      "16:00",
    ]);
    expect(freeSlots({ ...query, week: mornings, exceptions: [away, other] })).toEqual([]);
    expect(windowsOn("2026-03-24", mornings, [away])).toEqual([]);
    expect(windowsOn("2026-03-30", mornings, [away])).toEqual(mornings);
  });

  it("reaches to the end of the day", () => {
    const week = [{ weekday: 1, starts: 1380, ends: 1440 }];
    expect(timesOf(freeSlots({ ...query, week }))).toEqual(["23:00"]);
  });

  it("continues a window past midnight of the weekday on which it starts", () => {
    const week = [{ weekday: 5, starts: 1320, ends: 1560 }];
    const night = freeSlots({ ...query, week, minutes: 90 });
    expect(night.map(({ date, time }) => `${date} ${time}`)).toEqual([
      "2026-03-27 22:00",
      "2026-03-27 22:30",
      "2026-03-27 23:00",
      "2026-03-27 23:30",
      "2026-03-28 00:00",
      "2026-03-28 00:30",
    ]);
    const saturday = freeSlots({ ...query, week, from: "2026-03-28", days: 1 });
    expect(timesOf(saturday)).toEqual(["00:00", "00:30", "01:00"]);
  });

  it("merges windows that meet at midnight", () => {
    const week = [
      { weekday: 5, starts: 1380, ends: 1440 },
      { weekday: 6, starts: 0, ends: 60 },
    ];
    expect(timesOf(freeSlots({ ...query, week, minutes: 120 }))).toEqual(["23:00"]);
  });

  it("ends a window at midnight before a day with an override, unless both days share it", () => {
    const week = [{ weekday: 5, starts: 1320, ends: 1560 }];
    const saturday = { firstDay: "2026-03-28", lastDay: "2026-03-28", starts: null, ends: null };
    expect(timesOf(freeSlots({ ...query, week, exceptions: [saturday] }))).toEqual([
      "22:00",
      "22:30",
      "23:00",
    ]);
    const weekend = { ...saturday, firstDay: "2026-03-27", starts: 1380, ends: 1470 };
    const nights = freeSlots({ ...query, week, exceptions: [weekend] });
    expect(nights.map(({ date, time }) => `${date} ${time}`)).toEqual([
      "2026-03-27 23:00",
      "2026-03-27 23:30",
      "2026-03-28 23:00",
      "2026-03-28 23:30",
    ]);
  });

  it("offers an hour less or more in the nights in which the clock changes", () => {
    const week = [{ weekday: 6, starts: 1320, ends: 1680 }];
    const hours = (from: string) => {
      const long = (minutes: number) => freeSlots({ ...query, week, from, days: 1, minutes });
      return [300, 360, 420, 480].filter((minutes) => long(minutes).length > 0).at(-1);
    };
    // From 22:00 to 04:00 local time.
    expect([hours("2026-03-21"), hours("2026-03-28"), hours("2026-10-24")]).toEqual([
      360, 300, 420,
    ]);
  });

  it("offers each free half hour once, and no other", () => {
    const window = fc.record({
      weekday: fc.integer({ min: 1, max: 7 }),
      starts: fc.integer({ min: 0, max: 1439 }),
      length: fc.integer({ min: 1, max: 1440 }),
    });
    const promised = fc.record({
      day: fc.integer({ min: 0, max: 13 }),
      minute: fc.integer({ min: 0, max: 1439 }),
      length: fc.integer({ min: 15, max: 300 }),
    });
    fc.assert(
      fc.property(
        fc.array(window, { maxLength: 8 }),
        fc.array(promised, { maxLength: 5 }),
        fc.constantFrom(15, 60, 90),
        fc.constantFrom(0, 20, 45),
        (windows, promises, minutes, margin) => {
          // Far from any change of the clock, so that every day has 1440 minutes.
          const from = "2026-05-04";
          const dateAfter = (days: number) =>
            Temporal.PlainDate.from(from).add({ days }).toString();
          const week = normalizeWeek(
            windows.map(({ weekday, starts, length }) => ({
              weekday,
              starts,
              ends: starts + length,
            })),
          );
          const busy = promises.map(({ day, minute, length }) => {
            const startsAt = instantOf(dateAfter(day), timeOf(minute), madrid);
            return { startsAt, endsAt: new Date(startsAt.getTime() + length * 60_000) };
          });
          const found = freeSlots({ ...query, week, busy, minutes, margin, from, days: 14 });
          const open = new Set(
            week.flatMap(({ weekday, starts, ends }) =>
              Array.from(
                { length: ends - starts },
                (_, each) => ((weekday - 1) * 1440 + starts + each) % WEEK,
              ),
            ),
          );
          const expected: string[] = [];
          for (let day = 0; day < 14; day += 1) {
            for (let minute = 0; minute < 1440; minute += SLOT_STEP_MINUTES) {
              const at = day * 1440 + minute;
              const within = Array.from({ length: minutes }, (_, each) => at + each).every((each) =>
                open.has(each % WEEK),
              );
              const begins = instantOf(dateAfter(day), timeOf(minute), madrid).getTime();
              const free = busy.every(
                ({ startsAt, endsAt }) =>
                  begins + (minutes + margin) * 60_000 <= startsAt.getTime() ||
                  begins - margin * 60_000 >= endsAt.getTime(),
              );
              if (within && free) expected.push(`${dateAfter(day)} ${timeOf(minute)}`);
            }
          }
          expect(found.map(({ date, time }) => `${date} ${time}`)).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("normalizeWeek and requireOverride", () => {
  it("sort the windows and merge those that touch", () => {
    expect(
      normalizeWeek([
        { weekday: 2, starts: 600, ends: 660 },
        { weekday: 1, starts: 720, ends: 780 },
        { weekday: 1, starts: 540, ends: 720 },
        { weekday: 1, starts: 560, ends: 600 },
      ]),
    ).toEqual([
      { weekday: 1, starts: 540, ends: 780 },
      { weekday: 2, starts: 600, ends: 660 },
    ]);
  });

  it("refuse windows and overrides that end before they start", () => {
    expect(() => normalizeWeek([{ weekday: 3, starts: 600, ends: 600 }])).toThrow(
      "windowBackwards",
    );
    const days = { firstDay: "2026-03-02", lastDay: "2026-03-01", starts: null, ends: null };
    expect(() => requireOverride(days)).toThrow("daysBackwards");
    expect(() => requireOverride({ ...days, lastDay: "2026-02-30" })).toThrow("dateNotReal");
    const hours = { ...days, lastDay: "2026-03-02", starts: 600, ends: 540 };
    expect(() => requireOverride(hours)).toThrow("windowBackwards");
    expect(() => requireOverride({ ...hours, ends: 660 })).not.toThrow();
    expect(() => requireOverride({ ...hours, starts: null })).toThrow("windowHalf");
    expect(() => requireOverride({ ...hours, ends: null })).toThrow("windowHalf");
  });

  it("accept a window past midnight of at most a day", () => {
    expect(endingAt(1320, "02:00")).toBe(1560);
    expect(endingAt(1320, "00:00")).toBe(1440);
    expect(endingAt(0, "00:00")).toBe(1440);
    expect(endingAt(540, "09:00")).toBe(540);
    const night = [{ weekday: 5, starts: 1320, ends: 1560 }];
    expect(normalizeWeek(night)).toEqual(night);
    expect(() => normalizeWeek([{ weekday: 5, starts: 60, ends: 1501 }])).toThrow(
      "windowBackwards",
    );
    expect(() => normalizeWeek([{ weekday: 5, starts: 1440, ends: 1500 }])).toThrow(
      "windowBackwards",
    );
    // Merged they would be longer than a day.
    const two = [
      { weekday: 5, starts: 0, ends: 1440 },
      { weekday: 5, starts: 1380, ends: 1560 },
    ];
    expect(normalizeWeek(two)).toEqual(two);
  });

  it("read and write times as forms do", () => {
    expect([minuteOf("09:30"), timeOf(570), minuteOf("24:00")]).toEqual([570, "09:30", 1440]);
  });
});

it("overlapsBusy does not count times that only touch", () => {
  const nine = instantOf("2026-05-04", "09:00", madrid);
  const ten = instantOf("2026-05-04", "10:00", madrid);
  const busy = [{ startsAt: ten, endsAt: instantOf("2026-05-04", "11:00", madrid) }];
  expect(overlapsBusy(nine, 60, 0, busy)).toBe(false);
  expect(overlapsBusy(nine, 61, 0, busy)).toBe(true);
  expect(overlapsBusy(nine, 60, 1, busy)).toBe(true);
  expect(SLOT_LEAD_MINUTES).toBeGreaterThan(0);
});
