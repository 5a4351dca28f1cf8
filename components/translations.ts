import { useTranslations as useAll, useLocale } from "next-intl";
import { directionOf, interfaceLanguageOf } from "@/server/domain/community";
import { isolating } from "@/server/domain/direction";

/** The words of a namespace; texts that are filled into a sentence keep their own direction. */
export const useTranslations = ((namespace) => {
  const language = interfaceLanguageOf(useLocale()) ?? "en";
  return isolating(useAll(namespace), directionOf(language));
}) as typeof useAll;
