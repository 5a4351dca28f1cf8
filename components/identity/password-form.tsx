"use client";

import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { FormMessage } from "@/components/ui/form-message";
import { passwordChangeShape } from "@/domain/identity/schema";
import { getText, readForm } from "@/domain/kernel/form";
import { useResetOnSuccess } from "../form/use-reset-on-success";
import { NewPasswordField, PresentPasswordField } from "./sign-in-fields";

/** Changes my password, or gives me one. */
export function PasswordForm({ hasPassword }: { hasPassword: boolean }) {
  const t = useTranslations("authForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const { round, said, done, clear } = useResetOnSuccess();
  const { send, pending, sentence, fields } = useFormMutation(
    trpc.person.changePassword.mutationOptions(),
    { done: () => done(t("passwordChanged")) },
  );
  return (
    <Form
      key={round}
      sentence={sentence}
      onSend={(data) => {
        clear();
        // A user without a password has no field for it.
        send({ ...readForm(passwordChangeShape, data), current: getText(data, "current") });
      }}
    >
      {said && !pending && <FormMessage tone="good">{said}</FormMessage>}
      {hasPassword && <PresentPasswordField error={fields.current} />}
      <NewPasswordField error={fields.password} />
      <Actions>
        <Button type="submit" variant="secondary" pending={pending} pendingLabel={form("saving")}>
          {t(hasPassword ? "changePassword" : "setPassword")}
        </Button>
      </Actions>
    </Form>
  );
}
