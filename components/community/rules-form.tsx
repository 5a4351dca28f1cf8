"use client";

import { useState } from "react";
import { Form, getText } from "@/components/form/form";
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
import { GRANULARITIES } from "@/domain/kernel/hours";
import { LanguageField, readLanguage } from "./language-field";
import { PlaceFields, type Places, readRegion } from "./new-community-fields";

export type CommunityFace = CommunityRules & {
  name: string;
  about: string;
  language: string;
  timeZone: string;
  region: string | null;
  joining: "invitation" | "open";
};

/** Fields have hours, rules minutes. Invalid numbers are sent as NaN, and refused by the server. */
const readMinutes = (data: FormData, name: string, sign: 1 | -1 = 1) => {
  const hours = Number(getText(data, name) || Number.NaN);
  return hours === 0 ? 0 : Math.round(hours * 60) * sign;
};

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
  const hours = (
    name: string,
    label: string,
    hint: string,
    minutes: number,
    error: string | undefined,
  ) => (
    <TextInput
      name={name}
      type="number"
      inputMode="decimal"
      min={0}
      step={0.25}
      label={label}
      hint={hint}
      defaultValue={Math.abs(minutes) / 60}
      error={error}
    />
  );
  return (
    <Form
      sentence={sentence}
      onSend={(data) => {
        setSaved(false);
        const granularity = GRANULARITIES.find(
          (step) => step === Number(getText(data, "granularity")),
        );
        send({
          community,
          name: getText(data, "name"),
          about: getText(data, "about"),
          language: readLanguage(data),
          timeZone: getText(data, "timeZone"),
          region: readRegion(data),
          joining: getText(data, "joining") === "open" ? "open" : "invitation",
          granularity: granularity ?? 15,
          floor: readMinutes(data, "floor", -1),
          newcomerFloor: readMinutes(data, "newcomerFloor", -1),
          softFloor: readMinutes(data, "softFloor", -1),
          softCeiling: readMinutes(data, "softCeiling"),
          welcomeCredit: readMinutes(data, "welcomeCredit"),
          confirmationDays: Number(getText(data, "confirmationDays")),
          balancesVisible: data.has("balancesVisible"),
        });
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
      {hours("floor", t("floor"), t("floorHint"), rules.floor, fields.floor)}
      {hours(
        "newcomerFloor",
        t("newcomerFloor"),
        t("newcomerFloorHint"),
        rules.newcomerFloor,
        fields.newcomerFloor,
      )}
      {hours("softFloor", t("softFloor"), t("softFloorHint"), rules.softFloor, fields.softFloor)}
      {hours(
        "softCeiling",
        t("softCeiling"),
        t("softCeilingHint"),
        rules.softCeiling,
        fields.softCeiling,
      )}
      {hours(
        "welcomeCredit",
        t("welcomeCredit"),
        t("welcomeCreditHint"),
        rules.welcomeCredit,
        fields.welcomeCredit,
      )}
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
