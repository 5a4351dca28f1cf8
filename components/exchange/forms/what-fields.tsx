"use client";

import { getText } from "@/components/form/form";
import { useTranslations } from "@/components/translations";
import { type Choice, Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import type { Category } from "@/domain/listing/listing";

/** What the help is about, as it stands in a form. */
export const readWhat = (data: FormData) => ({
  title: getText(data, "title"),
  // The list offers nothing else; the empty first line is refused by the server, with a sentence.
  category: getText(data, "category") as Category,
});

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
