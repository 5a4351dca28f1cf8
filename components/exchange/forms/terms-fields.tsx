"use client";

import { useState } from "react";
import { useTranslations } from "@/components/translations";
import { DateInput } from "@/components/ui/date-input";
import { MinutesInput } from "@/components/ui/minutes-input";
import { RadioCards } from "@/components/ui/radio-cards";
import { TextInput } from "@/components/ui/text-input";
import { TimeInput } from "@/components/ui/time-input";
import { termsShape } from "@/domain/exchange/schema";
import { getText, readForm } from "@/domain/kernel/form";
import type { SlotTime } from "../../format/slots";
import type { Side } from "../exchange";
import { meetingPlaceOf, type PlaceChoice, placeChoices } from "../place";
import { SlotChooser } from "./slot-chooser";

/** When, how long and where, as the fields show it; dates and times are the community's. */
export type TermsDraft = {
  date: string;
  time: string;
  minutes: number;
  place: PlaceChoice;
  placeNote: string;
};

/** The terms in a form. Its places are called from the member's point of view. */
export const readTerms = (data: FormData, mySide: Side) => ({
  ...readForm(termsShape, data),
  place: meetingPlaceOf(
    placeChoices.find((choice) => choice === getText(data, "place")) ?? "elsewhere",
    mySide,
  ),
});

/** A day and a time, chosen among the giver's free ones or written down. */
export function WhenFields({
  draft,
  today,
  fields,
  slots,
  slotsTitle,
  onDate,
}: {
  draft: SlotTime;
  today: string;
  fields: Record<string, string>;
  slots: readonly SlotTime[] | null;
  slotsTitle: string;
  /** Hears of each day that is chosen. */
  onDate?: ((date: string) => void) | undefined;
}) {
  const t = useTranslations("exchangeForm");
  const [when, setWhen] = useState<SlotTime>({ date: draft.date, time: draft.time });
  const choose = (next: SlotTime) => {
    setWhen(next);
    onDate?.(next.date);
  };
  return (
    <>
      {slots && <SlotChooser title={slotsTitle} slots={slots} chosen={when} onChoose={choose} />}
      <div className="grid gap-6 sm:grid-cols-2">
        <DateInput
          name="date"
          label={t("date")}
          value={when.date}
          onChange={({ target }) => choose({ ...when, date: target.value })}
          min={today}
          error={fields.date}
        />
        <TimeInput
          name="time"
          label={t("time")}
          value={when.time}
          onChange={({ target }) => setWhen({ ...when, time: target.value })}
          error={fields.time}
        />
      </div>
    </>
  );
}

export function TermsFields({
  draft,
  today,
  granularity,
  name,
  fields,
  slots,
  slotsTitle,
  onDate,
}: {
  draft: TermsDraft;
  /** The community's date. */
  today: string;
  granularity: number;
  /** The other person. */
  name: string;
  fields: Record<string, string>;
  /** The giver's free times; null when they have said nothing about them. */
  slots: readonly SlotTime[] | null;
  slotsTitle: string;
  onDate?: ((date: string) => void) | undefined;
}) {
  const t = useTranslations("exchangeForm");
  const form = useTranslations("form");
  return (
    <>
      <WhenFields
        key={`${draft.date} ${draft.time}`}
        {...{ draft, today, fields, slots, slotsTitle, onDate }}
      />
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
