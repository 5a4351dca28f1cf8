"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { LanguageField } from "./language-field";

/** Name, language and time zone of a new community; the browser's own zone is suggested. */
export function FoundingFields({
  timeZones,
  fields,
}: {
  timeZones: readonly string[];
  fields: Record<string, string>;
}) {
  const t = useTranslations("communityForm");
  const [zone, setZone] = useState("");
  // Known in the browser only; the server cannot guess where somebody is.
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (timeZones.includes(own)) setZone((chosen) => chosen || own);
  }, [timeZones]);
  return (
    <>
      <TextInput name="name" label={t("name")} hint={t("nameHint")} error={fields.name} />
      <LanguageField error={fields.language} />
      <Select
        name="timeZone"
        label={t("timeZone")}
        hint={t("timeZoneHint")}
        placeholder={t("choose")}
        options={timeZones.map((value) => ({ value, label: value.replaceAll("_", " ") }))}
        value={zone}
        onChange={(event) => setZone(event.target.value)}
        error={fields.timeZone && t("timeZoneMissing")}
      />
    </>
  );
}
