"use client";

import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { FormMessage } from "@/components/ui/form-message";
import { TextInput } from "@/components/ui/text-input";
import { emailChangeShape } from "@/domain/identity/schema";
import { getText, readForm } from "@/domain/kernel/form";
import { useResetOnSuccess } from "../form/use-reset-on-success";
import { PresentPasswordField } from "./sign-in-fields";

/**
 * Changes the e-mail address, at once or after a link that is sent to the new one.
 * @param isTypedTwice without e-mail, typing the address twice reveals typing mistakes
 */
export function EmailForm({
  hasPassword,
  isTypedTwice,
}: {
  hasPassword: boolean;
  isTypedTwice: boolean;
}) {
  const t = useTranslations("authForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const { round, said, done, clear } = useResetOnSuccess();
  const { send, pending, sentence, fields } = useFormMutation(
    trpc.person.changeEmail.mutationOptions(),
    {
      done: ({ sentTo }) => done(sentTo ? t("emailSent", { email: sentTo }) : t("emailChanged")),
    },
  );
  return (
    <Form
      key={round}
      sentence={sentence}
      onSend={(data) => {
        clear();
        // A user without a password has no field for it.
        send({ ...readForm(emailChangeShape, data), current: getText(data, "current") });
      }}
    >
      {said && !pending && <FormMessage tone="good">{said}</FormMessage>}
      <TextInput
        name="email"
        type="email"
        label={t("newEmail")}
        autoComplete="email"
        error={fields.email}
      />
      {isTypedTwice && (
        <TextInput
          name="again"
          type="email"
          label={t("newEmailAgain")}
          hint={t("newEmailAgainHint")}
          autoComplete="off"
          error={fields.again}
        />
      )}
      {hasPassword && <PresentPasswordField error={fields.current} />}
      <Actions>
        <Button type="submit" variant="secondary" pending={pending} pendingLabel={form("saving")}>
          {t("changeEmail")}
        </Button>
      </Actions>
    </Form>
  );
}

/** Confirms the new address by a button: e-mail programs open links by themselves. */
export function UseEmailForm({ token }: { token: string }) {
  const t = useTranslations("authForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const { send, pending, sentence } = useFormMutation(trpc.person.confirmEmail.mutationOptions(), {
    to: () => "/settings",
  });
  return (
    <Form sentence={sentence} onSend={() => send({ token })}>
      <Actions>
        <Button type="submit" wide pending={pending} pendingLabel={form("saving")}>
          {t("useEmail")}
        </Button>
      </Actions>
    </Form>
  );
}
