import { describe, expect, it } from "vitest";
import { monthStart, monthsOf, withEmptyMonths } from "./year";

const MADRID = "Europe/Madrid";

describe("monthsOf and monthStart", () => {
  it("give the last twelve months, the present one included", () => {
    const months = monthsOf(undefined, MADRID, new Date("2026-03-15T12:00:00Z"));
    expect([months.length, months[0], months[11]]).toEqual([12, "2025-04", "2026-03"]);
  });

  it("start a month at midnight in the community's time zone", () => {
    const now = new Date("2026-02-28T23:30:00Z");
    expect(monthsOf(undefined, MADRID, now).at(-1)).toBe("2026-03");
    expect(monthsOf(undefined, "America/New_York", now).at(-1)).toBe("2026-02");
    expect(monthStart("2026-03", MADRID).toISOString()).toBe("2026-02-28T23:00:00.000Z");
    // Summer time started in between.
    expect(monthStart("2026-03", MADRID, 1).toISOString()).toBe("2026-03-31T22:00:00.000Z");
    expect(monthStart("2026-12", "UTC", 1).toISOString()).toBe("2027-01-01T00:00:00.000Z");
  });

  it("give the months of a calendar year up to the present one", () => {
    const now = new Date("2026-03-15T12:00:00Z");
    expect(monthsOf(2025, MADRID, now)).toHaveLength(12);
    expect(monthsOf(2026, MADRID, now)).toEqual(["2026-01", "2026-02", "2026-03"]);
    expect(monthsOf(2027, MADRID, now)).toEqual([]);
    expect(monthsOf(1900, MADRID, now)[0]).toBe("1900-01");
  });
});

describe("withEmptyMonths", () => {
  it("adds months without transfers, with the balance of the month before", () => {
    const found = [{ month: "2026-02", given: 60, received: 0, balance: 90 }];
    expect(withEmptyMonths(["2026-01", "2026-02", "2026-03"], found, 30)).toEqual([
      { month: "2026-01", given: 0, received: 0, balance: 30 },
      { month: "2026-02", given: 60, received: 0, balance: 90 },
      { month: "2026-03", given: 0, received: 0, balance: 90 },
    ]);
  });
});
