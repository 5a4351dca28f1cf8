/**
 * In which language somebody is spoken to (what they chose, else what their browser asks for), and how
 * dates and times look to them.
 */
import { interfaceLanguageOf } from "@/domain/kernel/languages";
import {
  clocks,
  localeTag,
  type Reader,
  regionInTag,
  regionOf,
} from "../../../domain/kernel/region";
import type { Locale } from "./messages";

/** Remembers the choice on this device, signed in or not. */
export const LANGUAGE_COOKIE = "evenhour.language";

/** The first language of an Accept-Language header (RFC 9110, 12.5.4) that the interface speaks. */
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
    // Equal ones keep their order.
    .sort((a, b) => b.q - a.q);
  for (const { tag } of wanted) {
    const found = interfaceLanguageOf(tag);
    if (found) return found;
  }
  return undefined;
}

/** The value of the language cookie in a Cookie header. */
const chosenHere = (header: string | null): string | undefined =>
  (header ?? "")
    .split("; ")
    .find((each) => each.startsWith(`${LANGUAGE_COOKIE}=`))
    ?.slice(LANGUAGE_COOKIE.length + 1);

/** @param own the language that the person chose in their settings, when they are signed in */
export const localeFor = (headers: Pick<Headers, "get">, own: string | null | undefined): Locale =>
  interfaceLanguageOf(chosenHere(headers.get("cookie"))) ??
  interfaceLanguageOf(own) ??
  acceptedLanguage(headers.get("accept-language")) ??
  "en";

/** What server/api/http/server.ts tells of the address: the community in it, if there is one. */
const COMMUNITY_HEADER = "x-evenhour-community";

/** The first region that a browser's Accept-Language names. */
const acceptedRegion = (header: string | null): string | null =>
  (header ?? "")
    .slice(0, 500)
    .split(",")
    .map((part) => regionInTag(part.split(";", 1)[0] ?? ""))
    .find((region) => region !== null) ?? null;

/**
 * The reader of a page: their language, the locale for Intl, and the time zone that days are counted in.
 * A page of a community shows that community's region and time; others the first one's of the person.
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
