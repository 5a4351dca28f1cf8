"use client";

import { useTranslations } from "@/components/translations";
import { type Choice, Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";

/** A few words and the kind of help. */
export function WhatFields({
  categories,
  fields,
  title,
  category,
}: {
  categories: readonly Choice[];
  fields: Record<string, string>;
  title?: string | undefined;
  category?: string | undefined;
}) {
  const t = useTranslations("exchangeForm");
  return (
    <>
      <TextInput
        name="title"
        label={t("title")}
        hint={t("titleHint")}
        defaultValue={title}
        error={fields.title}
      />
      <Select
        name="category"
        label={t("category")}
        placeholder={t("categoryChoose")}
        options={categories}
        defaultValue={category ?? ""}
        error={fields.category && t("categoryMissing")}
      />
    </>
  );
}
