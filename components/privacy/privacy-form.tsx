"use client";

import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import { readForm } from "@/domain/kernel/form";
import { type PrivacyNoticeInput, privacyNoticeShape } from "@/domain/privacy/schema";

/** Says who runs the community, and then shows the privacy notice. */
export function PrivacyForm({
  community,
  notice,
}: {
  community: string;
  notice: PrivacyNoticeInput | null;
}) {
  const t = useTranslations("privacyForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const { send, pending, sentence, fields } = useFormMutation(
    trpc.privacy.update.mutationOptions(),
    { to: () => `/${community}/privacy` },
  );
  const optional = form("optional");
  return (
    <Form
      sentence={sentence}
      onSend={(data) => send({ community, ...readForm(privacyNoticeShape, data) })}
    >
      <TextInput
        name="responsible"
        label={t("responsible")}
        hint={t("responsibleHint")}
        autoComplete="off"
        defaultValue={notice?.responsible}
        error={fields.responsible}
      />
      <TextArea
        name="address"
        rows={3}
        label={t("address")}
        hint={t("addressHint")}
        autoComplete="off"
        defaultValue={notice?.address}
        error={fields.address}
      />
      <TextArea
        name="contact"
        rows={2}
        label={t("contact")}
        hint={t("contactHint")}
        autoComplete="off"
        defaultValue={notice?.contact}
        error={fields.contact}
      />
      <TextArea
        name="dataContact"
        rows={2}
        label={t("dataContact")}
        hint={t("dataContactHint")}
        optional={optional}
        autoComplete="off"
        defaultValue={notice?.dataContact}
        error={fields.dataContact}
      />
      <TextInput
        name="hosting"
        label={t("hosting")}
        hint={t("hostingHint")}
        optional={optional}
        autoComplete="off"
        defaultValue={notice?.hosting}
        error={fields.hosting}
      />
      <TextArea
        name="addition"
        rows={5}
        label={t("addition")}
        hint={t("additionHint")}
        optional={optional}
        autoComplete="off"
        defaultValue={notice?.addition}
        error={fields.addition}
      />
      <Actions>
        <Button type="submit" pending={pending} pendingLabel={form("saving")}>
          {form("save")}
        </Button>
      </Actions>
    </Form>
  );
}
