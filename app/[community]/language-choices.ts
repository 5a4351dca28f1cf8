import { nameOf } from "@/server/domain/region";
import { writtenLanguages } from "@/server/domain/search";

/** A language as its own speakers call it. */
export const languageName = (language: string): string => nameOf("language", language, language);

/** The languages in which members may write; named on the server, so that phones load none. */
export const languageChoices = () =>
  writtenLanguages.map((value) => ({ value, label: languageName(value) }));
