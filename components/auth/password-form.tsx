"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Form, textOf } from "@/components/form/form";
import { useSend } from "@/components/form/use-send";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { FormMessage } from "@/components/ui/form-message";
import { NewPasswordField, PresentPasswordField } from "./sign-in-fields";

/** Changes my password, or gives me one. */
export function PasswordForm({ hasPassword }: { hasPassword: boolean }) {
  const t = useTranslations("authForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const [changed, setChanged] = useState(false);
  // A new form each time it worked: passwords do not stay on the screen.
  const [round, setRound] = useState(0);
  const { send, pending, sentence, fields } = useSend(
    trpc.person.changePassword.mutationOptions(),
    {
      done: () => {
        setChanged(true);
        setRound((last) => last + 1);
      },
    },
  );
  return (
    <Form
      key={round}
      sentence={sentence}
      onSend={(data) => {
        setChanged(false);
        send({ current: textOf(data, "current"), password: textOf(data, "password") });
      }}
    >
      {changed && !pending && <FormMessage tone="good">{t("passwordChanged")}</FormMessage>}
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
