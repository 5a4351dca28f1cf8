import { describe, expect, it } from "vitest";
import {
  allRegions,
  firstDayIn,
  inWeekOrder,
  localeTag,
  regionInTag,
  regionOf,
  regionOfZone,
  separatorOf,
} from "./region";

const NO_BREAK = /[\u00a0\u202f\u200f]/g;
const written = (tag: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(tag, { timeZone: "UTC", ...options })
    .format(new Date("2026-12-03T16:00:00Z"))
    .replace(NO_BREAK, " ");
const time = (tag: string) => written(tag, { hour: "numeric", minute: "2-digit" });
const date = (tag: string) => written(tag, { day: "numeric", month: "short", year: "numeric" });

describe("localeTag", () => {
  it("formats dates and times as in the community's region, in every language", () => {
    const at = (region: string | null) => localeTag({ language: "en", region });
    expect([date(at("DE")), time(at("DE"))]).toEqual(["3 Dec 2026", "16:00"]);
    expect([date(at("GB")), time(at("GB"))]).toEqual(["3 Dec 2026", "16:00"]);
    expect([date(at("US")), time(at("US"))]).toEqual(["Dec 3, 2026", "4:00 PM"]);
    expect(date(at("EG"))).toBe("3 Dec 2026");
    expect(date(at(null))).toBe("3 Dec 2026");
    expect(time(localeTag({ language: "ar", region: "DE" }))).toBe("16:00");
    expect(time(localeTag({ language: "ar", region: "EG" }))).toBe("4:00 م");
    expect(time(localeTag({ language: "es", region: "ES" }))).toBe("16:00");
  });

  it("prefers the member's own settings", () => {
    const own = localeTag({ language: "en", region: "DE", clock: "h12", firstDay: 7 });
    expect([time(own), firstDayIn(own)]).toEqual(["4:00 pm", 7]);
    const other = localeTag({ language: "en", region: "US", clock: "h23", firstDay: 1 });
    expect([time(other), firstDayIn(other)]).toEqual(["16:00", 1]);
  });

  it("selects the Gregorian calendar and the digits 0 to 9 everywhere", () => {
    for (const region of allRegions()) {
      for (const language of ["en", "es", "ar"] as const) {
        const tag = localeTag({ language, region });
        const { calendar, numberingSystem } = new Intl.DateTimeFormat(tag).resolvedOptions();
        expect([tag, calendar, numberingSystem]).toEqual([tag, "gregory", "latn"]);
      }
    }
  });

  it("starts the week on the region's first day", () => {
    const first = (region: string) => firstDayIn(localeTag({ language: "en", region }));
    expect([first("DE"), first("US"), first("EG")]).toEqual([1, 7, 6]);
    const week = [1, 2, 3, 4, 5, 6, 7] as const;
    expect(inWeekOrder(week, localeTag({ language: "en", region: "EG" }))).toEqual([
      6, 7, 1, 2, 3, 4, 5,
    ]);
  });
});

describe("the region of a community", () => {
  it("is derived from its time zone, by old and new names", () => {
    expect(regionOfZone("Europe/Berlin")).toBe("DE");
    expect(regionOfZone("Asia/Kolkata")).toBe("IN");
    expect(regionOfZone("Asia/Calcutta")).toBe("IN");
    expect(regionOfZone("America/New_York")).toBe("US");
    expect(regionOfZone("UTC")).toBeNull();
    expect(regionOfZone("Nowhere/At_all")).toBeNull();
  });

  it("is known for every zone that can be chosen", () => {
    const zones = Intl.supportedValuesOf("timeZone");
    expect(zones.filter((zone) => zone !== "UTC" && !regionOfZone(zone))).toEqual([]);
  });

  it("is its own setting if it has one", () => {
    expect(regionOf({ region: "AT", timeZone: "Europe/Berlin" })).toBe("AT");
    expect(regionOf({ region: null, timeZone: "Europe/Berlin" })).toBe("DE");
  });

  it("is one of the regions that exist today", () => {
    expect(allRegions()).toEqual(expect.arrayContaining(["DE", "GB", "US", "XK"]));
    for (const gone of ["DD", "SU", "EU", "UK", "ZZ"]) expect(allRegions()).not.toContain(gone);
  });

  it("is read from a browser's language tag if that has one", () => {
    const tags = ["en-GB", "es-419", "zh-Hant-TW", "en", "en-QQ", "*"];
    expect(tags.map(regionInTag)).toEqual(["GB", null, "TW", null, null, null]);
  });

  it("separates CSV columns by semicolons if its decimal separator is a comma", () => {
    expect(["DE", "ES", "EG"].map(separatorOf)).toEqual([";", ";", ";"]);
    expect(["GB", "US", "MX", null].map(separatorOf)).toEqual([",", ",", ",", ","]);
  });
});
