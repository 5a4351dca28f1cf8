"use client";

import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { languageShape } from "@/domain/identity/schema";
import { readForm } from "@/domain/kernel/form";
import { type InterfaceLanguage, interfaceLanguages } from "@/domain/kernel/languages";

/** The language of my pages and e-mails; saved with my account, and on this device. */
export function LanguageForm({ chosen }: { chosen: InterfaceLanguage }) {
  const t = useTranslations("authForm.language");
  const name = useTranslations("ui.languages");
  const settings = useTranslations("site");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const { send, pending, sentence, fields } = useFormMutation(
    trpc.person.setLanguage.mutationOptions(),
    {
      stay: true,
      // Loads the whole page again, and sets the language cookie of this device.
      done: (language) => window.location.assign(`/language/${language}?from=/settings`),
    },
  );
  return (
    <Form sentence={sentence} onSend={(data) => send(readForm(languageShape, data))}>
      <Select
        name="language"
        label={settings("language")}
        options={interfaceLanguages.map((value) => ({ value, label: name(value) }))}
        defaultValue={chosen}
        error={fields.language}
      />
      <Actions>
        <Button type="submit" variant="secondary" pending={pending} pendingLabel={form("saving")}>
          {t("choose")}
        </Button>
      </Actions>
    </Form>
  );
}
