/** In which language somebody is spoken to: what they chose, else what their browser asks for. */
import { interfaceLanguageOf } from "./domain/community";
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
