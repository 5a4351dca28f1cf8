import { describe, expect, it } from "vitest";
import { instantOf, localOf } from "../kernel/calendar";
import { monthlyOf, repeatDays } from "./repeat";

describe("a series of exchanges", () => {
  it("repeats every few weeks on the same weekday", () => {
    expect(repeatDays("2026-12-18", { weeks: 2, times: 3 })).toEqual([
      "2026-12-18",
      "2027-01-01",
      "2027-01-15",
    ]);
  });

  it("repeats monthly on the last Friday", () => {
    expect(repeatDays("2026-11-27", { months: 1, on: "last", times: 6 })).toEqual([
      "2026-11-27",
      "2026-12-25",
      "2027-01-29",
      "2027-02-26",
      "2027-03-26",
      "2027-04-30",
    ]);
  });

  it("repeats monthly on the second Tuesday", () => {
    expect(repeatDays("2026-12-08", { months: 1, on: "weekday", times: 4 })).toEqual([
      "2026-12-08",
      "2027-01-12",
      "2027-02-09",
      "2027-03-09",
    ]);
    expect(repeatDays("2026-12-08", { months: 3, on: "weekday", times: 2 })).toEqual([
      "2026-12-08",
      "2027-03-09",
    ]);
  });

  it("takes the last weekday in a month without a fifth", () => {
    expect(repeatDays("2026-10-30", { months: 1, on: "weekday", times: 3 })).toEqual([
      "2026-10-30",
      "2026-11-27",
      "2026-12-25",
    ]);
  });

  it("starts on the given day even if that is not the last of its weekday", () => {
    expect(repeatDays("2026-11-10", { months: 1, on: "last", times: 3 })).toEqual([
      "2026-11-10",
      "2026-12-29",
      "2027-01-26",
    ]);
  });

  it("repeats on the 31st, or on the last day of a shorter month", () => {
    expect(repeatDays("2027-12-31", { months: 1, on: "date", times: 5 })).toEqual([
      "2027-12-31",
      "2028-01-31",
      "2028-02-29",
      "2028-03-31",
      "2028-04-30",
    ]);
    expect(repeatDays("2028-02-29", { months: 1, on: "date", times: 2 })).toEqual([
      "2028-02-29",
      "2028-03-29",
    ]);
  });

  it("has one day in each month, always on the same weekday, whatever day it starts on", () => {
    for (let at = Date.UTC(2027, 0, 1); at < Date.UTC(2029, 0, 1); at += 86_400_000) {
      const date = new Date(at).toISOString().slice(0, 10);
      for (const on of monthlyOf(date)?.kinds ?? []) {
        const days = repeatDays(date, { months: 1, on, times: 12 });
        expect(days[0]).toBe(date);
        const months = days.map((day) => day.slice(0, 7));
        expect(new Set(months).size).toBe(12);
        if (on === "date") continue;
        const weekdays = new Set(days.map((day) => new Date(`${day}T00:00Z`).getUTCDay()));
        expect([date, on, weekdays.size]).toEqual([date, on, 1]);
      }
    }
  });

  it("offers the monthly kinds that fit the first day", () => {
    expect(monthlyOf("2026-11-27")).toEqual({
      kinds: ["date", "weekday", "last"],
      nth: 4,
      weekday: 5,
      day: 27,
    });
    expect(monthlyOf("2026-11-29")?.kinds).toEqual(["date", "last"]);
    expect(monthlyOf("2026-11-01")).toMatchObject({ kinds: ["date", "weekday"], weekday: 7 });
    expect(monthlyOf("")).toBeNull();
  });

  it("stays at the same local time across both changes of the clock, also near midnight", () => {
    const zone = "Europe/Madrid";
    for (const time of ["18:00", "23:30"]) {
      const days = repeatDays("2026-09-25", { months: 1, on: "last", times: 8 });
      const read = days.map((day) => localOf(instantOf(day, time, zone), zone));
      expect(read).toEqual(days.map((date) => ({ date, time })));
    }
  });
});
