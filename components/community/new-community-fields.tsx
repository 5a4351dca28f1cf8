"use client";

import { useEffect, useState } from "react";
import { useTranslations } from "@/components/translations";
import { type Choice, Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { deviceZone } from "@/domain/kernel/region";
import { LanguageField } from "./language-field";

/** Time zones and regions; see app/place-choices.ts. */
export type Places = {
  timeZones: readonly string[];
  regions: readonly Choice[];
  /** The region that each time zone suggests. */
  regionsByZone: Readonly<Record<string, string>>;
};

/** Name, language, time zone and region of a new community; the browser's own zone is suggested. */
export function NewCommunityFields({
  places,
  fields,
}: {
  places: Places;
  fields: Record<string, string>;
}) {
  const t = useTranslations("communityForm");
  return (
    <>
      <TextInput name="name" label={t("name")} hint={t("nameHint")} error={fields.name} />
      <LanguageField error={fields.language} />
      <PlaceFields places={places} fields={fields} />
    </>
  );
}

/** Time zone and region; the zone suggests the region until another one is chosen. */
export function PlaceFields({
  places: { timeZones, regions, regionsByZone },
  timeZone = "",
  region = null,
  fields,
}: {
  places: Places;
  timeZone?: string;
  region?: string | null;
  fields: Record<string, string>;
}) {
  const t = useTranslations("communityForm");
  const [zone, setZone] = useState(timeZone);
  const [chosen, setChosen] = useState(region);
  // Only the browser knows the user's time zone.
  useEffect(() => {
    const own = deviceZone();
    if (timeZones.includes(own)) setZone((before) => before || own);
  }, [timeZones]);
  return (
    <>
      <Select
        name="timeZone"
        label={t("timeZone")}
        hint={t("timeZoneHint")}
        placeholder={t("choose")}
        options={timeZones.map((value) => ({ value, label: value.replaceAll("_", " ") }))}
        value={zone}
        onChange={({ target }) => setZone(target.value)}
        error={fields.timeZone && t("timeZoneMissing")}
      />
      <Select
        name="region"
        label={t("region")}
        hint={t("regionHint")}
        placeholder={t("regionByZone")}
        options={regions}
        value={chosen ?? regionsByZone[zone] ?? ""}
        onChange={({ target }) => setChosen(target.value)}
        error={fields.region}
      />
    </>
  );
}
