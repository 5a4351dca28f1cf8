"use client";

import { useTranslations } from "next-intl";
import { textOf } from "@/components/form/form";
import { DateInput } from "@/components/ui/date-input";
import { MinutesInput } from "@/components/ui/minutes-input";
import { RadioCards } from "@/components/ui/radio-cards";
import { TextInput } from "@/components/ui/text-input";
import { TimeInput } from "@/components/ui/time-input";
import type { Side } from "./exchange";
import { meetingPlaceOf, type PlaceChoice, placeChoices } from "./place";

/** When, how long and where, as the fields show it; dates and times are the community's. */
export type TermsDraft = {
  date: string;
  time: string;
  minutes: number;
  place: PlaceChoice;
  placeNote: string;
};

/** The terms that stand in a form, as the procedures take them. */
export const termsIn = (data: FormData, iAm: Side) => ({
  date: textOf(data, "date"),
  time: textOf(data, "time"),
  minutes: Number(textOf(data, "minutes")),
  place: meetingPlaceOf(
    placeChoices.find((choice) => choice === textOf(data, "place")) ?? "elsewhere",
    iAm,
  ),
  placeNote: textOf(data, "placeNote"),
});

export function TermsFields({
  draft,
  today,
  granularity,
  name,
  fields,
}: {
  draft: TermsDraft;
  /** The community's date. */
  today: string;
  granularity: number;
  /** The other person. */
  name: string;
  fields: Record<string, string>;
}) {
  const t = useTranslations("exchangeForm");
  const form = useTranslations("form");
  return (
    <>
      <div className="grid gap-6 sm:grid-cols-2">
        <DateInput
          name="date"
          label={t("date")}
          defaultValue={draft.date}
          min={today}
          error={fields.date}
        />
        <TimeInput name="time" label={t("time")} defaultValue={draft.time} error={fields.time} />
      </div>
      <MinutesInput
        key={draft.minutes}
        name="minutes"
        label={t("howLong")}
        hoursLabel={form("hours")}
        minutesLabel={form("minutes")}
        granularity={granularity}
        defaultMinutes={draft.minutes}
        error={fields.minutes}
      />
      <RadioCards
        name="place"
        label={t("where")}
        columns={2}
        options={placeChoices.map((value) => ({ value, label: t(`place.${value}`, { name }) }))}
        defaultValue={draft.place}
        error={fields.place}
      />
      <TextInput
        name="placeNote"
        label={t("placeNote")}
        hint={t("placeNoteHint")}
        optional={form("optional")}
        defaultValue={draft.placeNote}
        error={fields.placeNote}
      />
    </>
  );
}
