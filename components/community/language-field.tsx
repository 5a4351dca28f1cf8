"use client";

import { useLocale } from "next-intl";
import { useTranslations } from "@/components/translations";
import { Select } from "@/components/ui/select";
import { interfaceLanguageOf, interfaceLanguages } from "@/domain/kernel/languages";

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
