"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Form, textOf } from "@/components/form/form";
import { useSend } from "@/components/form/use-send";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { FormMessage } from "@/components/ui/form-message";
import { TextInput } from "@/components/ui/text-input";
import { PresentPasswordField } from "./sign-in-fields";

/** Asks for another address of e-mail; says whether it is changed, or a letter comes first. */
export function EmailForm({ hasPassword }: { hasPassword: boolean }) {
  const t = useTranslations("authForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const [said, setSaid] = useState("");
  // A new form each time it worked: passwords do not stay on the screen.
  const [round, setRound] = useState(0);
  const { send, pending, sentence, fields } = useSend(trpc.person.changeEmail.mutationOptions(), {
    done: ({ sentTo }) => {
      setSaid(sentTo ? t("emailSent", { email: sentTo }) : t("emailChanged"));
      setRound((last) => last + 1);
    },
  });
  return (
    <Form
      key={round}
      sentence={sentence}
      onSend={(data) => {
        setSaid("");
        send({ email: textOf(data, "email"), current: textOf(data, "current") });
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
      {hasPassword && <PresentPasswordField error={fields.current} />}
      <Actions>
        <Button type="submit" variant="secondary" pending={pending} pendingLabel={form("saving")}>
          {t("changeEmail")}
        </Button>
      </Actions>
    </Form>
  );
}

/** Takes the new address, by a press and not by opening the link: mail programs open links. */
export function UseEmailForm({ token }: { token: string }) {
  const t = useTranslations("authForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const { send, pending, sentence } = useSend(trpc.person.confirmEmail.mutationOptions(), {
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
