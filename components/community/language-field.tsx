"use client";

import { useTranslations } from "next-intl";
import { Select } from "@/components/ui/select";
import { interfaceLanguages } from "@/server/domain/community";

type Language = (typeof interfaceLanguages)[number];

/** The language that was chosen in the form, or the first one that the interface speaks. */
export const languageIn = (data: FormData): Language =>
  interfaceLanguages.find((known) => known === data.get("language")) ?? interfaceLanguages[0];

/** The language in which a community's pages and mails are written. */
export function LanguageField({ chosen, error }: { chosen?: string; error: string | undefined }) {
  const t = useTranslations("communityForm");
  return (
    <Select
      name="language"
      label={t("language")}
      options={interfaceLanguages.map((value) => ({ value, label: t(`languages.${value}`) }))}
      defaultValue={chosen}
      error={error}
    />
  );
}
