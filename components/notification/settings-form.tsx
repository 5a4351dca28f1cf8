"use client";

import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { FormMessage } from "@/components/ui/form-message";
import { RadioCards } from "@/components/ui/radio-cards";
import { TimeInput } from "@/components/ui/time-input";
import { readForm } from "@/domain/kernel/form";
import {
  channels,
  type DigestInterval,
  digestIntervals,
  type NotificationSettings,
} from "@/domain/notification/channels";
import { notificationKinds } from "@/domain/notification/notification";
import { notificationSettingsShape } from "@/domain/notification/schema";

/** How a member wants to be notified: which kinds by which channel, the digest and the quiet hours. */
export function SettingsForm({
  community,
  settings,
  isCoordinator,
}: {
  community: string;
  settings: NotificationSettings;
  isCoordinator: boolean;
}) {
  const t = useTranslations("notificationSettings");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const { send, pending, sentence, fields, answer } = useFormMutation(
    trpc.notification.updateSettings.mutationOptions(),
  );
  const isSaved = answer !== undefined && !sentence && !pending;
  const shown = notificationKinds.filter((kind) => kind !== "coordination" || isCoordinator);
  return (
    <Form
      sentence={sentence}
      onSend={(data) => send({ community, ...readForm(notificationSettingsShape, data) })}
    >
      {isSaved && <FormMessage tone="good">{form("saved")}</FormMessage>}
      <div className="grid grid-cols-1 gap-5">
        {shown.map((kind) => (
          <fieldset key={kind} className="grid grid-cols-1">
            <legend className="font-semibold">{t(`kind.${kind}`)}</legend>
            <p className="text-sm text-ink-soft">{t(`kindHint.${kind}`)}</p>
            <div className="flex flex-wrap gap-x-8">
              {channels.map((channel) => {
                const isAlways = kind === "needed" && channel === "mail";
                return (
                  <Checkbox
                    key={channel}
                    name={channel}
                    value={kind}
                    label={t(isAlways ? "always" : `channel.${channel}`)}
                    defaultChecked={isAlways || settings[channel].includes(kind)}
                    disabled={isAlways}
                  />
                );
              })}
            </div>
          </fieldset>
        ))}
      </div>
      <RadioCards<DigestInterval>
        name="digest"
        label={t("digest")}
        hint={t("digestHint")}
        columns={2}
        options={digestIntervals.map((value) => ({ value, label: t(`interval.${value}`) }))}
        defaultValue={settings.digest}
        error={fields.digest}
      />
      <fieldset className="grid grid-cols-1 gap-3">
        <legend className="font-semibold">{t("quiet")}</legend>
        <p className="text-sm text-ink-soft">{t("quietHint")}</p>
        <div className="grid gap-6 sm:grid-cols-2">
          <TimeInput
            name="quietFrom"
            label={t("quietFrom")}
            defaultValue={settings.quietFrom}
            error={fields.quietFrom}
          />
          <TimeInput
            name="quietUntil"
            label={t("quietUntil")}
            defaultValue={settings.quietUntil}
            error={fields.quietUntil}
          />
        </div>
      </fieldset>
      <Checkbox
        name="hidesTitles"
        label={t("hidesTitles")}
        hint={t("hidesTitlesHint")}
        defaultChecked={settings.hidesTitles}
        error={fields.hidesTitles}
      />
      <Actions>
        <Button type="submit" pending={pending} pendingLabel={form("saving")}>
          {form("save")}
        </Button>
      </Actions>
    </Form>
  );
}
