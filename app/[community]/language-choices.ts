import { getLocale } from "next-intl/server";
import { collatorOf, nameOf } from "@/server/domain/region";
import { writtenLanguages } from "@/server/domain/search";

/** A language as its own speakers call it. */
export const languageName = (language: string): string => nameOf("language", language, language);

/** The languages in which members may write, by name; named on the server, so that phones load none. */
export async function languageChoices() {
  const { compare } = collatorOf(await getLocale());
  return writtenLanguages
    .map((value) => ({ value, label: languageName(value) }))
    .sort((one, other) => compare(one.label, other.label));
}
