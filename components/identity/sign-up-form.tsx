"use client";

import { useRef, useState, useTransition } from "react";
import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { signUpShape } from "@/domain/identity/schema";
import { readForm } from "@/domain/kernel/form";
import { NewSignInFields } from "./sign-in-fields";
import { type Refused, reloadAt, signInWith } from "./sign-in-with";

/** Opens a sign-in and signs in. */
export function SignUpForm({ from }: { from: string }) {
  const t = useTranslations("authForm");
  const trpc = useTRPC();
  const typed = useRef({ email: "", password: "" });
  const [refused, setRefused] = useState<Refused | null>(null);
  const [entering, start] = useTransition();
  const { send, pending, sentence, fields } = useFormMutation(
    trpc.person.signUp.mutationOptions(),
    {
      stay: true,
      done: () =>
        start(async () => {
          const answer = await signInWith("password", typed.current);
          if (answer) return setRefused(answer);
          reloadAt(from);
        }),
    },
  );
  return (
    <Form
      sentence={sentence ?? (refused ? t(`refusedNew.${refused}`) : undefined)}
      onSend={(data) => {
        const input = readForm(signUpShape, data);
        typed.current = { email: input.email, password: input.password };
        setRefused(null);
        send(input);
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
