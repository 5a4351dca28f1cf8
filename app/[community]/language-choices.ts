import { getLocale } from "next-intl/server";
import { collatorOf, nameOf } from "@/domain/kernel/region";
import { writtenLanguages } from "@/domain/kernel/written-languages";

/** A language's name in itself. */
export const languageName = (language: string): string => nameOf("language", language, language);

/** The languages of listings as options; named on the server, so that phones do not load the names. */
export async function languageChoices() {
  const { compare } = collatorOf(await getLocale());
  return writtenLanguages
    .map((value) => ({ value, label: languageName(value) }))
    .sort((one, other) => compare(one.label, other.label));
}
