import { useTranslations as useAll, useLocale } from "next-intl";
import { isolating } from "@/domain/kernel/direction";
import { directionOf, interfaceLanguageOf } from "@/domain/kernel/languages";

/** The words of a namespace; texts that are filled into a sentence keep their own direction. */
export const useTranslations = ((namespace) => {
  const language = interfaceLanguageOf(useLocale()) ?? "en";
  return isolating(useAll(namespace), directionOf(language));
}) as typeof useAll;
