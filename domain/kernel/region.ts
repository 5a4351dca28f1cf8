/**
 * How dates, times, numbers and files look to a reader. `localeTag` is the only place that makes the
 * locale for Intl: it is written from the reader's language, the community's region (ISO 3166) and what
 * the member chose otherwise, so that server and browser format alike. `scripts/checks/locale.test.ts` refuses
 * formatting that goes past it.
 */

import type { Separator } from "./csv";
import type { InterfaceLanguage } from "./languages";

export const clocks = ["h23", "h12"] as const;
/** 24-hour or 12-hour, as Intl names them. */
export type Clock = (typeof clocks)[number];

export type LocaleChoices = {
  language: InterfaceLanguage;
  /** ISO 3166 alpha-2; null where none is known. */
  region?: string | null | undefined;
  /** The member's own choice; the region's custom without one. */
  clock?: Clock | null | undefined;
  /** 1 for Monday to 7 for Sunday; the region's custom without one. */
  firstDay?: number | null | undefined;
};

/** How a signed-in person reads dates and times. */
export type Reader = {
  /** "h23" or "h12"; null for the community's. */
  clock: string | null;
  /** 1 for Monday to 7 for Sunday; null for the community's. */
  firstDay: number | null;
  /** Those that they take part in, the one joined first before the others. */
  communities: readonly { slug: string; region: string | null; timeZone: string }[];
};

/** The world, for readers whose region is not known: 30/11/2026, and no country's customs. */
const WORLD = "001";
const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
/** Kosovo has no time zone of its own in the tables, and every other custom. */
const WITHOUT_ZONE = ["XK"];

/** Older runtimes have properties where newer ones have methods. */
type WithTables = Intl.Locale & {
  timeZones?: readonly string[];
  getTimeZones?: () => readonly string[] | undefined;
  weekInfo?: { firstDay: number };
  getWeekInfo?: () => { firstDay: number };
};

const tablesOf = (region: string): WithTables => new Intl.Locale(`und-${region}`) as WithTables;
const zonesOf = (region: string): readonly string[] => {
  const locale = tablesOf(region);
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
};

/** The region with the language that most people there read: what Intl knows its customs by. */
const homeLocale = (region: string): string =>
  `${new Intl.Locale(`und-${region}`).maximize().language}-${region}`;

function regionList(): string[] {
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => names.of(code) && tablesOf(code).region === code)
    .filter((code) => zonesOf(code).length > 0 || WITHOUT_ZONE.includes(code));
}

let regions: readonly string[] | undefined;
/** Every region that a community can be in: ISO 3166 alpha-2 codes, in order. */
export const allRegions = (): readonly string[] => {
  regions ??= regionList();
  return regions;
};

export const isRegion = (code: string): boolean => allRegions().includes(code);

let byZone: ReadonlyMap<string, string> | undefined;
/** The region of each time zone that Intl lists. */
export function regionsByZone(): ReadonlyMap<string, string> {
  byZone ??= new Map(
    allRegions().flatMap((region) => zonesOf(region).map((zone) => [zone, region] as const)),
  );
  return byZone;
}

/** The region that a time zone lies in; null for zones such as UTC. Takes old names of zones too. */
export function regionOfZone(timeZone: string): string | null {
  const known = regionsByZone().get(timeZone);
  if (known) return known;
  try {
    // Intl knows "Europe/Kyiv" by the name that it had when the tables were made, or the reverse.
    const { timeZone: name } = new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions();
    return regionsByZone().get(name) ?? null;
  } catch {
    return null;
  }
}

/** The region of a community: the one that it chose, else the one of its time zone. */
export const regionOf = (community: { region: string | null; timeZone: string }): string | null =>
  community.region ?? regionOfZone(community.timeZone);

/** The region's custom. */
export function clockOf(region: string): Clock {
  const { hourCycle } = new Intl.DateTimeFormat(homeLocale(region), {
    hour: "numeric",
  }).resolvedOptions();
  return hourCycle === "h12" || hourCycle === "h11" ? "h12" : "h23";
}

/** The day on which a week begins in the region: 1 for Monday to 7 for Sunday. */
export function firstDayOf(region: string): number {
  const locale = tablesOf(region);
  return (locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? 1;
}

/**
 * Where Intl has no English of a region (Egypt) it falls back on that of the United States, whose dates
 * begin with the month as nowhere else.
 */
function writtenIn(language: InterfaceLanguage, region: string): string {
  const wanted = `${language}-${region}`;
  const { locale } = new Intl.DateTimeFormat(wanted).resolvedOptions();
  return language === "en" && locale === "en" ? `en-${WORLD}` : wanted;
}

const made = new Map<string, string>();

/**
 * The tag by which Intl formats for a reader. Always the Gregorian calendar, which date fields and
 * statements count by, and the digits 0 to 9, which readers of Arabic know too, so that what is
 * formatted and what people typed look the same.
 */
export function localeTag({ language, region, clock, firstDay }: LocaleChoices): string {
  const place = region ?? WORLD;
  const key = `${language}-${place}-${clock ?? ""}-${firstDay ?? ""}`;
  const known = made.get(key);
  if (known) return known;
  const day = WEEKDAYS[(firstDay ?? firstDayOf(place)) - 1] ?? "mon";
  const tag = `${writtenIn(language, place)}-u-ca-gregory-fw-${day}-hc-${clock ?? clockOf(place)}-nu-latn`;
  made.set(key, tag);
  return tag;
}

/** What a tag says about the day on which a week begins: 1 for Monday to 7 for Sunday. */
export const firstDayIn = (tag: string): number =>
  WEEKDAYS.findIndex((day) => tag.includes(`-fw-${day}`)) + 1 || 1;

/** Compares days of the week (1 for Monday to 7 for Sunday) by their order in a reader's week. */
export const byWeekOrder = (tag: string) => {
  const first = firstDayIn(tag);
  const place = (day: number) => (day - first + 7) % 7;
  return (a: number, b: number): number => place(a) - place(b);
};

/** Days of the week in the order of a reader's week. */
export const inWeekOrder = <Day extends number>(days: readonly Day[], tag: string): Day[] =>
  [...days].sort(byWeekOrder(tag));

/**
 * What stands between the columns of a CSV file that opens in columns: spreadsheets split at
 * semicolons where another sign than the full stop stands in numbers (the list separator of Windows).
 */
export function separatorOf(region: string | null): Separator {
  const parts = new Intl.NumberFormat(homeLocale(region ?? WORLD)).formatToParts(1.5);
  return parts.some(({ type, value }) => type === "decimal" && value !== ".") ? ";" : ",";
}

/** The region of a language tag as browsers send it, such as `en-GB`; null where there is none. */
export function regionInTag(tag: string): string | null {
  const region = /^[a-z]{2,3}(?:-[a-z]{4})?-([a-z]{2})(?:-|$)/i
    .exec(tag.trim())?.[1]
    ?.toUpperCase();
  return region && isRegion(region) ? region : null;
}

/** A language's or a region's name in the reader's language; the code where there is none. */
export const nameOf = (kind: "language" | "region", code: string, tag: string): string =>
  new Intl.DisplayNames([tag], { type: kind }).of(code) ?? code;

/** Compares names as the reader's language sorts them. */
export const collatorOf = (tag: string): Intl.Collator => new Intl.Collator(tag);

/** The time zone of the device that runs this; in a browser that is the reader's own. */
export const deviceZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Every time zone that a community can be in. */
export const allTimeZones = (): string[] => Intl.supportedValuesOf("timeZone");
