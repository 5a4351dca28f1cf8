"use client";

import { useLocale } from "next-intl";
import { getText } from "@/components/form/form";
import { useTranslations } from "@/components/translations";
import { Select } from "@/components/ui/select";
import { interfaceLanguageOf, interfaceLanguages } from "@/domain/kernel/languages";

type Language = (typeof interfaceLanguages)[number];

/** The language that was chosen in the form, or the first one that the interface speaks. */
export const readLanguage = (data: FormData): Language =>
  interfaceLanguageOf(getText(data, "language")) ?? interfaceLanguages[0];

/** The language in which a community's pages and mails are written. */
export function LanguageField({ chosen, error }: { chosen?: string; error: string | undefined }) {
  const t = useTranslations("communityForm");
  // A community begins in the language of whoever founds it.
  const spoken = interfaceLanguageOf(useLocale());
  return (
    <Select
      name="language"
      label={t("language")}
      options={interfaceLanguages.map((value) => ({ value, label: t(`languages.${value}`) }))}
      defaultValue={chosen ?? spoken}
      error={error}
    />
  );
}
