"use client";

import { useLocale } from "next-intl";
import { getText } from "@/components/form/form";
import { useTranslations } from "@/components/translations";
import { Select } from "@/components/ui/select";
import { interfaceLanguageOf, interfaceLanguages } from "@/domain/kernel/languages";

type Language = (typeof interfaceLanguages)[number];

/** The language selected in the form, or the first language of the interface. */
export const readLanguage = (data: FormData): Language =>
  interfaceLanguageOf(getText(data, "language")) ?? interfaceLanguages[0];

/** The language of a community's pages and e-mails. */
export function LanguageField({ chosen, error }: { chosen?: string; error: string | undefined }) {
  const t = useTranslations("communityForm");
  // The default is the language of the user who creates the community.
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
