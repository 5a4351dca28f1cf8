/** The reader's language (their choice, else the browser's) and their formats of dates and times. */
import { interfaceLanguageOf } from "@/domain/kernel/languages";
import {
  clocks,
  localeTag,
  type Reader,
  regionInTag,
  regionOf,
} from "../../../domain/kernel/region";
import type { Locale } from "./messages";

/** Stores the language chosen on this device, signed in or not. */
export const LANGUAGE_COOKIE = "evenhour.language";

/** The preferred interface language in an Accept-Language header (RFC 9110, 12.5.4). */
export function acceptedLanguage(header: string | null): Locale | undefined {
  const wanted = (header ?? "")
    .slice(0, 500)
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const quality = parameters.find((each) => each.trim().startsWith("q="));
      const q = quality ? Number(quality.trim().slice(2)) : 1;
      return { tag, q: Number.isFinite(q) ? q : 0 };
    })
    .filter(({ q }) => q > 0)
    // The sort is stable: languages of equal weight stay in their order.
    .sort((a, b) => b.q - a.q);
  for (const { tag } of wanted) {
    const language = interfaceLanguageOf(tag);
    if (language) return language;
  }
  return undefined;
}

/** The value of the language cookie in a Cookie header. */
const languageCookieIn = (header: string | null): string | undefined =>
  (header ?? "")
    .split("; ")
    .find((each) => each.startsWith(`${LANGUAGE_COOKIE}=`))
    ?.slice(LANGUAGE_COOKIE.length + 1);

/** @param own the language in the user's settings, when they are signed in */
export const localeFor = (headers: Pick<Headers, "get">, own: string | null | undefined): Locale =>
  interfaceLanguageOf(languageCookieIn(headers.get("cookie"))) ??
  interfaceLanguageOf(own) ??
  acceptedLanguage(headers.get("accept-language")) ??
  "en";

/** Set by server/api/http/server.ts: the slug of the community in the URL, if there is one. */
const COMMUNITY_HEADER = "x-evenhour-community";

/** The first region in an Accept-Language header. */
const acceptedRegion = (header: string | null): string | null =>
  (header ?? "")
    .slice(0, 500)
    .split(",")
    .map((part) => regionInTag(part.split(";", 1)[0] ?? ""))
    .find((region) => region !== null) ?? null;

/**
 * The reader of a page: their language, the locale tag for Intl, and the time zone of dates. A community's
 * page uses the region and time zone of that community; other pages use those of the user's first community.
 */
export function readerOf(
  headers: Pick<Headers, "get">,
  actor: { language: string | null; reader?: Reader | undefined } | null,
): { locale: Locale; tag: string; timeZone: string } {
  const locale = localeFor(headers, actor?.language);
  const mine = actor?.reader?.communities ?? [];
  const slug = headers.get(COMMUNITY_HEADER);
  const community = mine.find((each) => each.slug === slug) ?? mine[0];
  const region = community ? regionOf(community) : acceptedRegion(headers.get("accept-language"));
  const clock = clocks.find((each) => each === actor?.reader?.clock);
  const tag = localeTag({ language: locale, region, clock, firstDay: actor?.reader?.firstDay });
  return { locale, tag, timeZone: community?.timeZone ?? "UTC" };
}
