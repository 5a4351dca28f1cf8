/**
 * Formats of dates, times, numbers and files. `localeTag` is the only function that makes a locale for
 * Intl: from the reader's language, the community's region (ISO 3166) and the member's own settings,
 * so that server and browser format alike. `scripts/checks/locale.test.ts` refuses formatting that
 * bypasses it.
 */

import type { Separator } from "./csv";
import type { InterfaceLanguage } from "./languages";

export const clocks = ["h23", "h12"] as const;
/** Intl's names of the 24-hour and the 12-hour clock. */
export type Clock = (typeof clocks)[number];

export type LocaleChoices = {
  language: InterfaceLanguage;
  /** ISO 3166 alpha-2; null if unknown. */
  region?: string | null | undefined;
  /** The member's own setting; the region's default without one. */
  clock?: Clock | null | undefined;
  /** 1 for Monday to 7 for Sunday; the region's default without one. */
  firstDay?: number | null | undefined;
};

/** How a signed-in user reads dates and times. */
export type Reader = {
  /** "h23" or "h12"; null for the community's default. */
  clock: string | null;
  /** 1 for Monday to 7 for Sunday; null for the community's default. */
  firstDay: number | null;
  /** Those of which the user is a member, the one joined first before the others. */
  communities: readonly { slug: string; region: string | null; timeZone: string }[];
};

/** UN M.49 "World", for an unknown region: formats such as 30/11/2026. */
const WORLD = "001";
const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
/** Kosovo: CLDR has its formats but no time zone. */
const REGIONS_WITHOUT_ZONE = ["XK"];

/** Older runtimes have properties, newer ones methods. */
type LocaleInfo = Intl.Locale & {
  timeZones?: readonly string[];
  getTimeZones?: () => readonly string[] | undefined;
  weekInfo?: { firstDay: number };
  getWeekInfo?: () => { firstDay: number };
};

const infoOf = (region: string): LocaleInfo => new Intl.Locale(`und-${region}`) as LocaleInfo;
const zonesOf = (region: string): readonly string[] => {
  const locale = infoOf(region);
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
};

/** The region with its most common language, under which Intl has its formats. */
const homeLocale = (region: string): string =>
  `${new Intl.Locale(`und-${region}`).maximize().language}-${region}`;

function regionList(): string[] {
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => names.of(code) && infoOf(code).region === code)
    .filter((code) => zonesOf(code).length > 0 || REGIONS_WITHOUT_ZONE.includes(code));
}

let regions: readonly string[] | undefined;
/** Every region from which a community can choose: ISO 3166 alpha-2 codes, sorted. */
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

/** The region of a time zone; null for zones such as UTC. Accepts former names of zones. */
export function regionOfZone(timeZone: string): string | null {
  const known = regionsByZone().get(timeZone);
  if (known) return known;
  try {
    // Resolves "Europe/Kyiv" to "Europe/Kiev" or the reverse, depending on the runtime.
    const { timeZone: name } = new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions();
    return regionsByZone().get(name) ?? null;
  } catch {
    return null;
  }
}

/** A community's own setting, else the region of its time zone. */
export const regionOf = (community: { region: string | null; timeZone: string }): string | null =>
  community.region ?? regionOfZone(community.timeZone);

/** The clock that is usual in the region. */
export function clockOf(region: string): Clock {
  const { hourCycle } = new Intl.DateTimeFormat(homeLocale(region), {
    hour: "numeric",
  }).resolvedOptions();
  return hourCycle === "h12" || hourCycle === "h11" ? "h12" : "h23";
}

/** The first day of the week in the region: 1 for Monday to 7 for Sunday. */
export function firstDayOf(region: string): number {
  const locale = infoOf(region);
  return (locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? 1;
}

/**
 * The locale of a language in a region. Where Intl has no English for the region (Egypt), it would use
 * the formats of the United States, with the month first: use international English instead.
 */
function localeOf(language: InterfaceLanguage, region: string): string {
  const wanted = `${language}-${region}`;
  const { locale } = new Intl.DateTimeFormat(wanted).resolvedOptions();
  return language === "en" && locale === "en" ? `en-${WORLD}` : wanted;
}

const cachedTags = new Map<string, string>();

/**
 * The locale tag by which Intl formats for a reader. It always selects the Gregorian calendar, as date
 * fields and statements do, and the digits 0 to 9, so that formatted and typed numbers look the same;
 * readers of Arabic know them too.
 */
export function localeTag({ language, region, clock, firstDay }: LocaleChoices): string {
  const place = region ?? WORLD;
  const key = `${language}-${place}-${clock ?? ""}-${firstDay ?? ""}`;
  const cached = cachedTags.get(key);
  if (cached) return cached;
  const day = WEEKDAYS[(firstDay ?? firstDayOf(place)) - 1] ?? "mon";
  const tag = `${localeOf(language, place)}-u-ca-gregory-fw-${day}-hc-${clock ?? clockOf(place)}-nu-latn`;
  cachedTags.set(key, tag);
  return tag;
}

/** The first day of the week in a tag of `localeTag`: 1 for Monday to 7 for Sunday. */
export const firstDayIn = (tag: string): number =>
  WEEKDAYS.findIndex((day) => tag.includes(`-fw-${day}`)) + 1 || 1;

/** Compares weekdays (1 for Monday to 7 for Sunday) by their order in the reader's week. */
export const byWeekOrder = (tag: string) => {
  const first = firstDayIn(tag);
  const place = (day: number) => (day - first + 7) % 7;
  return (a: number, b: number): number => place(a) - place(b);
};

/** Sorts weekdays into the order of the reader's week. */
export const inWeekOrder = <Day extends number>(days: readonly Day[], tag: string): Day[] =>
  [...days].sort(byWeekOrder(tag));

/**
 * The separator of CSV columns for spreadsheets in the region: a semicolon where the decimal separator
 * is not a full stop (the list separator of Windows).
 */
export function separatorOf(region: string | null): Separator {
  const parts = new Intl.NumberFormat(homeLocale(region ?? WORLD)).formatToParts(1.5);
  return parts.some(({ type, value }) => type === "decimal" && value !== ".") ? ";" : ",";
}

/** The region in a language tag that a browser sends, such as `en-GB`; null if it has none. */
export function regionInTag(tag: string): string | null {
  const region = /^[a-z]{2,3}(?:-[a-z]{4})?-([a-z]{2})(?:-|$)/i
    .exec(tag.trim())?.[1]
    ?.toUpperCase();
  return region && isRegion(region) ? region : null;
}

/** A language's or a region's name in the reader's language; the code if it has no name. */
export const nameOf = (kind: "language" | "region", code: string, tag: string): string =>
  new Intl.DisplayNames([tag], { type: kind }).of(code) ?? code;

export const collatorOf = (tag: string): Intl.Collator => new Intl.Collator(tag);

/** The time zone of the device that runs this: in a browser, the reader's own. */
export const deviceZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Every time zone from which a community can choose. */
export const allTimeZones = (): string[] => Intl.supportedValuesOf("timeZone");
