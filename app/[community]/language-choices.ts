import { getLocale } from "next-intl/server";
import { collatorOf, nameOf } from "@/domain/kernel/region";
import { writtenLanguages } from "@/domain/kernel/written-languages";

/** A language as its own speakers call it. */
export const languageName = (language: string): string => nameOf("language", language, language);

/** The languages in which members may write, by name; named on the server, so that phones load none. */
export async function languageChoices() {
  const { compare } = collatorOf(await getLocale());
  return writtenLanguages
    .map((value) => ({ value, label: languageName(value) }))
    .sort((one, other) => compare(one.label, other.label));
}
