"use client";

import { useRef, useState, useTransition } from "react";
import { Form, textOf } from "@/components/form/form";
import { useSend } from "@/components/form/use-send";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { enter, openAfresh, type Refused } from "./enter";
import { NewSignInFields } from "./sign-in-fields";

/** Opens a sign-in and signs in. */
export function SignUpForm({ from }: { from: string }) {
  const t = useTranslations("authForm");
  const trpc = useTRPC();
  const typed = useRef({ email: "", password: "" });
  const [refused, setRefused] = useState<Refused | null>(null);
  const [entering, start] = useTransition();
  const { send, pending, sentence, fields } = useSend(trpc.person.signUp.mutationOptions(), {
    stay: true,
    done: () =>
      start(async () => {
        const answer = await enter("password", typed.current);
        if (answer) return setRefused(answer);
        openAfresh(from);
      }),
  });
  return (
    <Form
      sentence={sentence ?? (refused ? t(`refusedNew.${refused}`) : undefined)}
      onSend={(data) => {
        const email = textOf(data, "email");
        const password = textOf(data, "password");
        typed.current = { email, password };
        setRefused(null);
        send({ name: textOf(data, "name"), email, password });
      }}
    >
      <NewSignInFields nameField="name" fields={fields} />
      <Actions>
        <Button type="submit" wide pending={pending || entering} pendingLabel={t("entering")}>
          {t("signUp")}
        </Button>
      </Actions>
    </Form>
  );
}
