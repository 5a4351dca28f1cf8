"use client";

import { useState } from "react";
import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { FormMessage } from "@/components/ui/form-message";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select } from "@/components/ui/select";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import type { CommunityRules } from "@/domain/community/community";
import { settingsShape } from "@/domain/community/schema";
import { readForm } from "@/domain/kernel/form";
import { GRANULARITIES } from "@/domain/kernel/hours";
import { LanguageField } from "./language-field";
import { PlaceFields, type Places } from "./new-community-fields";

export type CommunityFace = CommunityRules & {
  name: string;
  about: string;
  language: string;
  timeZone: string;
  region: string | null;
  joining: "invitation" | "open";
};

/** The member types hours; the form sends whole minutes, which a floor has below zero. */
function HoursInput({
  name,
  minutes,
  sign = 1,
  ...field
}: {
  name: string;
  label: string;
  hint: string;
  minutes: number;
  sign?: 1 | -1;
  error: string | undefined;
}) {
  const [hours, setHours] = useState(String(Math.abs(minutes) / 60));
  return (
    <>
      <input
        type="hidden"
        name={name}
        // An empty or invalid number is refused by the server.
        value={hours === "" ? "" : String(Math.round(Number(hours) * 60) * sign)}
      />
      <TextInput
        {...field}
        type="number"
        inputMode="decimal"
        min={0}
        step={0.25}
        value={hours}
        onChange={({ target }) => setHours(target.value)}
      />
    </>
  );
}

/** A community's profile and rules. */
export function RulesForm({
  community,
  rules,
  places,
  sendsMail,
}: {
  community: string;
  rules: CommunityFace;
  places: Places;
  /** Reminders are mentioned only if e-mail is configured. */
  sendsMail: boolean;
}) {
  const t = useTranslations("communityForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const [saved, setSaved] = useState(false);
  const { send, pending, sentence, fields } = useFormMutation(
    trpc.community.update.mutationOptions(),
    {
      done: () => setSaved(true),
    },
  );
  return (
    <Form
      sentence={sentence}
      onSend={(data) => {
        setSaved(false);
        send({ community, ...readForm(settingsShape, data) });
      }}
    >
      {saved && !pending && <FormMessage tone="good">{form("saved")}</FormMessage>}
      <TextInput name="name" label={t("name")} defaultValue={rules.name} error={fields.name} />
      <TextArea
        name="about"
        label={t("about")}
        hint={t("aboutHint")}
        rows={4}
        optional={form("optional")}
        defaultValue={rules.about}
        error={fields.about}
      />
      <LanguageField chosen={rules.language} error={fields.language} />
      <PlaceFields
        places={places}
        timeZone={rules.timeZone}
        region={rules.region}
        fields={fields}
      />
      <RadioCards<"invitation" | "open">
        name="joining"
        label={t("joining")}
        columns={2}
        options={[
          { value: "invitation", label: t("byInvitation"), detail: t("byInvitationDetail") },
          { value: "open", label: t("openToAll"), detail: t("openToAllDetail") },
        ]}
        defaultValue={rules.joining}
        error={fields.joining}
      />
      <Select
        name="granularity"
        label={t("granularity")}
        hint={t("granularityHint")}
        options={GRANULARITIES.map((step) => ({
          value: String(step),
          label: t("steps", { step }),
        }))}
        defaultValue={String(rules.granularity)}
        error={fields.granularity}
      />
      <HoursInput
        name="floor"
        label={t("floor")}
        hint={t("floorHint")}
        minutes={rules.floor}
        sign={-1}
        error={fields.floor}
      />
      <HoursInput
        name="newcomerFloor"
        label={t("newcomerFloor")}
        hint={t("newcomerFloorHint")}
        minutes={rules.newcomerFloor}
        sign={-1}
        error={fields.newcomerFloor}
      />
      <HoursInput
        name="softFloor"
        label={t("softFloor")}
        hint={t("softFloorHint")}
        minutes={rules.softFloor}
        sign={-1}
        error={fields.softFloor}
      />
      <HoursInput
        name="softCeiling"
        label={t("softCeiling")}
        hint={t("softCeilingHint")}
        minutes={rules.softCeiling}
        error={fields.softCeiling}
      />
      <HoursInput
        name="welcomeCredit"
        label={t("welcomeCredit")}
        hint={t("welcomeCreditHint")}
        minutes={rules.welcomeCredit}
        error={fields.welcomeCredit}
      />
      <TextInput
        name="confirmationDays"
        type="number"
        inputMode="numeric"
        min={1}
        max={60}
        label={t("confirmationDays")}
        hint={t("confirmationDaysHint", { reminder: sendsMail ? "mail" : "none" })}
        defaultValue={rules.confirmationDays}
        error={fields.confirmationDays}
      />
      <Checkbox
        name="balancesVisible"
        label={t("balancesVisible")}
        hint={t("balancesVisibleHint")}
        defaultChecked={rules.balancesVisible}
      />
      <Actions>
        <Button type="submit" pending={pending} pendingLabel={form("saving")}>
          {form("save")}
        </Button>
      </Actions>
    </Form>
  );
}
