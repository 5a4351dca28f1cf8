import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { comingInstant, endOfDay, instantOf, isTimeZone, localOf, pastInstant } from "./calendar";

const madrid = "Europe/Madrid";
const now = new Date("2026-03-20T12:00:00Z");

describe("instantOf", () => {
  it("keeps 09:00 local across daylight saving", () => {
    expect(instantOf("2026-03-28", "09:00", madrid).toISOString()).toBe("2026-03-28T08:00:00.000Z");
    expect(instantOf("2026-03-29", "09:00", madrid).toISOString()).toBe("2026-03-29T07:00:00.000Z");
    expect(instantOf("2026-10-25", "09:00", madrid).toISOString()).toBe("2026-10-25T08:00:00.000Z");
  });

  it("moves a skipped time forward and takes the first of two equal ones", () => {
    expect(localOf(instantOf("2026-03-29", "02:30", madrid), madrid).time).toBe("03:30");
    expect(instantOf("2026-10-25", "02:30", madrid).toISOString()).toBe("2026-10-25T00:30:00.000Z");
  });

  it("refuses days and times that do not exist", () => {
    for (const [date, time] of [
      ["2026-02-30", "10:00"],
      ["2026-13-01", "10:00"],
      ["2026-01-01", "24:00"],
      ["0000-00-00", "00:00"],
      // PostgreSQL has no year zero.
      ["0000-01-01", "00:00"],
      ["1899-12-31", "23:59"],
    ]) {
      expect(() => instantOf(date ?? "", time ?? "", madrid)).toThrow("dateNotReal");
    }
  });

  it("is the inverse of localOf", () => {
    const zones = fc.constantFrom(
      madrid,
      "America/New_York",
      "Australia/Lord_Howe",
      "Asia/Kathmandu",
    );
    fc.assert(
      fc.property(
        zones,
        fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true }),
        (zone, at) => {
          const local = localOf(at, zone);
          expect(localOf(instantOf(local.date, local.time, zone), zone)).toEqual(local);
        },
      ),
    );
  });
});

describe("endOfDay", () => {
  it("is one millisecond before the next day, also where midnight is skipped or occurs twice", () => {
    const zones = [
      "America/Santiago",
      "Africa/Cairo",
      "America/Havana",
      "Asia/Beirut",
      "Australia/Lord_Howe",
      "Asia/Kathmandu",
      "Pacific/Chatham",
      "UTC",
      madrid,
    ];
    for (const zone of zones) {
      for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 86_400_000) {
        const date = new Date(at).toISOString().slice(0, 10);
        const next = new Date(at + 86_400_000).toISOString().slice(0, 10);
        const end = endOfDay(date, zone);
        const days = [end, new Date(end.getTime() + 1)].map((each) => localOf(each, zone).date);
        expect([zone, ...days]).toEqual([zone, date, next]);
      }
    }
  });

  it("refuses days that do not exist", () => {
    expect(() => endOfDay("2026-02-29", madrid)).toThrow("dateNotReal");
  });
});

describe("comingInstant and pastInstant", () => {
  it("accept the coming year only", () => {
    expect(() => comingInstant("2026-03-21", "10:00", madrid, now)).not.toThrow();
    expect(() => comingInstant("2026-03-19", "10:00", madrid, now)).toThrow("dateInPast");
    expect(() => comingInstant("2028-01-01", "10:00", madrid, now)).toThrow("dateTooFar");
  });

  it("accept the past year only, today included", () => {
    expect(() => pastInstant("2026-03-20", "23:00", madrid, now)).not.toThrow();
    expect(() => pastInstant("2026-03-21", "00:00", madrid, now)).toThrow("dateInFuture");
    expect(() => pastInstant("2020-03-21", "10:00", madrid, now)).toThrow("dateTooOld");
  });
});

describe("isTimeZone", () => {
  it("accepts named zones and refuses offsets", () => {
    expect(isTimeZone(madrid)).toBe(true);
    expect(isTimeZone("+01:00")).toBe(false);
    expect(isTimeZone("Middle/Earth")).toBe(false);
  });
});
